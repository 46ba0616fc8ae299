// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/trial_chart.h"
#include "ui/charts/tune_data.h"

namespace augury {

/// Numbers in a grid, by colour and as text where they fit. Arrow keys move over the cells, Enter
/// chooses one.
class HeatMapChart : public TrialChart {
    Q_OBJECT
public:
    explicit HeatMapChart(QWidget* parent = nullptr);
    ~HeatMapChart() override;

    void setMap(HeatMap map);
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
    QString toolTipAt(const QPointF& position) const override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
