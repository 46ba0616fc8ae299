// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/confusion_data.h"

namespace augury {

/// The confusion matrix as a heat map of shares of each true class, with the counts in the cells
/// while there are few classes. A click on a cell, or Enter on the one that the arrow keys chose,
/// asks for its images.
class ConfusionChart : public ChartWidget {
    Q_OBJECT
public:
    explicit ConfusionChart(QWidget* parent = nullptr);
    ~ConfusionChart() override;

    /// Either matrix may be empty (not known). Throws Error when one is not K × K.
    void setData(ConfusionData data);
    void clear();
    void setMode(ConfusionMode mode);
    ConfusionMode mode() const;

    /// What a click does, under the text of each tool tip; empty: nothing.
    void setClickHint(const QString& hint);

    /// In the widget's coordinates; empty without data.
    QRectF cellPlace(int label, int predicted);
    /// What the keyboard is on, x the predicted class and y the label; (−1, −1): nothing.
    QPoint chosenCell() const;
    QString cellText(int label, int predicted) const; ///< what its tooltip says
    /// A row a cell that holds images, and all of the diagonal.
    ChartTable table() const override;

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void cellClicked(int label, int predicted);

protected:
    void refresh() override;
    void layOutPlots(const QRectF& area) override;
    void restyle(const ChartStyle& style, const QFont& font) override;
    QString toolTipAt(const QPointF& position) const override;
    QRectF cursorPlace() const override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void choose(const QPoint& cell);

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
