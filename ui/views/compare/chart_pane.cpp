// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/chart_pane.h"

namespace augury {

void ChartPane::setData(const ComparedData& compared)
{
    ++m_updates;
    reset();
    fill(compared);
    const auto id = compared.front ? std::optional(compared.front->id) : std::nullopt;
    const bool another = id != m_shown;
    m_shown = id;
    showData(another);
}

} // namespace augury
