// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/photographer.h"

namespace augury::test {

/// The Inspect page and the Details dock in each of their states: with Fashion-MNIST and the model
/// that comes with the program where that data set is installed, and on data drawn into `folder`.
/// Returns whether all could be taken.
bool photographInspect(Photographer& camera, const QString& folder);

} // namespace augury::test
