// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/tune_data.h"

namespace augury {

/// A measure of tuning against a number (copies, steps, a strength): a line with its interval a
/// series, told apart by colour, mark and dash; the baseline as a dashed level line; rings where a
/// curve stops gaining; thumbnails along the x axis where there are some.
class TuneCurveChart : public ChartWidget {
    Q_OBJECT
public:
    explicit TuneCurveChart(QWidget* parent = nullptr);
    ~TuneCurveChart() override;

    void setCurve(TuneCurve curve);
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
