// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/run_look.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

namespace augury {

namespace {

constexpr int colours = static_cast<int>(std::tuple_size_v<decltype(ChartStyle::runs)>);

int remainder(std::int64_t id, int divisor)
{
    return static_cast<int>(((id % divisor) + divisor) % divisor);
}

} // namespace

QColor RunLook::colourIn(const ChartStyle& style) const
{
    return style.runs[static_cast<std::size_t>(remainder(colour, colours))];
}

std::vector<RunLook> RunLooks::assign(std::span<const std::int64_t> shown)
{
    std::vector<RunLook> looks;
    for (const std::int64_t id : shown) {
        const auto known = m_looks.find(id);
        looks.push_back(
            known != m_looks.end() ? known->second : (m_looks[id] = freeLook(id, shown)));
    }
    return looks;
}

RunLook RunLooks::freeLook(std::int64_t id, std::span<const std::int64_t> shown) const
{
    // The least of: runs on view with this colour and shape, with this colour; runs remembered with
    // both, with this colour; distance from what the id asks for.
    using Cost = std::tuple<int, int, int, int, int, int>;
    constexpr int most = std::numeric_limits<int>::max();
    Cost least{most, most, most, most, most, most};
    RunLook best;
    for (int colour = 0; colour < colours; ++colour)
        for (int shape = 0; shape < markerShapes; ++shape) {
            const RunLook look{colour, static_cast<MarkerShape>(shape)};
            std::array<int, 4> users{};
            for (const auto& [other, taken] : m_looks) {
                const bool onView = std::find(shown.begin(), shown.end(), other) != shown.end();
                users[0] += onView && taken == look;
                users[1] += onView && taken.colour == colour;
                users[2] += taken == look;
                users[3] += taken.colour == colour;
            }
            // Neighbouring colours start with other shapes, so that most runs differ in both.
            const Cost cost{users[0], users[1], users[2], users[3],
                remainder(colour - remainder(id, colours), colours),
                remainder(shape - colour, markerShapes)};
            if (cost < least) {
                least = cost;
                best = look;
            }
        }
    return best;
}

} // namespace augury
