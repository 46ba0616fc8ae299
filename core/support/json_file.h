// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace augury {

inline constexpr std::uintmax_t largestJsonFile = 1 << 20; ///< bytes, written by hand
inline constexpr std::uintmax_t largestRunFile = 256 << 20; ///< bytes, written by this program

/// A JSON document that may come from anywhere. Throws Error, saying only why ("it is not JSON
/// (byte 7)"), for what is none, or is nested deeper than any of ours: much of what is done with a
/// document is recursive, and half a million brackets would end the program.
nlohmann::json parseJson(std::string_view text);

/// The JSON document of a file. `what` names its kind in messages: "policy". Throws Error naming
/// the file, and the byte where it stops being JSON; also for a file of more than `largest` bytes,
/// or nested deeper than any of ours.
nlohmann::json readJsonFile(const std::filesystem::path& path, const std::string& what,
    std::uintmax_t largest = largestJsonFile);

} // namespace augury
