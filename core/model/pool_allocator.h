// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace augury {

/// Makes LibTorch keep freed CPU memory in free lists instead of giving it back. glibc maps and
/// unmaps every large temporary, and the page faults of that cost more than the arithmetic of a
/// small network. Call it before the first tensor is made. Idle memory is bounded by
/// `maxIdleBytes`.
void installPoolAllocator(std::size_t maxIdleBytes);

} // namespace augury
