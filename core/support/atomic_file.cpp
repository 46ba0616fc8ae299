// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/atomic_file.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace augury {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const char* what, int error)
{
    throw Error(fmt::format("Could not write {}: {} failed ({}). Choose another place or free it.",
        path.string(), what, std::strerror(error)));
}

/// A file descriptor and the temporary name behind it, both gone unless committed.
class TemporaryFile {
public:
    explicit TemporaryFile(const fs::path& target)
        : m_target(target)
    {
        for (int attempt = 0; m_fd < 0 && attempt < 100; ++attempt) {
            m_name = fmt::format("{}.{}-{}.tmp", target.string(), ::getpid(), attempt);
            m_fd = ::open(m_name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (m_fd < 0 && errno != EEXIST)
                break;
        }
        if (m_fd < 0) {
            const int error = errno;
            m_name.clear();
            fail(target, "creating a temporary file beside it", error);
        }
    }
    ~TemporaryFile()
    {
        if (m_fd >= 0)
            ::close(m_fd);
        if (!m_name.empty())
            ::unlink(m_name.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t n = ::write(m_fd, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                fail(m_target, "writing", errno);
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    void commit()
    {
        if (::fsync(m_fd) != 0)
            fail(m_target, "fsync", errno);
        if (::rename(m_name.c_str(), m_target.c_str()) != 0)
            fail(m_target, "renaming the temporary file", errno);
        m_name.clear();
    }

private:
    fs::path m_target;
    std::string m_name;
    int m_fd = -1;
};

} // namespace

void writeFileAtomically(const fs::path& path, std::span<const std::string_view> parts)
{
    std::error_code error;
    if (path.has_parent_path())
        fs::create_directories(path.parent_path(), error);
    if (error)
        fail(path, "creating its folder", error.value());
    TemporaryFile file(path);
    for (const auto part : parts)
        file.write(part);
    file.commit();
}

void writeFileAtomically(const fs::path& path, std::string_view text)
{
    writeFileAtomically(path, std::span(&text, 1));
}

} // namespace augury
