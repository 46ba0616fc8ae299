// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace augury {

/// One name a line; white space around names and empty lines are dropped. Throws Error when the
/// file can't be read, holds no name, or holds one name twice.
std::vector<std::string> readClassNames(const std::filesystem::path& file);

/// prefix0, prefix1, … for data sets that bring no names.
std::vector<std::string> numberedClassNames(std::string_view prefix, std::size_t count);

} // namespace augury
