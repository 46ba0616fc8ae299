// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/random.h"

#include <Random123/philox.h>

#include <numeric>

namespace augury {

std::array<std::uint32_t, 4> randomWords(
    std::uint64_t seed, RandomUse use, std::uint32_t a, std::uint32_t b, std::uint32_t c)
{
    const r123::Philox4x32::key_type key = {
        {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
    const r123::Philox4x32::ctr_type counter = {{a, b, c, static_cast<std::uint32_t>(use)}};
    const auto words = r123::Philox4x32()(counter, key);
    return {words[0], words[1], words[2], words[3]};
}

std::uint64_t deriveSeed(std::uint64_t seed, RandomUse use, std::uint32_t index)
{
    return randomWords(seed, use, index)[0];
}

std::vector<std::uint32_t> randomOrder(
    std::uint32_t n, std::uint64_t seed, RandomUse use, std::uint32_t stream)
{
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0U);
    for (std::uint32_t i = n; i > 1; --i) {
        // A word scaled to [0, i): the bias is at most i / 2^32.
        const std::uint64_t word = randomWords(seed, use, i, stream)[0];
        const auto j = static_cast<std::uint32_t>((word * i) >> 32);
        std::swap(order[i - 1], order[j]);
    }
    return order;
}

} // namespace augury
