// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace augury {

/// `content` with its least height kept: a window too low for it scrolls instead of squeezing it.
QScrollArea* makeScrollable(QWidget* content, QWidget* parent);

} // namespace augury
