// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace augury {

/// What a random number is for. Part of the counter, so that no two uses of one seed overlap.
enum class RandomUse : std::uint32_t {
    Augmentation = 0,
    Repeat = 1, ///< the seed of repeat i
    Initialisation = 2, ///< network weights
    Shuffle = 3, ///< order of the training images
    Split = 4, ///< train / validation / test
    Subset = 5,
    Bootstrap = 6,
    TrainAugmentation = 7, ///< the seed of the draws of training
};

/// Random123's Philox4x32-10: four independent 32-bit words, a pure function of its arguments.
/// (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11.)
std::array<std::uint32_t, 4> randomWords(
    std::uint64_t seed, RandomUse use, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0);

/// Uniform in [0, 1) with 32 bits, from one word.
constexpr double toUniform(std::uint32_t word)
{
    return word * (1.0 / 4294967296.0);
}

/// A seed for the index-th of several runs. Below 2^32, so that it survives JSON in every language
/// and can be typed.
std::uint64_t deriveSeed(std::uint64_t seed, RandomUse use, std::uint32_t index);

/// A uniformly random order of 0…n−1 (Fisher–Yates over Philox). `stream` tells apart several
/// orders of one seed, such as epochs.
std::vector<std::uint32_t> randomOrder(
    std::uint32_t n, std::uint64_t seed, RandomUse use, std::uint32_t stream = 0);

} // namespace augury
