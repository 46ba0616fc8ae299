// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "ui/charts/chart_widget.h"

namespace augury {

/// One evaluation: the accuracies of baseline and TTA with their Wilson 95 % intervals, and what
/// became of the images: both right, fixed, broken, both wrong.
class LedgerChart : public ChartWidget {
    Q_OBJECT
public:
    explicit LedgerChart(QWidget* parent = nullptr);
    ~LedgerChart() override;

    void setComparison(const Comparison& comparison);
    void clear();

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
