// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/run_data.h"

#include <vector>

namespace augury {

/// Runs beside each other, a row a run as in a forest plot: the mean lift with its 95 % t interval,
/// zero and the zone of lifts too small to matter, the numbers and the p value adjusted for the
/// number of runs. Its minimum height grows with the runs: meant for a scroll area.
class RunsChart : public ChartWidget {
    Q_OBJECT
public:
    explicit RunsChart(QWidget* parent = nullptr);
    ~RunsChart() override;

    /// Exactly these, in this order and with their looks.
    void setRuns(std::vector<RunData> runs);
    void setNegligible(double points); ///< 0 or more; 0: no zone
    double negligible() const;
    ChartTable table() const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

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
