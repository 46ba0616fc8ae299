// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"

#include "core/support/error.h"
#include "core/support/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace augury {

Split wholeSplit(std::shared_ptr<const ImageSet> images)
{
    Split split{std::move(images), {}};
    split.indices.resize(split.images->size());
    std::iota(split.indices.begin(), split.indices.end(), 0U);
    return split;
}

std::pair<Split, Split> carveValidation(const Split& split, double fraction, std::uint64_t seed)
{
    if (!(fraction >= 0.0 && fraction < 1.0))
        throw Error(fmt::format(
            "The validation fraction is {}; it must be at least 0 and below 1.", fraction));
    std::map<std::int32_t, std::vector<std::uint32_t>> positions; // of each class in the split
    for (std::uint32_t i = 0; i < split.size(); ++i)
        positions[split.label(i)].push_back(i);

    std::vector<bool> chosen(split.size(), false);
    for (const auto& [label, members] : positions) {
        const auto n = static_cast<std::uint32_t>(members.size());
        const auto wanted = static_cast<std::uint32_t>(std::lround(fraction * n));
        const auto order =
            randomOrder(n, seed, RandomUse::Split, static_cast<std::uint32_t>(label));
        for (std::uint32_t i = 0; i < std::min(wanted, n - 1); ++i)
            chosen[members[order[i]]] = true;
    }
    std::pair<Split, Split> halves{{split.images, {}}, {split.images, {}}};
    for (std::size_t i = 0; i < split.size(); ++i)
        (chosen[i] ? halves.second : halves.first).indices.push_back(split.indices[i]);
    return halves;
}

Split subset(const Split& split, std::size_t n, std::uint64_t seed)
{
    if (n == 0 || n >= split.size())
        return split;
    // The first n of one order: what makes subsets of one seed nested.
    auto order = randomOrder(static_cast<std::uint32_t>(split.size()), seed, RandomUse::Subset);
    order.resize(n);
    std::sort(order.begin(), order.end());
    Split drawn{split.images, {}};
    drawn.indices.reserve(n);
    for (const std::uint32_t position : order)
        drawn.indices.push_back(split.indices[position]);
    return drawn;
}

} // namespace augury
