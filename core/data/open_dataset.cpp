// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open_dataset.h"

#include "core/data/cifar.h"
#include "core/data/folder_listing.h"
#include "core/data/idx.h"
#include "core/data/image_folder.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <opencv2/core.hpp>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <system_error>

namespace augury {

namespace fs = std::filesystem;

namespace {

constexpr const char* lookedFor =
    "Looked for IDX files (train-images-idx3-ubyte, train-labels-idx1-ubyte, "
    "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, plain or .gz), CIFAR-10 binary "
    "(data_batch_1.bin …, test_batch.bin), CIFAR-100 binary (train.bin, test.bin), and folders "
    "of images (train/CLASS/*, test/CLASS/*, or CLASS/*).";

std::string listed(
    const std::vector<std::string>& names, std::string_view one, std::string_view several)
{
    constexpr std::size_t shown = 5;
    std::string text = fmt::format("{} {}", names.size(), names.size() == 1 ? one : several);
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
        text += (i == 0 ? " (" : ", ") + displayName(names[i]);
    if (names.size() > shown)
        text += ", …";
    return names.empty() ? text : text + ")";
}

[[noreturn]] void nothingFits(const FolderListing& folder, const FolderListing& inner)
{
    const bool pickled = (inner.hasFile("data_batch_1") && inner.hasFile("test_batch"))
        || (inner.hasFile("train") && inner.hasFile("test") && inner.hasFile("meta"));
    if (pickled)
        throw Error(fmt::format("{} holds CIFAR's Python version, which is not read. Download the "
                                "\"binary version (suitable for C programs)\" instead.",
            inner.path.string()));
    throw Error(
        fmt::format("No data set found in {}. {} Found {} and {}.", folder.path.string(), lookedFor,
            listed(folder.files, "file", "files"), listed(folder.folders, "folder", "folders")));
}

bool soundsLikeFashion(const fs::path& path)
{
    std::string name = folderName(path);
    std::transform(name.begin(), name.end(), name.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name.find("fashion") != std::string::npos;
}

std::string niceName(const fs::path& folder, const Dataset& data, bool fashion)
{
    const std::string name = folderName(folder);
    if (fashion && data.format == "IDX")
        return "Fashion-MNIST";
    if (name == "cifar-10-batches-bin")
        return "CIFAR-10";
    if (name == "cifar-100-binary")
        return "CIFAR-100";
    return name;
}

bool holdsDataset(const FolderListing& folder)
{
    return holdsIdx(folder) || holdsCifar(folder) || holdsImageFolder(folder);
}

Dataset read(const FolderListing& folder, bool fashion, const OpenOptions& options, const Job& job)
{
    if (holdsIdx(folder))
        return readIdx(folder, fashion, job);
    if (const auto kind = holdsCifar(folder))
        return readCifar(folder, *kind, job);
    return readImageFolder(folder, options, job);
}

/// The folder to look into: `path`, or the folder of the file `path`.
fs::path folderOf(const fs::path& path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found && path == defaultDatasetPath())
        throw Error(fmt::format("The default data set Fashion-MNIST is not installed: {} does not "
                                "exist. The Debian package dataset-fashion-mnist brings it: sudo "
                                "apt install dataset-fashion-mnist",
            path.string()));
    if (status.type() == fs::file_type::not_found)
        throw Error(fmt::format("{} does not exist.", path.string()));
    if (error)
        throw Error(fmt::format("Could not open {}: {}.", path.string(), error.message()));
    if (status.type() == fs::file_type::directory)
        return path;
    if (status.type() != fs::file_type::regular)
        throw Error(fmt::format("{} is neither a folder nor a file.", path.string()));
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

void check(const OpenOptions& options)
{
    std::vector<Problem> problems;
    if (const auto size = options.imageSize)
        if (std::min(size->first, size->second) < 4 || std::max(size->first, size->second) > 1024)
            problems.push_back({"image_size",
                fmt::format("is {}×{}; each side must be 4 to 1024", size->first, size->second)});
    if (!(options.testFraction > 0.0 && options.testFraction < 1.0))
        problems.push_back({"test_fraction",
            fmt::format("is {}; it must be above 0 and below 1", options.testFraction)});
    throwIfAny(problems, "The data set can't be opened like this");
}

/// Classes without a training image, for the notes.
void noteEmptyClasses(Dataset& data)
{
    std::vector<bool> seen(data.classNames.size(), false);
    for (const std::int32_t label : data.train->labels)
        seen[static_cast<std::size_t>(label)] = true;
    std::vector<std::string> empty;
    for (std::size_t c = 0; c < seen.size(); ++c)
        if (!seen[c])
            empty.push_back(data.classNames[c]);
    if (!empty.empty() && data.train->size() > 0)
        data.notes.push_back(
            fmt::format("Without training images: {}.", listed(empty, "class", "classes")));
}

Dataset open(const fs::path& path, const OpenOptions& options, const Job& job)
{
    check(options);
    const fs::path top = folderOf(path);
    const FolderListing folder = listFolder(top);
    FolderListing inner = folder;
    // Archives often unpack into one more folder: data/cifar-10-batches-bin.
    if (!holdsDataset(folder) && folder.folders.size() == 1)
        inner = listFolder(top / folder.folders.front());
    if (!holdsDataset(inner))
        nothingFits(folder, inner);
    const bool fashion = soundsLikeFashion(top) || soundsLikeFashion(inner.path);
    Dataset data = read(inner, fashion, options, job);
    data.name = niceName(top, data, fashion);
    if (data.classNames.size() < 2)
        throw Error(fmt::format("{} has only one class, {}; a classifier needs two or more.",
            inner.path.string(), data.classNames.front()));
    noteEmptyClasses(data);
    return data;
}

} // namespace

Dataset openDataset(const fs::path& path, const OpenOptions& options, const Job& job)
{
    const auto tooLarge = [&] {
        return Error(fmt::format(
            "Not enough memory to hold the data set {}. Close other programs or choose a smaller "
            "one.",
            path.string()));
    };
    try {
        return open(path, options, job);
    } catch (const fs::filesystem_error& e) {
        throw Error(fmt::format("Could not read {}: {}.", e.path1().string(), e.code().message()));
    } catch (const cv::Exception& e) {
        throw Error(fmt::format("Could not read the images in {}: {}.", path.string(), e.err));
    } catch (const std::bad_alloc&) {
        throw tooLarge();
    } catch (const std::length_error&) {
        throw tooLarge();
    }
}

fs::path defaultDatasetPath()
{
    return "/usr/share/datasets/fashion-mnist";
}

} // namespace augury
