// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar.h"

#include "core/data/byte_reader.h"
#include "core/data/class_names.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

namespace fs = std::filesystem;

namespace {

constexpr Shape cifarShape{3, 32, 32};
constexpr std::size_t plane = 32 * 32;

struct Layout {
    std::size_t labelBytes; ///< the last of them is the label
    std::size_t classes;
    const char* format;
    const char* namesFile;

    std::size_t record() const { return labelBytes + 3 * plane; }
};

Layout layoutOf(Cifar kind)
{
    if (kind == Cifar::Ten)
        return {1, 10, "CIFAR-10 binary", "batches.meta.txt"};
    return {2, 100, "CIFAR-100 binary", "fine_label_names.txt"};
}

/// The N of data_batch_N.bin.
std::optional<int> batchNumber(std::string_view name)
{
    constexpr std::string_view prefix = "data_batch_";
    constexpr std::string_view suffix = ".bin";
    if (!name.starts_with(prefix) || !name.ends_with(suffix)
        || name.size() <= prefix.size() + suffix.size())
        return std::nullopt;
    name.remove_prefix(prefix.size());
    name.remove_suffix(suffix.size());
    if (name.size() > 6 || name.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return std::stoi(std::string(name));
}

/// In numeric order: 10 comes after 9.
std::vector<std::pair<int, std::string>> batches(const FolderListing& folder)
{
    std::vector<std::pair<int, std::string>> found;
    for (const auto& name : folder.files)
        if (const auto number = batchNumber(name))
            found.emplace_back(*number, name);
    std::sort(found.begin(), found.end());
    return found;
}

/// Appends a file's records to `set`, which will have `total` of them.
void appendRecords(
    ImageSet& set, const fs::path& file, const Layout& layout, std::int64_t total, const Job& job)
{
    ByteReader reader(file, ByteReader::Compression::None);
    const std::uint64_t size = *reader.size();
    const std::uint64_t count = size / layout.record();
    if (size == 0)
        throw Error(fmt::format("{} is empty.", file.string()));
    if (size % layout.record() != 0)
        throw Error(fmt::format("{} is not whole {} records of {} bytes: its {} bytes hold {} and "
                                "{} bytes are left over from byte {} on. Download it again.",
            file.string(), layout.format, layout.record(), size, count, size % layout.record(),
            count * layout.record()));
    std::vector<std::uint8_t> record(layout.record());
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i % 512 == 0) {
            job.throwIfStopped();
            job.report("reading images", static_cast<std::int64_t>(set.labels.size()), total);
        }
        if (reader.read(record) < record.size())
            throw Error(fmt::format("{} ended at byte {} of {} while it was read.", file.string(),
                reader.offset(), size));
        const std::uint8_t label = record[layout.labelBytes - 1];
        if (label >= layout.classes)
            throw Error(fmt::format("{}: record {} (byte {}) has label {}; {} labels are 0 to {}.",
                file.string(), i, i * layout.record() + layout.labelBytes - 1, label, layout.format,
                layout.classes - 1));
        set.labels.push_back(label);
        const std::size_t start = set.pixels.size();
        set.pixels.resize(start + cifarShape.size());
        const std::uint8_t* in = record.data() + layout.labelBytes;
        std::uint8_t* out = set.pixels.data() + start;
        for (std::size_t p = 0; p < plane; ++p) {
            out[3 * p] = in[p];
            out[3 * p + 1] = in[p + plane];
            out[3 * p + 2] = in[p + 2 * plane];
        }
    }
}

ImageSet readFiles(const FolderListing& folder, const std::vector<std::string>& names,
    const Layout& layout, const Job& job)
{
    ImageSet set;
    set.shape = cifarShape;
    // The files fill what is reserved: sizes come from the file system, not from a header.
    std::uint64_t records = 0;
    for (const auto& name : names)
        records +=
            *ByteReader(folder.path / name, ByteReader::Compression::None).size() / layout.record();
    set.pixels.reserve(static_cast<std::size_t>(records) * cifarShape.size());
    set.labels.reserve(static_cast<std::size_t>(records));
    for (const auto& name : names)
        appendRecords(set, folder.path / name, layout, static_cast<std::int64_t>(records), job);
    job.report(
        "reading images", static_cast<std::int64_t>(records), static_cast<std::int64_t>(records));
    return set;
}

} // namespace

std::optional<Cifar> holdsCifar(const FolderListing& folder)
{
    if (folder.hasFile("test_batch.bin") || !batches(folder).empty())
        return Cifar::Ten;
    if (folder.hasFile("train.bin") || folder.hasFile("test.bin"))
        return Cifar::Hundred;
    return std::nullopt;
}

Dataset readCifar(const FolderListing& folder, Cifar kind, const Job& job)
{
    const Layout layout = layoutOf(kind);
    Dataset data;
    data.format = layout.format;

    std::vector<std::string> trainFiles;
    if (kind == Cifar::Hundred && folder.hasFile("train.bin"))
        trainFiles.emplace_back("train.bin");
    if (kind == Cifar::Ten)
        for (int expected = 1; const auto& [number, name] : batches(folder)) {
            for (; expected < number && data.notes.size() < 10; ++expected)
                data.notes.push_back(fmt::format("data_batch_{}.bin is missing.", expected));
            expected = number + 1;
            trainFiles.push_back(name);
        }
    const std::string testFile = kind == Cifar::Ten ? "test_batch.bin" : "test.bin";
    if (!folder.hasFile(testFile))
        throw Error(fmt::format("{} looks like {}, but {} with the test images is missing.",
            folder.path.string(), layout.format, testFile));
    if (trainFiles.empty())
        data.notes.emplace_back("No training images: this data set can only be evaluated on.");

    if (folder.hasFile(layout.namesFile)) {
        data.classNames = readClassNames(folder.path / layout.namesFile);
        if (data.classNames.size() != layout.classes)
            throw Error(fmt::format("{} has {} class names; {} has {} classes.",
                (folder.path / layout.namesFile).string(), data.classNames.size(), layout.format,
                layout.classes));
    } else {
        data.classNames = numberedClassNames("class ", layout.classes);
        data.notes.push_back(fmt::format(
            "{} is missing: the classes have numbers instead of names.", layout.namesFile));
    }
    data.test = std::make_shared<const ImageSet>(readFiles(folder, {testFile}, layout, job));
    data.train = std::make_shared<const ImageSet>(readFiles(folder, trainFiles, layout, job));
    return data;
}

} // namespace augury
