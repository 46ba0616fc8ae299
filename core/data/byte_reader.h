// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace augury {

/// Reads a regular file from front to back; unpacks gzip on the way when asked to. Every failure is
/// an Error that names the file: missing, unreadable, not a regular file, damaged or cut-off gzip.
class ByteReader {
public:
    enum class Compression {
        None, ///< the bytes as they stand
        Detect, ///< gzip if the file begins with gzip's magic number, whatever its name
    };

    ByteReader(const std::filesystem::path& path, Compression compression);
    ~ByteReader();
    ByteReader(const ByteReader&) = delete;
    ByteReader& operator=(const ByteReader&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    /// The length of a plain file; empty for gzip, where only unpacking tells.
    std::optional<std::uint64_t> size() const;
    /// How many (unpacked) bytes have been read.
    std::uint64_t offset() const { return m_offset; }
    /// Fills `out` as far as there is data; less than its size only at the end.
    std::size_t read(std::span<std::uint8_t> out);

private:
    struct Unpacker;

    std::size_t readRaw(std::span<std::uint8_t> out);
    std::size_t readUnpacked(std::span<std::uint8_t> out);

    std::filesystem::path m_path;
    int m_fd = -1;
    std::uint64_t m_fileSize = 0;
    std::uint64_t m_offset = 0;
    std::unique_ptr<Unpacker> m_unpacker;
};

/// The whole file as it stands. Throws Error when it is empty or larger than `limit` bytes.
std::vector<std::uint8_t> readWholeFile(const std::filesystem::path& path, std::uint64_t limit);

} // namespace augury
