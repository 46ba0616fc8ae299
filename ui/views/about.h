// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace augury {

/// What this is, its version and its licence, in a window of its own.
void showAbout(QWidget* parent);

} // namespace augury
