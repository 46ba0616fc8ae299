// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace augury {

/// A failure with a sentence a user can act on: what failed, which file, what to do.
/// The only exception that core's functions let out, apart from std::bad_alloc.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A stop was requested and the work ended early. Not a failure.
class Cancelled : public Error {
public:
    Cancelled()
        : Error("Cancelled.")
    {
    }
};

/// One thing wrong with one field of a settings struct.
struct Problem {
    std::string field; ///< the JSON name, e.g. "rotation_range"
    std::string message; ///< what is wrong, with the allowed range
    bool operator==(const Problem&) const = default;
};

/// Throws an Error that lists every problem ("rotation_range: …; copies: …"), if there are any.
void throwIfAny(const std::vector<Problem>& problems, const std::string& what);

} // namespace augury
