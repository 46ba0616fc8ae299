// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/checkpoint.h"

#include <string>

namespace augury {

/// 16 hexadecimal digits that tell whether two networks have the same weights, shapes and classes.
/// Against accidents, not against forgery.
std::string modelFingerprint(const Checkpoint& checkpoint);

} // namespace augury
