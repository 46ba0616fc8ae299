// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include "core/data/byte_reader.h"
#include "core/data/class_names.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace augury {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t imagesMagic = 0x00000803;
constexpr std::uint32_t labelsMagic = 0x00000801;
constexpr std::uint32_t largestSide = 4096;
constexpr std::size_t chunk = std::size_t(1) << 20;

const std::array<const char*, 10> fashionNames = {"T-shirt/top", "Trouser", "Pullover", "Dress",
    "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"};

/// "train" or "t10k" + "images-idx3-ubyte" or "labels-idx1-ubyte"; some copies have a dot before
/// idx. Unpacked files first: they read faster.
std::optional<std::string> findPart(
    const FolderListing& folder, std::string_view half, std::string_view what, int dimensions)
{
    for (const char* ending : {"", ".gz"})
        for (const char separator : {'-', '.'}) {
            auto name =
                fmt::format("{}-{}{}idx{}-ubyte{}", half, what, separator, dimensions, ending);
            if (folder.hasFile(name))
                return name;
        }
    return std::nullopt;
}

std::uint32_t bigEndian(const std::uint8_t* p)
{
    return (std::uint32_t(p[0]) << 24) | (std::uint32_t(p[1]) << 16) | (std::uint32_t(p[2]) << 8)
        | std::uint32_t(p[3]);
}

/// The header's 32-bit words after the magic number. `kind`: "image" or "label".
std::vector<std::uint32_t> readHeader(
    ByteReader& reader, std::uint32_t magic, std::size_t words, std::string_view kind)
{
    const std::string file = reader.path().string();
    std::vector<std::uint8_t> bytes(4 * (words + 1));
    const std::size_t n = reader.read(bytes);
    if (n == 0)
        throw Error(fmt::format("{} is empty.", file));
    if (n >= 4 && bigEndian(bytes.data()) != magic)
        throw Error(fmt::format("{} is not an IDX {} file: it begins with 0x{:08x}, not 0x{:08x}.",
            file, kind, bigEndian(bytes.data()), magic));
    if (n < bytes.size())
        throw Error(
            fmt::format("{} is cut off: its header ends at byte {} of {}.", file, n, bytes.size()));
    std::vector<std::uint32_t> header;
    for (std::size_t i = 1; i <= words; ++i)
        header.push_back(bigEndian(bytes.data() + 4 * i));
    return header;
}

/// The `expected` bytes after the header, and not one more. Memory grows with what arrives, never
/// with what the header promises.
std::vector<std::uint8_t> readBody(
    ByteReader& reader, std::uint64_t expected, const std::string& promise, const Job& job)
{
    const std::string file = reader.path().string();
    const std::uint64_t header = reader.offset();
    const auto tooShort = [&](std::uint64_t total) {
        return Error(fmt::format("{} is cut off at byte {}: its header promises {}, {} bytes in "
                                 "all, so {} are missing. Download it again.",
            file, total, promise, header + expected, header + expected - total));
    };
    const auto tooLong = [&](const std::string& more) {
        return Error(fmt::format("{} is too long: its header promises {}, {} bytes in all, but {} "
                                 "from byte {} on.",
            file, promise, header + expected, more, header + expected));
    };
    if (const auto size = reader.size(); size && *size < header + expected)
        throw tooShort(*size);
    else if (size && *size > header + expected)
        throw tooLong(fmt::format("{} more follow", *size - header - expected));

    std::vector<std::uint8_t> bytes;
    while (bytes.size() < expected) {
        job.throwIfStopped();
        const std::size_t old = bytes.size();
        const auto more = static_cast<std::size_t>(std::min<std::uint64_t>(expected - old, chunk));
        if (bytes.capacity() < old + more)
            bytes.reserve(static_cast<std::size_t>(
                std::min<std::uint64_t>(expected, std::max(old + more, 2 * old))));
        bytes.resize(old + more);
        const std::size_t n = reader.read(std::span(bytes).subspan(old));
        if (n < more)
            throw tooShort(reader.offset());
        job.report("reading images", static_cast<std::int64_t>(bytes.size()),
            static_cast<std::int64_t>(expected));
    }
    std::array<std::uint8_t, 1> beyond{};
    if (reader.read(beyond) != 0) // also makes zlib compare its check sum
        throw tooLong("more follow");
    return bytes;
}

