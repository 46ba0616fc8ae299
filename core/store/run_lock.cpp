// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_lock.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace augury {

namespace {

/// Of the open file, not of the process: another store of the same process is another one too, and
/// closing some other descriptor of the file does not let go of it.
struct flock byteAt(std::int64_t place)
{
    struct flock lock { };
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = place;
    lock.l_len = 1;
    return lock;
}

[[noreturn]] void fail(const std::filesystem::path& file, int error)
{
    throw Error(fmt::format("The file {}, which tells that a run is under way, could not be used "
                            "({}). Check the rights of its folder.",
        file.string(), std::generic_category().message(error)));
}

} // namespace

std::optional<RunLock> RunLock::take(const std::filesystem::path& file, std::int64_t place)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        fail(file, errno);
    RunLock held(descriptor);
    auto lock = byteAt(place);
    if (::fcntl(descriptor, F_OFD_SETLK, &lock) == 0)
        return held;
    if (errno == EAGAIN || errno == EACCES)
        return std::nullopt;
    fail(file, errno);
}

bool RunLock::isHeld(const std::filesystem::path& file, std::int64_t place)
{
    const RunLock asking(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (asking.m_descriptor < 0)
        return false;
    auto lock = byteAt(place);
    return ::fcntl(asking.m_descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

RunLock::RunLock(RunLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

RunLock& RunLock::operator=(RunLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

RunLock::~RunLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace augury
