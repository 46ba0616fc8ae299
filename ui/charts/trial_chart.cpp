// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/trial_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <utility>

namespace augury {

TrialChart::TrialChart(QWidget* parent)
    : ChartWidget(parent)
{
    setMouseTracking(true);
}

TrialChart::~TrialChart() = default;

void TrialChart::setChosen(int trial)
{
    if (trial == m_chosen)
        return;
    m_chosen = trial;
    scheduleRefresh();
}

int TrialChart::chosen() const
{
    return m_chosen;
}

QRectF TrialChart::placeOf(int trial)
{
    const double zoom = 1 / toScene({1, 0}).x();
    const int item = itemOf(trial);
    if (item < 0)
        return {};
    const QRectF place = itemPlace(item);
    return {place.topLeft() * zoom, place.size() * zoom};
}

int TrialChart::itemOf(int trial) const
{
    for (int item = 0; trial >= 0 && item < itemCount(); ++item)
        if (itemTrial(item) == trial)
            return item;
    return -1;
}

void TrialChart::attentionMoved() { }

int TrialChart::attended() const
{
    const int item = m_cursor >= 0 ? m_cursor : m_hovered;
    return item < itemCount() ? item : -1;
}

void TrialChart::itemsChanged()
{
    m_pressed = -1;
    if (m_hovered >= itemCount() || (m_hovered >= 0 && itemTrial(m_hovered) != m_hoveredTrial))
        m_hovered = -1;
    if (m_cursor < 0)
        return;
    const bool same = m_cursor < itemCount() && itemTrial(m_cursor) == m_cursorTrial;
    m_cursor = same ? m_cursor : itemOf(m_cursorTrial);
    setCursorText(m_cursor < 0 ? QString() : itemText(m_cursor), false);
}

QString TrialChart::toolTipAt(const QPointF& position) const
{
    const int item = itemAt(position);
    return item < 0 ? QString() : itemText(item);
}

QRectF TrialChart::cursorPlace() const
{
    return m_cursor >= 0 && m_cursor < itemCount() ? itemPlace(m_cursor) : QRectF();
}

void TrialChart::moveCursor(int item)
{
    m_cursor = item;
    m_cursorTrial = item < 0 ? -1 : itemTrial(item);
    setCursorText(item < 0 ? QString() : itemText(item));
    attentionMoved();
}

void TrialChart::hover(int item)
{
    if (item == m_hovered)
        return;
    m_hovered = item;
    m_hoveredTrial = item < 0 ? -1 : itemTrial(item);
    setCursor(item >= 0 && itemTrial(item) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    attentionMoved();
}

void TrialChart::keyPressEvent(QKeyEvent* event)
{
    if (itemCount() == 0 || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return ChartWidget::keyPressEvent(event);
    const bool choice = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (choice && m_cursor >= 0 && itemTrial(m_cursor) >= 0) {
        Q_EMIT trialClicked(itemTrial(m_cursor));
        return;
    }
    // It starts where the choice is.
    const int start = m_cursor < 0 ? itemOf(m_chosen) : -1;
    const int next = itemAfter(m_cursor, event->key());
    if (choice || next < 0)
        return ChartWidget::keyPressEvent(event);
    moveCursor(start >= 0 ? start : next);
}

void TrialChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return ChartWidget::mousePressEvent(event);
    m_pressed = itemCount() == 0 ? -1 : itemAt(toScene(event->position()));
}

void TrialChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return ChartWidget::mouseReleaseEvent(event);
    const int pressed = std::exchange(m_pressed, -1);
    if (pressed < 0 || itemAt(toScene(event->position())) != pressed || itemTrial(pressed) < 0)
        return;
    moveCursor(-1); // the pointer has taken over
    Q_EMIT trialClicked(itemTrial(pressed));
}

void TrialChart::mouseMoveEvent(QMouseEvent* event)
{
    hover(itemCount() == 0 ? -1 : itemAt(toScene(event->position())));
    ChartWidget::mouseMoveEvent(event);
}

void TrialChart::leaveEvent(QEvent* event)
{
    hover(-1);
    ChartWidget::leaveEvent(event);
}

void TrialChart::focusOutEvent(QFocusEvent* event)
{
    moveCursor(-1);
    ChartWidget::focusOutEvent(event);
}

} // namespace augury
