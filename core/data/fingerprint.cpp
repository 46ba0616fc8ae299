// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace augury {

namespace {

class Hash {
public:
    void add(std::uint64_t word)
    {
        m_state = (m_state ^ word) * 0x9e3779b97f4a7c15U;
        m_state ^= m_state >> 32U;
    }

    /// Eight bytes a step: a data set is hundreds of megabytes. Little-endian machines only agree
    /// with each other, which is all that there are.
    void add(const void* bytes, std::size_t count)
    {
        const auto* at = static_cast<const unsigned char*>(bytes);
        while (count > 0) {
            std::uint64_t word = 0;
            const std::size_t some = std::min(count, sizeof word);
            std::memcpy(&word, at, some);
            add(word);
            at += some;
            count -= some;
        }
    }

    std::uint64_t value() const { return m_state; }

private:
    std::uint64_t m_state = 0xcbf29ce484222325U;
};

} // namespace

std::string fingerprint(const Dataset& dataset)
{
    Hash hash;
    for (const auto& set : {dataset.train, dataset.test}) {
        if (!set || set->size() == 0) {
            hash.add(0);
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
