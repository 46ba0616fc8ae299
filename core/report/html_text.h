// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace augury {

/// Text as it may stand in an HTML element or a quoted attribute, whatever it holds: markup is
/// escaped; bytes that are not UTF-8 and control characters become U+FFFD.
std::string htmlEscaped(std::string_view text);

/// "data:image/png;base64,…"
std::string dataUri(std::string_view mediaType, std::string_view bytes);

} // namespace augury
