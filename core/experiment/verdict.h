// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"

#include <span>
#include <string>

namespace augury {

/// One sentence for people: "TTA gained 1.20 points (95 % interval 0.81 to 1.59, p = 0.002, 10
/// repeats): 187 images fixed and 66 broken a repeat, at 2.0× the cost." Says so when there is too
/// little to judge; empty without a repeat.
std::string verdict(std::span<const RepeatResult> repeats);

/// The same of one model and one test: "TTA gained 1.21 points (68.90 to 70.11 %, McNemar p <
/// 0.001): 187 images fixed and 66 broken, at 2.0× the cost."
std::string verdict(const Comparison& comparison);

} // namespace augury
