// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/run_data.h"

#include <span>
#include <vector>

namespace augury {

/// How far a lift may be from zero and still not matter, in points: what the charts start with.
constexpr double usualNegligible = 0.2;

/// The lift of every repeat, with its mean and the 95 % t interval of the mean, zero and the zone
/// of lifts too small to matter. One run: along the repeats. Several: a column a run.
class LiftChart : public ChartWidget {
    Q_OBJECT
public:
    explicit LiftChart(QWidget* parent = nullptr);
    ~LiftChart() override;

    /// One run, in the colour of lifts. As RepeatsChart::setRepeats.
    void setRepeats(int planned, std::span<const RepeatResult> repeats);
    /// Exactly these, in this order and with their looks.
    void setRuns(std::vector<RunData> runs);
    /// In points, 0 or more; 0: no zone.
    void setNegligible(double points);
    double negligible() const;
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
