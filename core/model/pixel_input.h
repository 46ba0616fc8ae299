// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/normalisation.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace augury {

/// Bytes to the network's normalised floats through one table a channel.
class PixelInput {
public:
    explicit PixelInput(const Normalisation& normalisation);

    /// H×W×C bytes to H×W×C floats; the spans have equal sizes, a multiple of the channel count.
    void convert(std::span<const std::uint8_t> bytes, std::span<float> floats) const;

private:
    std::vector<std::array<float, 256>> m_tables; // one a channel
};

} // namespace augury
