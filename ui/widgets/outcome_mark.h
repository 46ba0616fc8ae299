// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/image_outcomes.h"

#include <QColor>
#include <QPalette>
#include <QRectF>
#include <QString>

class QPainter;

namespace augury {

/// What to show of a prediction: its shape and its colour each say so alone. Green marks end right,
/// purple ones wrong, as in the charts; a disc means that TTA changed the answer.
enum class Mark {
    None,
    Right, ///< a tick
    Wrong, ///< a cross
    Fixed, ///< an arrow up on a disc
    Broken ///< an arrow down on a disc
};

/// In the largest square around the middle of `place`, with a ring in the palette's Base, so that
/// it reads on any picture.
void paintMark(QPainter& painter, const QRectF& place, Mark mark, const QPalette& palette);

QString markText(Mark mark); ///< "right", "wrong", "fixed by TTA", "broken by TTA"; empty for None
QColor markColour(Mark mark, const QPalette& palette); ///< at least 3:1 on Base; None: muted text
Mark markOf(OutcomeKind kind);

} // namespace augury
