// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics.h"

#include <cstdint>

namespace augury {

/// Wilson's 95 % score interval of a share (Wilson 1927, without continuity correction), within
/// [0, 1]. For 0 ≤ successes ≤ trials; NaN bounds when trials is 0.
Interval wilsonInterval(std::int64_t successes, std::int64_t trials);

} // namespace augury
