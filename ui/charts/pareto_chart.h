// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/trial_chart.h"
#include "ui/charts/tune_data.h"

namespace augury {

/// Lift against cost, one mark a configuration, with the Pareto front as a line and the best with
/// its interval.
class ParetoChart : public TrialChart {
    Q_OBJECT
public:
    explicit ParetoChart(QWidget* parent = nullptr);
    ~ParetoChart() override;

    void setPoints(std::vector<ParetoPoint> points);
    void setCostLimit(std::optional<double> cost); ///< a line; what is beyond is faded
    void clear();
    ChartTable table() const override;

protected:
    void refresh() override;
    void layOutPlots(const QRectF& area) override;
    void restyle(const ChartStyle& style, const QFont& font) override;
    int itemCount() const override;
    int itemAt(const QPointF& position) const override;
    QRectF itemPlace(int item) const override;
    QString itemText(int item) const override;
    int itemTrial(int item) const override;
    int itemAfter(int item, int key) const override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
