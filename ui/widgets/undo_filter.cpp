// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/undo_filter.h"

#include <QAbstractSpinBox>
#include <QKeyEvent>

namespace augury {

UndoFilter::UndoFilter(QWidget* parent)
    : QObject(parent)
{
    for (auto* box : parent->findChildren<QAbstractSpinBox*>())
        box->installEventFilter(this);
}

bool UndoFilter::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo))
        return QObject::eventFilter(watched, event);
    event->ignore(); // to the box it would be a key of its own
    return true;
}

} // namespace augury
