// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace augury {

inline constexpr std::uintmax_t largestJsonFile = 1 << 20; ///< bytes

/// The JSON document of a small file that people write by hand. `what` names its kind in messages:
/// "policy". Throws Error naming the file, and the byte where it stops being JSON; also for a file
/// of more than largestJsonFile bytes, or nested deeper than any of ours.
nlohmann::json readJsonFile(const std::filesystem::path& path, const std::string& what);

} // namespace augury
