// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/advance.h"

namespace augury {

void tuneCopies(Search& search)
{
    advanceEach(search);
}

} // namespace augury
