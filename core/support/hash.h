// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace augury {

/// Tells contents apart, against accidents and not against forgery.
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

    /// With its length, so that "ab", "c" and "a", "bc" differ.
    void add(std::string_view text)
    {
        add(static_cast<std::uint64_t>(text.size()));
        add(text.data(), text.size());
    }

    std::uint64_t value() const { return m_state; }

private:
    std::uint64_t m_state = 0xcbf29ce484222325U;
};

} // namespace augury
