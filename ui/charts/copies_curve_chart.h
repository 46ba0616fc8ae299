// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/copies_curve.h"
#include "ui/charts/chart_widget.h"

namespace augury {

/// Accuracy of TTA against the number of copies, from one table of votes; the baseline as a dashed
/// level line, the best number of copies (the fewest of equals) ringed.
class CopiesCurveChart : public ChartWidget {
    Q_OBJECT
public:
    explicit CopiesCurveChart(QWidget* parent = nullptr);
    ~CopiesCurveChart() override;

    void setCurve(const CopiesCurve& curve);
    void clear();
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
