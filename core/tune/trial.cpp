// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/trial.h"

#include "core/evaluate/wilson.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

NllSums& NllSums::operator+=(const NllSums& other)
{
    sum += other.sum;
    squares += other.squares;
    return *this;
}

double NllSums::mean(std::int64_t images) const
{
    return images > 0 ? sum / static_cast<double>(images)
                      : std::numeric_limits<double>::quiet_NaN();
}

Interval NllSums::ci95(std::int64_t images) const
{
    constexpr double z = 1.96;
    if (images < 2) {
        const double none = std::numeric_limits<double>::quiet_NaN();
        return {none, none};
    }
    const auto n = static_cast<double>(images);
    const double variance = std::max(0.0, (squares - sum * sum / n) / (n - 1)); // but for rounding
    const double half = z * std::sqrt(variance / n);
    return {sum / n - half, sum / n + half};
}

Interval accuracyCi95(const Trial& trial)
{
    return wilsonInterval(trial.comparison.ttaCorrect, trial.comparison.images);
}

} // namespace augury
