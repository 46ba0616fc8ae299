// SPDX-License-Identifier: GPL-3.0-or-later
// Writers of tiny data sets, from the formats' specifications and not from the code under test.
#pragma once

#include "core/support/error.h"

#include <QtTest>

#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

namespace datafiles {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

inline void writeBytes(const fs::path& path, const Bytes& bytes)
{
    fs::create_directories(path.parent_path());
    fs::remove(path); // a file cut to nothing and written again makes ext4 wait for the disk
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush())
        qFatal("could not write %s", path.c_str());
}

inline Bytes text(std::string_view s)
{
    return {s.begin(), s.end()};
}

inline Bytes base64(const char* s)
{
    const QByteArray raw = QByteArray::fromBase64(s);
    return {raw.begin(), raw.end()};
}

inline void appendBigEndian(Bytes& bytes, std::uint32_t value)
{
    for (const int shift : {24, 16, 8, 0})
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

inline Bytes joined(std::initializer_list<Bytes> parts)
{
    Bytes all;
    for (const auto& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

inline Bytes gzipped(const Bytes& bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("deflateInit2 failed");
    Bytes out(bytes.size() + bytes.size() / 100 + 100);
    stream.next_in = const_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("deflate failed");
    deflateEnd(&stream);
    return {out.begin(), out.end() - static_cast<std::ptrdiff_t>(stream.avail_out)};
}

inline Bytes idxHeader(std::initializer_list<std::uint32_t> words)
{
    Bytes bytes;
    for (const std::uint32_t word : words)
        appendBigEndian(bytes, word);
    return bytes;
}

/// The value that pixel `position` of image `image` gets in these tests.
inline std::uint8_t pixelValue(std::size_t image, std::size_t position)
{
    return static_cast<std::uint8_t>((image * 37 + position * 11 + 5) % 251);
}

inline Bytes idxImages(std::uint32_t count, std::uint32_t rows, std::uint32_t columns)
{
    Bytes bytes = idxHeader({0x803, count, rows, columns});
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t p = 0; p < std::size_t(rows) * columns; ++p)
            bytes.push_back(pixelValue(i, p));
    return bytes;
}

inline Bytes idxLabels(const Bytes& labels)
{
    return joined({idxHeader({0x801, static_cast<std::uint32_t>(labels.size())}), labels});
}

/// A PNG (ISO/IEC 15948) of `channels` 1 (grey), 3 (RGB) or 4 (RGBA); samples of 8 or 16 bits, the
/// latter big-endian in `samples`.
inline Bytes png(std::uint32_t width, std::uint32_t height, int channels, const Bytes& samples,
    std::uint8_t depth = 8)
{
    const std::size_t row = std::size_t(width) * static_cast<std::size_t>(channels) * (depth / 8);
    Bytes filtered;
    for (std::size_t y = 0; y * row < samples.size(); ++y) {
        filtered.push_back(0); // no filter
        for (std::size_t x = 0; x < row; ++x)
            filtered.push_back(samples[y * row + x]);
    }
    uLongf size = compressBound(static_cast<uLong>(filtered.size()));
    Bytes packed(size);
    if (compress(packed.data(), &size, filtered.data(), static_cast<uLong>(filtered.size()))
        != Z_OK)
        qFatal("compress failed");
    packed.resize(size);
    Bytes file = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    const auto chunk = [&](const char* type, const Bytes& data) {
        appendBigEndian(file, static_cast<std::uint32_t>(data.size()));
        const Bytes body = joined({text(type), data});
        file.insert(file.end(), body.begin(), body.end());
        appendBigEndian(file,
            static_cast<std::uint32_t>(crc32(0, body.data(), static_cast<uInt>(body.size()))));
    };
    const std::uint8_t colourType = channels == 1 ? 0 : channels == 3 ? 2 : 6;
    Bytes header;
    appendBigEndian(header, width);
    appendBigEndian(header, height);
    header.insert(header.end(), {depth, colourType, 0, 0, 0});
    chunk("IHDR", header);
    chunk("IDAT", packed);
    chunk("IEND", {});
    return file;
}

/// A grey PNG with every pixel `value`.
inline Bytes greyPng(std::uint32_t width, std::uint32_t height, std::uint8_t value)
{
    return png(width, height, 1, Bytes(std::size_t(width) * height, value));
}

/// train/ and test/ with classes "cat" and "dog" of 4×4 grey images.
inline void writeGoodFolder(const fs::path& root)
{
    for (const char* half : {"train", "test"})
        for (const char* name : {"cat", "dog"})
            for (int i = 0; i < 3; ++i)
                writeBytes(root / half / name / (std::to_string(i) + ".png"),
                    greyPng(4, 4, static_cast<std::uint8_t>(10 * i + (*name == 'c' ? 1 : 2))));
}

/// A 24-bit bottom-up BMP from RGB samples.
inline Bytes bmp(std::uint32_t width, std::uint32_t height, const Bytes& rgb)
{
    Bytes file;
    const auto little = [&](std::uint32_t value, int count) {
        for (int i = 0; i < count; ++i)
            file.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    };
    const std::uint32_t row = (width * 3 + 3) / 4 * 4;
    file = {'B', 'M'};
    for (const std::uint32_t value : {54 + row * height, 0U, 54U, 40U, width, height})
        little(value, 4);
    little(1, 2);
    little(24, 2);
    for (const std::uint32_t value : {0U, row * height, 2835U, 2835U, 0U, 0U})
        little(value, 4);
    for (std::uint32_t y = height; y-- > 0;) {
        for (std::uint32_t x = 0; x < width; ++x)
            for (const int c : {2, 1, 0})
                file.push_back(rgb[(std::size_t(y) * width + x) * 3 + std::size_t(c)]);
        for (std::uint32_t pad = width * 3; pad < row; ++pad)
            file.push_back(0);
    }
    return file;
}

/// The sentence of the Error that `f` throws; empty when it throws none. Anything else escapes and
/// fails the test.
template <class F> std::string errorOf(F&& f)
{
    try {
        f();
    } catch (const augury::Error& e) {
        return e.what();
    }
    return {};
}

inline bool contains(const std::string& sentence, std::string_view part)
{
    if (sentence.find(part) != std::string::npos)
        return true;
    qWarning("\"%s\" does not contain \"%s\"", sentence.c_str(), std::string(part).c_str());
    return false;
}

} // namespace datafiles
