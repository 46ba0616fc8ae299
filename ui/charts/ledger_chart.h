// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "core/evaluate/image_outcomes.h"
#include "ui/charts/chart_widget.h"

#include <optional>

namespace augury {

/// One evaluation: the accuracies of baseline and TTA with their Wilson 95 % intervals, and what
/// became of the images: both right, fixed, broken, both wrong. A click on one of these four, or
/// Enter on the one that the arrow keys chose, asks for its images.
class LedgerChart : public ChartWidget {
    Q_OBJECT
public:
    explicit LedgerChart(QWidget* parent = nullptr);
    ~LedgerChart() override;

    void setComparison(const Comparison& comparison);
    void clear();

    /// What a click does, under the text of each tool tip; empty: nothing.
    void setClickHint(const QString& hint);

    /// The part of the lowest bar in the widget's coordinates; empty where there is none.
    QRectF segmentPlace(OutcomeKind kind);
    std::optional<OutcomeKind> chosenSegment() const; ///< by the arrow keys
    ChartTable table() const override;

Q_SIGNALS:
    void segmentClicked(augury::OutcomeKind kind); ///< of one that has images

protected:
    void refresh() override;
    void layOutPlots(const QRectF& area) override;
    void restyle(const ChartStyle& style, const QFont& font) override;
    QString toolTipAt(const QPointF& position) const override;
    QRectF cursorPlace() const override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
