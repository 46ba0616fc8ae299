// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace augury {

namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::string base64(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8U)
                | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (unsigned k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : digits[(group >> (18U - 6U * k)) & 0x3fU];
    }
    return text;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::array<std::uint8_t, 256> values{};
    constexpr std::uint8_t none = 0xff;
    values.fill(none);
    for (std::size_t i = 0; i < digits.size(); ++i)
        values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t padding = last && text[i + 3] == '=' ? (text[i + 2] == '=' ? 2 : 1) : 0;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const auto value = k >= 4 - padding ? std::uint8_t(0)
                                                : values[static_cast<unsigned char>(text[i + k])];
            if (value == none)
                return std::nullopt;
            group = (group << 6U) | value;
        }
        for (std::size_t k = 0; k < 3; ++k) {
            const auto byte = static_cast<unsigned char>(group >> (16U - 8U * k));
            if (k < 3 - padding)
                bytes += static_cast<char>(byte);
            else if (byte != 0) // bits that base64() leaves 0
                return std::nullopt;
        }
    }
    return bytes;
}

} // namespace augury
