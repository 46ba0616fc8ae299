// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <string>

namespace augury {

/// 16 hexadecimal digits that tell whether two data sets hold the same images and labels in the
/// same order. Against accidents (files that changed), not against forgery.
std::string fingerprint(const Dataset& dataset);

} // namespace augury