ImageSet readImages(const fs::path& file, const Job& job)
{
    ByteReader reader(file, ByteReader::Compression::Detect);
    const auto header = readHeader(reader, imagesMagic, 3, "image");
    const std::uint64_t count = header[0];
    const std::uint64_t rows = header[1];
    const std::uint64_t columns = header[2];
    if (count == 0)
        throw Error(fmt::format("{} holds no images (its header says 0, byte 4).", file.string()));
    if (rows == 0 || columns == 0 || rows > largestSide || columns > largestSide)
        throw Error(fmt::format("{}: its header (bytes 8 to 15) says images of {}×{} pixels; each "
                                "side must be 1 to {}.",
            file.string(), rows, columns, largestSide));
    ImageSet images;
    images.shape = {1, static_cast<int>(rows), static_cast<int>(columns)};
    images.pixels = readBody(reader, count * rows * columns, // below 2^56
        fmt::format("{} images of {}×{}", count, rows, columns), job);
    return images;
}

std::vector<std::int32_t> readLabels(const fs::path& file, const Job& job)
{
    ByteReader reader(file, ByteReader::Compression::Detect);
    const auto header = readHeader(reader, labelsMagic, 1, "label");
    const auto bytes =
        readBody(reader, header[0], fmt::format("{} labels", header[0]), Job{job.stop, {}});
    return {bytes.begin(), bytes.end()};
}

/// One half; no images when the folder has neither of its files.
ImageSet readHalf(
    const FolderListing& folder, std::string_view half, const std::string& what, const Job& job)
{
    const auto images = findPart(folder, half, "images", 3);
    const auto labels = findPart(folder, half, "labels", 1);
    if (!images && !labels)
        return {};
    if (!images || !labels)
        throw Error(fmt::format("{} has {} but not {}-{}-ubyte (or .gz) with the {} of the {} set.",
            folder.path.string(), images ? *images : *labels, half,
            images ? "labels-idx1" : "images-idx3", images ? "labels" : "images", what));
    const fs::path labelFile = folder.path / *labels;
    // Labels first: they are small, so a wrong file is found before the long read.
    auto values = readLabels(labelFile, job);
    ImageSet set = readImages(folder.path / *images, job);
    if (const std::size_t count = set.pixels.size() / set.shape.size(); values.size() != count)
        throw Error(fmt::format("{} has {} labels, but {} has {} images: they don't belong "
                                "together.",
            labelFile.string(), values.size(), *images, count));
    set.labels = std::move(values);
    return set;
}

std::vector<std::string> classNames(const FolderListing& folder, bool fashion, std::size_t needed)
{
    for (const char* name : {"classes.txt", "labels.txt"}) {
        if (!folder.hasFile(name))
            continue;
        auto names = readClassNames(folder.path / name);
        if (names.size() < needed)
            throw Error(fmt::format("{} has {} names, but the labels go up to {}: {} are needed.",
                (folder.path / name).string(), names.size(), needed - 1, needed));
        return names;
    }
    if (fashion && needed <= fashionNames.size())
        return {fashionNames.begin(), fashionNames.end()};
    return numberedClassNames("", needed);
}

} // namespace

bool holdsIdx(const FolderListing& folder)
{
    for (const char* half : {"train", "t10k"})
        if (findPart(folder, half, "images", 3) || findPart(folder, half, "labels", 1))
            return true;
    return false;
}

Dataset readIdx(const FolderListing& folder, bool fashion, const Job& job)
{
    Dataset data;
    data.format = "IDX";
    ImageSet test = readHalf(folder, "t10k", "test", job);
    if (test.labels.empty())
        throw Error(fmt::format("{} has no test set: t10k-images-idx3-ubyte and "
                                "t10k-labels-idx1-ubyte (or .gz) are missing.",
            folder.path.string()));
    ImageSet train = readHalf(folder, "train", "training", job);
    if (train.labels.empty()) {
        train.shape = test.shape;
        data.notes.emplace_back("No training images: this data set can only be evaluated on.");
    }
    if (train.shape != test.shape)
        throw Error(fmt::format("{}: training images are {}, test images {}; they must agree.",
            folder.path.string(), describe(train.shape), describe(test.shape)));
    std::int32_t largest = *std::max_element(test.labels.begin(), test.labels.end());
    for (const std::int32_t label : train.labels)
        largest = std::max(largest, label);
    data.classNames = classNames(folder, fashion, static_cast<std::size_t>(largest) + 1);
    data.train = std::make_shared<const ImageSet>(std::move(train));
    data.test = std::make_shared<const ImageSet>(std::move(test));
    return data;
}

} // namespace augury
