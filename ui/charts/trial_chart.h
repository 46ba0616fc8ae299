// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"

namespace augury {

/// A chart of many things (points, cells) that stand for trials of a search: what is under the
/// pointer says what it is, a click or Enter chooses its trial, arrow keys move a cursor over them.
class TrialChart : public ChartWidget {
    Q_OBJECT
public:
    ~TrialChart() override;

    void setChosen(int trial); ///< marks it; −1: none
    int chosen() const;
    /// Where the thing of a trial is drawn, in the widget's coordinates; empty: nowhere.
    QRectF placeOf(int trial);

Q_SIGNALS:
    void trialClicked(int trial);

protected:
    explicit TrialChart(QWidget* parent);

    // Things are numbered from 0; −1 is none. Places are in the scene.
    virtual int itemCount() const = 0;
    virtual int itemAt(const QPointF& position) const = 0;
    virtual QRectF itemPlace(int item) const = 0;
    virtual QString itemText(int item) const = 0;
    virtual int itemTrial(int item) const = 0;
    /// Where a key leads from a thing; from −1: to the first. −1: the key means nothing.
    virtual int itemAfter(int item, int key) const = 0;
    /// The pointer or the cursor is on another thing: nothing, unless the drawing follows it.
    virtual void attentionMoved();

    /// The things are others now. The cursor follows its trial, where that is still there.
    void itemsChanged();
    /// The one that the keyboard is on, else the one under the pointer, else −1.
    int attended() const;
    int itemOf(int trial) const; ///< the first; −1: none

    QString toolTipAt(const QPointF& position) const override;
    QRectF cursorPlace() const override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void moveCursor(int item);
    void hover(int item);

    int m_chosen = -1;
    int m_cursor = -1;
    int m_cursorTrial = -1;
    int m_hovered = -1;
    int m_hoveredTrial = -1;
    int m_pressed = -1;
};

} // namespace augury
