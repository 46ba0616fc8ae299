// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace augury {
class MainWindow;
}

/// How quickly the Inspect page of the real window answers; prints figures, judges nothing.
namespace augury::test {

/// Moves the rotation's slider 60 times a second and times each move until the variants and votes
/// of the shown image are painted with it, or with a later one.
void measureSlider(MainWindow& window, const char* what);

/// The slider; the whole split with 32 copies: copies, rules and blend until the accuracy is
/// painted; scrolling through the grid, with the heartbeat, for `ms`. Needs a model.
void measureInspect(MainWindow& window, int ms);

} // namespace augury::test
