// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Base64 with padding (RFC 4648).
namespace augury {

std::string base64(std::string_view bytes);
/// Nothing for what base64() would not have written.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace augury
