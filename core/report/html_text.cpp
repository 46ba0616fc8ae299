// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html_text.h"

#include "core/support/base64.h"

#include <cstddef>
#include <cstdint>

namespace augury {

namespace {

constexpr const char* replacement = "\xef\xbf\xbd"; // U+FFFD

/// The bytes of the character that `text` begins with; 0 where that is no UTF-8 (RFC 3629).
std::size_t characterLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    const std::size_t length = first >= 0xc2 && first <= 0xdf ? 2
        : first >= 0xe0 && first <= 0xef                      ? 3
        : first >= 0xf0 && first <= 0xf4                      ? 4
                                                              : 0;
    if (length == 0 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U)
            return 0;
    }
    const unsigned second = byte(1);
    const bool tooLong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool surrogate = first == 0xed && second > 0x9f;
    const bool beyond = first == 0xf4 && second > 0x8f;
    return tooLong || surrogate || beyond ? 0 : length;
}

/// U+0080 to U+009F, and the noncharacters U+xFFFE, U+xFFFF and U+FDD0 to U+FDEF: an error in HTML.
bool isForbidden(std::string_view character)
{
    std::uint32_t code = static_cast<unsigned char>(character[0]);
    if (character.size() > 1) {
        code &= 0xffU >> (character.size() + 1);
        for (std::size_t i = 1; i < character.size(); ++i)
            code = (code << 6U) | (static_cast<unsigned char>(character[i]) & 0x3fU);
    }
    const bool control =
        (code < 0x20 && code != '\t' && code != '\n') || (code > 0x7e && code < 0xa0);
    return control || (code & 0xfffeU) == 0xfffeU || (code >= 0xfdd0 && code <= 0xfdef);
}

} // namespace

std::string htmlEscaped(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto length = characterLength(text);
        if (length == 0) {
            result += replacement;
            text.remove_prefix(1);
            continue;
        }
        const auto character = text.substr(0, length);
        text.remove_prefix(length);
        if (isForbidden(character))
            result += replacement;
        else if (character == "&")
            result += "&amp;";
        else if (character == "<")
            result += "&lt;";
        else if (character == ">")
            result += "&gt;";
        else if (character == "\"")
            result += "&quot;";
        else if (character == "'")
            result += "&#39;";
        else
            result += character;
    }
    return result;
}

std::string dataUri(std::string_view mediaType, std::string_view bytes)
{
    return "data:" + std::string(mediaType) + ";base64," + base64(bytes);
}

} // namespace augury
