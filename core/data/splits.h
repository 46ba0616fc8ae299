// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <utility>

namespace augury {

/// Every image, in the set's order.
Split wholeSplit(std::shared_ptr<const ImageSet> images);

/// Carves a validation split out of `split` by seed, stratified by label (each class gives
/// round(fraction × its count), at least one stays for training). fraction in [0, 1); both halves
/// keep the order of `split`. Returns {training, validation}.
std::pair<Split, Split> carveValidation(const Split& split, double fraction, std::uint64_t seed);

/// n images drawn by seed, without replacement and in the split's order; all of them when
/// n ≥ split.size() or n = 0. Subsets of one seed are nested: a larger n contains the smaller.
Split subset(const Split& split, std::size_t n, std::uint64_t seed);

} // namespace augury
