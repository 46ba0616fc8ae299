// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"

#include <QString>

namespace augury {

/// For which images these augmentations make no sense, a sentence each; empty where there are none
/// such. It follows what is switched on, so a preset that is changed keeps what still holds of it.
QString policyCaution(const AugmentPolicy& policy);

} // namespace augury
