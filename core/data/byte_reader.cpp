// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_reader.h"

#include "core/support/error.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

namespace augury {

namespace fs = std::filesystem;

/// zlib's state and the packed bytes it has not used yet.
struct ByteReader::Unpacker {
    z_stream stream{};
    std::array<std::uint8_t, 1 << 16> packed;
    std::uint64_t packedRead = 0;
    bool inMember = true; ///< between gzip's header and its check sum
    bool finished = false;

    Unpacker()
    {
        constexpr int gzipOnly = 15 + 16;
        if (inflateInit2(&stream, gzipOnly) != Z_OK)
            throw std::bad_alloc();
    }
    ~Unpacker() { inflateEnd(&stream); }
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
};

ByteReader::ByteReader(const fs::path& path, Compression compression)
    : m_path(path)
{
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        throw Error(fmt::format("Could not open {}: {}.", path.string(), std::strerror(errno)));
    struct stat status { };
    const bool known = ::fstat(fd, &status) == 0;
    std::array<std::uint8_t, 2> magic{};
    const bool regular = known && S_ISREG(status.st_mode);
    const bool packed = regular && compression == Compression::Detect
        && ::pread(fd, magic.data(), magic.size(), 0) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
    try {
        if (!regular)
            throw Error(fmt::format("{} is not a regular file.", path.string()));
        if (packed)
            m_unpacker = std::make_unique<Unpacker>();
    } catch (...) {
        ::close(fd);
        throw;
    }
    m_fd = fd;
    m_fileSize = static_cast<std::uint64_t>(status.st_size);
}

ByteReader::~ByteReader()
{
    ::close(m_fd);
}

std::optional<std::uint64_t> ByteReader::size() const
{
    if (m_unpacker)
        return std::nullopt;
    return m_fileSize;
}

std::size_t ByteReader::read(std::span<std::uint8_t> out)
{
    const std::size_t n = m_unpacker ? readUnpacked(out) : readRaw(out);
    m_offset += n;
    return n;
}

std::size_t ByteReader::readRaw(std::span<std::uint8_t> out)
{
    std::size_t filled = 0;
    while (filled < out.size()) {
        const ssize_t n = ::read(m_fd, out.data() + filled, out.size() - filled);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throw Error(
                fmt::format("Could not read {}: {}.", m_path.string(), std::strerror(errno)));
        if (n == 0)
            break;
        filled += static_cast<std::size_t>(n);
    }
    return filled;
}

std::size_t ByteReader::readUnpacked(std::span<std::uint8_t> out)
{
    Unpacker& u = *m_unpacker;
    std::size_t filled = 0;
    while (filled < out.size() && !u.finished) {
        if (u.stream.avail_in == 0) {
            const std::size_t n = readRaw(u.packed);
            if (n == 0 && u.inMember)
                throw Error(fmt::format("{} is cut off: the compressed data end at byte {} of the "
                                        "file (byte {} unpacked). Download it again.",
                    m_path.string(), u.packedRead, m_offset + filled));
            if (n == 0) {
                u.finished = true;
                break;
            }
            u.packedRead += n;
            u.stream.next_in = u.packed.data();
            u.stream.avail_in = static_cast<uInt>(n);
        }
        if (!u.inMember) { // gzip allows several members in a row; anything else is junk
            inflateReset(&u.stream);
            u.inMember = true;
        }
        const auto room = static_cast<uInt>(
            std::min<std::size_t>(out.size() - filled, std::numeric_limits<uInt>::max()));
        u.stream.next_out = out.data() + filled;
        u.stream.avail_out = room;
        const int rc = inflate(&u.stream, Z_NO_FLUSH);
        filled += room - u.stream.avail_out;
        if (rc == Z_STREAM_END)
            u.inMember = false;
        else if (rc == Z_MEM_ERROR)
            throw std::bad_alloc();
        else if (rc != Z_OK && rc != Z_BUF_ERROR)
            throw Error(fmt::format("{} is damaged at byte {} of the compressed file ({}). "
                                    "Download it again.",
                m_path.string(), u.packedRead - u.stream.avail_in,
                u.stream.msg != nullptr ? u.stream.msg : "not valid gzip data"));
    }
    return filled;
}

std::vector<std::uint8_t> readWholeFile(const fs::path& path, std::uint64_t limit)
{
    ByteReader reader(path, ByteReader::Compression::None);
    const std::uint64_t size = *reader.size();
    if (size == 0)
        throw Error(fmt::format("{} is empty (0 bytes).", path.string()));
    if (size > limit)
        throw Error(fmt::format("{} is too large: {} bytes, at most {} are expected here.",
            path.string(), size, limit));
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    const std::size_t n = reader.read(bytes);
    if (n < bytes.size())
        throw Error(fmt::format(
            "{} ended at byte {} of {} while it was read.", path.string(), n, bytes.size()));
    return bytes;
}

} // namespace augury
