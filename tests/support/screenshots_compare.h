// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/photographer.h"

#include <QString>

namespace augury::test {

/// The Compare page in each of its states, with made-up runs in a history in `folder` and a live
/// run on the tiny data set in `data`. Returns whether all could be taken.
bool photographCompare(Photographer& camera, const QString& data, const QString& folder);

} // namespace augury::test
