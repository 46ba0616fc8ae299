// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/photographer.h"

namespace augury::test {

/// The charts of tuning in many states, with made-up searches.
void photographTuneCharts(Photographer& camera);

} // namespace augury::test
