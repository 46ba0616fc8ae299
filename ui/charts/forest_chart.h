// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/tune_data.h"

namespace augury {

/// Lifts with their 95 % intervals, one row a configuration: on the validation images, where it was
/// chosen, and on the test images, around a line at no lift.
class ForestChart : public ChartWidget {
    Q_OBJECT
public:
    explicit ForestChart(QWidget* parent = nullptr);
    ~ForestChart() override;

    void setRows(std::vector<ForestRow> rows);
    void clear();
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
