// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace augury {

/// Says that somebody is at a run: a lock of the operating system on one byte of a file beside the
/// history (empty; locks reach beyond its end). It ends with the process however that ends, so
/// that no date and no process number has to be believed.
class RunLock {
public:
    /// Nothing when another holds it (in this process too). Throws Error when the file cannot be
    /// used at all.
    static std::optional<RunLock> take(const std::filesystem::path& file, std::int64_t place);

    /// False when it cannot be asked: then nobody can hold it either.
    static bool isHeld(const std::filesystem::path& file, std::int64_t place);

    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&& other) noexcept;
    ~RunLock();

private:
    explicit RunLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor = -1;
};

} // namespace augury
