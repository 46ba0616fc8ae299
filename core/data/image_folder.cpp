// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder.h"

#include "core/data/image_file.h"
#include "core/data/image_loader.h"
#include "core/support/error.h"
#include "core/support/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace augury {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 3> validationNames = {"val", "valid", "validation"};

std::string lowered(std::string text)
{
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// The sub-folders that stand for a half of the data; empty when there is none.
struct Halves {
    std::string train;
    std::string test;
    std::string validation;

    explicit Halves(const FolderListing& folder)
    {
        for (const auto& name : folder.folders) {
            const std::string low = lowered(name);
            if (low == "train" && train.empty())
                train = name;
            else if (low == "test" && test.empty())
                test = name;
            else if (std::find(validationNames.begin(), validationNames.end(), low)
                    != validationNames.end()
                && validation.empty())
                validation = name;
        }
    }
    std::vector<std::string> names() const
    {
        std::vector<std::string> all;
        for (const auto* name : {&train, &test, &validation})
            if (!name->empty())
                all.push_back(*name);
        return all;
    }
};

/// Sub-folders of a folder that need not be readable: this is only to recognise a layout.
FolderListing peek(const fs::path& path)
{
    try {
        return listFolder(path);
    } catch (const Error&) {
        return {};
    }
}

/// A class may be called "train": such a folder holds images. Halves hold folders.
bool hasHalves(const FolderListing& folder)
{
    const auto names = Halves(folder).names();
    return std::any_of(names.begin(), names.end(), [&](const auto& name) {
        return !peek(folder.path / name).folders.empty();
    }) || (!names.empty() && names.size() == folder.folders.size());
}

bool hasClasses(const FolderListing& folder)
{
    return std::any_of(folder.folders.begin(), folder.folders.end(), [&](const auto& name) {
        const auto files = peek(folder.path / name).files;
        return std::any_of(files.begin(), files.end(), hasImageEnding);
    });
}

/// The files of one class, in order.
std::vector<LabelledFile> filesOf(const fs::path& folder, std::size_t label)
{
    const FolderListing listing = listFolder(folder);
    if (!listing.folders.empty())
        throw Error(fmt::format("{} holds the folder {}; a class's folder may hold only images.",
            folder.string(), displayName(listing.folders.front())));
    if (!listing.others.empty())
        throw Error(fmt::format("{} can't be read: it is a broken link or not a regular file. "
                                "Remove it.",
            (folder / listing.others.front()).string()));
    if (listing.files.empty())
        throw Error(fmt::format(
            "The class folder {} is empty. Put images into it or remove it.", folder.string()));
    std::vector<LabelledFile> files;
    files.reserve(listing.files.size());
    for (const auto& name : listing.files)
        files.push_back({folder / name, static_cast<std::int32_t>(label)});
    return files;
}

/// A half's files by class. Images that lie beside the class folders are noted.
std::vector<LabelledFile> filesOfHalf(const fs::path& path, std::vector<std::string>& classes,
    bool classesAreKnown, std::vector<std::string>& notes)
{
    const FolderListing half = listFolder(path);
    if (half.folders.empty())
        throw Error(fmt::format("{} holds no class folders; expected is one folder a class, named "
                                "like it, with its images.",
            path.string()));
    if (!classesAreKnown)
        classes = half.folders;
    std::vector<LabelledFile> files;
    for (const auto& name : half.folders) {
        const auto known = std::lower_bound(classes.begin(), classes.end(), name);
        if (known == classes.end() || *known != name)
            throw Error(fmt::format(
                "{} is a class that the training images don't have.", (path / name).string()));
        const auto label = static_cast<std::size_t>(known - classes.begin());
        auto members = filesOf(path / name, label);
        files.insert(files.end(), std::make_move_iterator(members.begin()),
            std::make_move_iterator(members.end()));
    }
    if (const auto stray = std::count_if(half.files.begin(), half.files.end(), hasImageEnding))
        notes.push_back(fmt::format(
            "{} images beside the class folders of {} are not read.", stray, path.string()));
    return files;
}

/// Moves round(fraction × n) images of each class into `test`, leaving at least one.
void splitByClass(std::vector<LabelledFile> files, std::size_t classes, double fraction,
    std::uint64_t seed, std::vector<LabelledFile>& train, std::vector<LabelledFile>& test)
{
    std::vector<std::uint32_t> sizes(classes, 0);
    for (const auto& file : files)
        ++sizes[static_cast<std::size_t>(file.label)];
    std::vector<std::uint32_t> shares(classes, 0);
    std::uint64_t total = 0;
    for (std::size_t c = 0; c < classes; ++c) {
        shares[c] =
            std::min(static_cast<std::uint32_t>(std::lround(fraction * sizes[c])), sizes[c] - 1);
        total += shares[c];
    }
    if (const auto largest = std::max_element(sizes.begin(), sizes.end()); total == 0) {
        if (*largest < 2)
            throw Error("Every class has a single image: none is left to test on. Add images.");
        shares[static_cast<std::size_t>(largest - sizes.begin())] = 1;
    }
    std::size_t first = 0;
    for (std::size_t c = 0; c < classes; ++c) {
        // The high bit keeps these orders apart from carveValidation's.
        auto order = randomOrder(
            sizes[c], seed, RandomUse::Split, 0x80000000U | static_cast<std::uint32_t>(c));
        std::vector<bool> chosen(sizes[c], false);
        for (std::uint32_t i = 0; i < shares[c]; ++i)
            chosen[order[i]] = true;
        for (std::size_t i = 0; i < sizes[c]; ++i)
            (chosen[i] ? test : train).push_back(std::move(files[first + i]));
        first += sizes[c];
    }
}

} // namespace

