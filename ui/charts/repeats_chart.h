// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"
#include "ui/charts/chart_widget.h"

#include <span>

namespace augury {

/// Baseline against TTA across repeats. Above: both accuracies of each repeat, joined, with their
/// means and 95 % t intervals of the mean. Below: the lift of each repeat with the same.
class RepeatsChart : public ChartWidget {
    Q_OBJECT
public:
    explicit RepeatsChart(QWidget* parent = nullptr);
    ~RepeatsChart() override;

    /// Shows exactly these repeats, in any order; the x axis runs to `planned` (or further when a
    /// repeat's index does) so that the chart fills up while an experiment runs.
    void setRepeats(int planned, std::span<const RepeatResult> repeats);
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
