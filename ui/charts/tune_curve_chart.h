// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/trial_chart.h"
#include "ui/charts/tune_data.h"

namespace augury {

/// A measure of tuning against a number (copies, steps, a strength): a line with its interval a
/// series, told apart by colour, mark and dash; the baseline as a dashed level line; rings where a
/// curve stops gaining; thumbnails along the x axis where there are some. Of more than two series
/// only one shows its interval: that of the point chosen or attended to, else the best one's.
class TuneCurveChart : public TrialChart {
    Q_OBJECT
public:
    explicit TuneCurveChart(QWidget* parent = nullptr);
    ~TuneCurveChart() override;

    void setCurve(TuneCurve curve);
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
    void attentionMoved() override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
