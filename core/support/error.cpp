// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/error.h"

namespace augury {

void throwIfAny(const std::vector<Problem>& problems, const std::string& what)
{
    if (problems.empty())
        return;
    std::string text = what + ": ";
    for (std::size_t i = 0; i < problems.size(); ++i) {
        if (i > 0)
            text += "; ";
        text += problems[i].field + " " + problems[i].message;
    }
    throw Error(text + ".");
}

} // namespace augury
