// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/trainer.h"
#include "ui/charts/chart_widget.h"

namespace augury {

/// Loss and accuracy of one training run, live: a thin line a batch (the epoch's running mean), a
/// marker an epoch; training solid, validation dashed.
class LearningChart : public ChartWidget {
    Q_OBJECT
public:
    explicit LearningChart(QWidget* parent = nullptr);
    ~LearningChart() override;

    void clear(int epochs); ///< forgets the data; the x axis runs to `epochs`
    void appendBatch(const BatchProgress& progress); ///< in order; cheap, any number a second
    void appendEpoch(int epoch, const EpochMetrics& metrics); ///< epoch from 1, in order

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
