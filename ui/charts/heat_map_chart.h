// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/tune_data.h"

namespace augury {

/// Numbers in a grid, by colour and as text where they fit. Arrow keys move over the cells, Enter
/// chooses one.
class HeatMapChart : public ChartWidget {
    Q_OBJECT
public:
    explicit HeatMapChart(QWidget* parent = nullptr);
    ~HeatMapChart() override;

    void setMap(HeatMap map);
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
