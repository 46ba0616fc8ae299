// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/pixel_input.h"

namespace augury {

PixelInput::PixelInput(const Normalisation& normalisation)
    : m_tables(normalisation.mean.size())
{
    for (std::size_t c = 0; c < m_tables.size(); ++c) {
        for (int byte = 0; byte < 256; ++byte)
            m_tables[c][static_cast<std::size_t>(byte)] =
                static_cast<float>((byte / 255.0 - normalisation.mean[c]) / normalisation.std[c]);
    }
}

void PixelInput::convert(std::span<const std::uint8_t> bytes, std::span<float> floats) const
{
    const std::size_t channels = m_tables.size();
    if (channels == 1) {
        const auto& table = m_tables[0];
        for (std::size_t i = 0; i < bytes.size(); ++i)
            floats[i] = table[bytes[i]];
        return;
    }
    for (std::size_t i = 0; i < bytes.size(); i += channels) {
        for (std::size_t c = 0; c < channels; ++c)
            floats[i + c] = m_tables[c][bytes[i + c]];
    }
}

} // namespace augury
