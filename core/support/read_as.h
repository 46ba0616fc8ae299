// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace augury {

/// How strictly settings are read.
enum class ReadAs : std::uint8_t {
    Settings, ///< ready for use: a value out of its range is a problem
    Draft, ///< what is being edited: any values of the right types
};

} // namespace augury
