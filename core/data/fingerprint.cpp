// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fingerprint.h"

#include "core/support/hash.h"

#include <fmt/format.h>

namespace augury {

std::string fingerprint(const Dataset& dataset)
{
    Hash hash;
    for (const auto& set : {dataset.train, dataset.test}) {
        if (!set || set->size() == 0) {
            hash.add(std::uint64_t(0));
            continue;
        }
        for (const auto number :
            {set->size(), set->shape.size(), static_cast<std::size_t>(set->shape.channels),
                static_cast<std::size_t>(set->shape.height)})
            hash.add(number);
        hash.add(set->pixels.data(), set->pixels.size());
        hash.add(set->labels.data(), set->labels.size() * sizeof(set->labels[0]));
    }
    return fmt::format("{:016x}", hash.value());
}

} // namespace augury