bool holdsImageFolder(const FolderListing& folder)
{
    return hasHalves(folder) || hasClasses(folder);
}

Dataset readImageFolder(const FolderListing& folder, const OpenOptions& options, const Job& job)
{
    Dataset data;
    data.format = "image folder";
    std::vector<std::string> classes;
    std::vector<LabelledFile> train;
    std::vector<LabelledFile> test;
    if (hasHalves(folder)) {
        const Halves halves(folder);
        const std::string& testName = halves.test.empty() ? halves.validation : halves.test;
        if (testName.empty())
            throw Error(fmt::format("{} has the folder {} but no folder test. Add one, or open {} "
                                    "itself to have it split into training and test images.",
                folder.path.string(), halves.train, (folder.path / halves.train).string()));
        if (halves.test.empty())
            data.notes.push_back(fmt::format(
                "There is no folder test: the images in {} are the test set.", testName));
        else if (!halves.validation.empty())
            data.notes.push_back(fmt::format("The folder {} is not read: validation images are "
                                             "carved from the training images.",
                halves.validation));
        if (halves.train.empty())
            data.notes.emplace_back("No training images: this data set can only be evaluated on.");
        else
            train = filesOfHalf(folder.path / halves.train, classes, false, data.notes);
        test = filesOfHalf(folder.path / testName, classes, !halves.train.empty(), data.notes);
    } else {
        auto all = filesOfHalf(folder.path, classes, false, data.notes);
        splitByClass(
            std::move(all), classes.size(), options.testFraction, options.seed, train, test);
        data.notes.push_back(fmt::format("Split by seed {} into {} training and {} test images.",
            options.seed, train.size(), test.size()));
    }
    for (const auto& name : classes)
        data.classNames.push_back(displayName(name));

    LoadedImages images = loadImages(train, test, options.imageSize, options.threads, job);
    if (images.resized > 0)
        data.notes.push_back(fmt::format("{} of {} images had another size and were resized to "
                                         "{}×{} (height × width).",
            images.resized, train.size() + test.size(), images.test.shape.height,
            images.test.shape.width));
    data.train = std::make_shared<const ImageSet>(std::move(images.train));
    data.test = std::make_shared<const ImageSet>(std::move(images.test));
    return data;
}

} // namespace augury
