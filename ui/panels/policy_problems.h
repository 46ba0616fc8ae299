// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"

#include <QString>

#include <optional>

namespace augury {

/// What is wrong with a policy, in itself and for images of this shape: one sentence a line, each
/// beginning with the name that the control has. Empty when all is well.
QString policyProblems(const AugmentPolicy& policy, const std::optional<Shape>& shape);

} // namespace augury
