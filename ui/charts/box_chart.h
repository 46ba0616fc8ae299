// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"
#include "ui/charts/box_stats.h"
#include "ui/charts/chart_widget.h"

#include <span>

namespace augury {

/// Fewer values than these are shown as they are: a box of them would claim too much.
constexpr int leastBoxed = 5;

/// Box plots over the repeats: the accuracies of baseline and TTA, and beside them, on an axis of
/// its own, the lift. See BoxStats.
class BoxChart : public ChartWidget {
    Q_OBJECT
public:
    explicit BoxChart(QWidget* parent = nullptr);
    ~BoxChart() override;

    void setRepeats(std::span<const RepeatResult> repeats);
    ChartTable table() const override;

protected:
    void refresh() override;
    void layOutPlots(const QRectF& area) override;
    void restyle(const ChartStyle& style, const QFont& font) override;
    QString toolTipAt(const QPointF& position) const override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
