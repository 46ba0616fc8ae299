// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace augury {

/// Replaces `path` by the concatenation of `parts`, all or nothing: temporary file beside it,
/// fsync, rename. Creates missing parent folders. Throws Error naming the file; the old file then
/// stands.
void writeFileAtomically(
    const std::filesystem::path& path, std::span<const std::string_view> parts);
void writeFileAtomically(const std::filesystem::path& path, std::string_view text);

} // namespace augury
