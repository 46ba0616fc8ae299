// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/variants.h"
#include "core/tta/vote.h"

#include <string>
#include <vector>

namespace augury {

/// What a contact sheet shows: one image, its distinct variants, and how they voted.
struct ContactSheet {
    ImageVariants variants; ///< without votes (table.classes 0) the sheet shows pictures alone
    std::vector<std::string> classNames;
    std::int32_t label = -1; ///< the true class; −1: unknown
    std::string name; ///< of the image, for people: "CIFAR-10, test image 4711"
    VoteOptions vote;
    int copies = 0; ///< how many of the table's copies are shown and vote
};

} // namespace augury
