// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/marker.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace augury {

/// How a run is drawn among others: an Okabe-Ito colour and a shape.
struct RunLook {
    int colour = 0; ///< of ChartStyle::runs
    MarkerShape marker = MarkerShape::Circle;

    QColor colourIn(const ChartStyle& style) const;
    bool operator==(const RunLook&) const = default;
};

/// Gives every run a look, and the same one for as long as this object lives, whichever other runs
/// come and go. A run's id decides where nothing stands against it; then a colour that no run on
/// view has. Eight runs shown for the first time together differ in colour; forty in colour or
/// shape. One object for all charts of a page.
class RunLooks {
public:
    /// In the order of `shown`.
    std::vector<RunLook> assign(std::span<const std::int64_t> shown);

private:
    RunLook freeLook(std::int64_t id, std::span<const std::int64_t> shown) const;

    std::map<std::int64_t, RunLook> m_looks;
};

} // namespace augury
