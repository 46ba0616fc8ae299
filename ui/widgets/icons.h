// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QPixmap>

namespace augury {

/// resources/icons/NAME.svg, one colour, in the palette's text colour. Ask again when the palette
/// changes.
QIcon themedIcon(const QString& name, const QPalette& palette);
QPixmap iconPixmap(const QString& name, const QColor& color, QSize size, double devicePixelRatio);

/// The program's own icon.
QIcon applicationIcon();

} // namespace augury
