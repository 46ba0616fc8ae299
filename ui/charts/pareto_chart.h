// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/tune_data.h"

namespace augury {

/// Lift against cost, one mark a configuration, with the Pareto front as a line and the best with
/// its interval.
class ParetoChart : public ChartWidget {
    Q_OBJECT
public:
    explicit ParetoChart(QWidget* parent = nullptr);
    ~ParetoChart() override;

    void setPoints(std::vector<ParetoPoint> points);
    void setCostLimit(std::optional<double> cost); ///< a line; what is beyond is faded
    void setChosen(int trial); ///< marks it; −1: none
    void clear();
    ChartTable table() const override;

Q_SIGNALS:
    void trialClicked(int trial);

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
