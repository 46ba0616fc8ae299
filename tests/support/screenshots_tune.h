// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/photographer.h"

namespace augury::test {

/// The Tune page in each of its states: in a window on data drawn into `folder`, with real
/// searches, and its results made up. Returns whether all could be taken.
bool photographTune(Photographer& camera, const QString& data, const QString& folder);

} // namespace augury::test
