// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/own_images.h"

#include "core/data/cifar.h"
#include "core/data/folder_listing.h"
#include "core/data/idx.h"
#include "core/data/image_file.h"
#include "core/data/image_folder.h"
#include "core/data/image_loader.h"
#include "core/data/parallel.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>

namespace augury {

namespace fs = std::filesystem;

namespace {

constexpr int largestSide = 1024; ///< of images that keep their own size

void addFiles(std::vector<fs::path>& files, const FolderListing& folder)
{
    for (const auto& name : folder.files)
        files.push_back(folder.path / name);
    for (const auto& name : folder.others)
        files.push_back(folder.path / name);
}

/// The folder's listing; nothing where it can't be had.
std::optional<FolderListing> listingOf(const fs::path& path)
{
    try {
        return listFolder(path);
    } catch (const Error&) {
        return {};
    }
}

bool isFolder(const fs::path& path)
{
    std::error_code error;
    return fs::is_directory(path, error);
}

/// The sentence with the file's name in the place of its path.
std::string withoutFolder(std::string sentence, const fs::path& path)
{
    const auto whole = path.string();
    const auto name = displayName(path.has_filename() ? path.filename().string() : whole);
    for (auto at = sentence.find(whole); !whole.empty() && at != std::string::npos;
         at = sentence.find(whole, at + name.size()))
        sentence.replace(at, whole.size(), name);
    return sentence;
}

/// Why a file was refused; whatever goes wrong with one file must not end the reading of others.
template <class F> std::string reasonOf(const fs::path& path, F&& read)
{
    if (isFolder(path))
        return withoutFolder(path.string() + " is a folder that can't be listed.", path);
    try {
        read();
        return {};
    } catch (const Error& error) {
        return withoutFolder(error.what(), path);
    } catch (const std::bad_alloc&) {
        return withoutFolder("Not enough memory to read " + path.string() + ".", path);
    } catch (const std::exception& error) { // of OpenCV or the file system
        return withoutFolder(
            fmt::format("{} can't be decoded: {}.", path.string(), error.what()), path);
    }
}

/// RGB of the image's own size, or as large as fits.
Shape fitting(int height, int width)
{
    const double scale = std::min(1.0, double(largestSide) / std::max(height, width));
    const auto side = [&](int pixels) {
        return std::clamp(static_cast<int>(std::lround(pixels * scale)), 1, largestSide);
    };
    return {3, side(height), side(width)};
}

/// Keeps one channel of RGB images that are all grey.
void dropColour(ImageSet& set)
{
    auto& bytes = set.pixels;
    for (std::size_t p = 0; p < bytes.size(); p += 3)
        if (bytes[p] != bytes[p + 1] || bytes[p] != bytes[p + 2])
            return;
    for (std::size_t p = 0; p < bytes.size() / 3; ++p)
        bytes[p] = bytes[3 * p];
    bytes.resize(bytes.size() / 3);
    set.shape.channels = 1;
}

[[noreturn]] void nothingRead(const std::vector<std::string>& reasons)
{
    if (reasons.empty())
        throw Error("There are no images to read: choose image files (PNG, JPEG, BMP, WebP, TIFF, "
                    "PNM) or a folder that holds some.");
    if (reasons.size() == 1)
        throw Error(reasons.front());
    throw Error(fmt::format("None of {} files could be read as an image. The first: {}",
        reasons.size(), reasons.front()));
}

class Reader {
public:
    Reader(std::span<const fs::path> files, int threads, const Job& job)
        : m_files(files)
        , m_threads(threads)
        , m_job(job)
        , m_reasons(files.size())
    {
    }

    /// The size of the first image that can be read. What is refused on the way is not tried again.
    Shape firstShape()
    {
        for (; m_first < m_files.size(); ++m_first) {
            m_job.throwIfStopped();
            Shape shape;
            const auto& path = m_files[m_first];
            m_reasons[m_first] = reasonOf(path, [&] {
                const auto image = decodeImageFile(path);
                shape = fitting(image.rows, image.cols);
            });
            if (m_reasons[m_first].empty())
                return shape;
        }
        nothingRead(m_reasons);
    }

    void readAll(const Shape& shape)
    {
        m_set.shape = shape;
        requireMemoryFor(m_files.size() - m_first, shape);
        m_set.pixels.resize((m_files.size() - m_first) * shape.size());
        forEachInParallel(
            m_files.size() - m_first, m_threads, m_job, "reading images", [&](std::size_t i) {
                const auto& path = m_files[m_first + i];
                m_reasons[m_first + i] = reasonOf(path, [&] {
                    const auto image = readImage(path, shape);
                    std::copy(image.pixels.begin(), image.pixels.end(), place(i));
                });
            });
    }

    OwnImages take(bool greyIfAllAre)
    {
        OwnImages own;
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            if (!m_reasons[i].empty()) {
                own.refused.push_back({m_files[i], std::move(m_reasons[i])});
                continue;
            }
            const auto from = i - m_first;
            if (from != own.files.size())
                std::copy_n(place(from), m_set.shape.size(), place(own.files.size()));
            own.files.push_back(m_files[i]);
        }
        if (own.files.empty()) {
            std::vector<std::string> reasons;
            for (const auto& refused : own.refused)
                reasons.push_back(refused.reason);
            nothingRead(reasons);
        }
        m_set.pixels.resize(own.files.size() * m_set.shape.size());
        m_set.labels.assign(own.files.size(), -1);
        if (greyIfAllAre)
            dropColour(m_set);
        own.images = std::make_shared<const ImageSet>(std::move(m_set));
        return own;
    }

private:
    std::vector<std::uint8_t>::iterator place(std::size_t i)
    {
        return m_set.pixels.begin() + static_cast<std::ptrdiff_t>(i * m_set.shape.size());
    }

    std::span<const fs::path> m_files;
    int m_threads;
    const Job& m_job;
    std::vector<std::string> m_reasons; ///< one a file; empty: read
    std::size_t m_first = 0; ///< files before it are refused already
    ImageSet m_set;
};

} // namespace

std::vector<fs::path> listOwnImages(std::span<const fs::path> paths)
{
    std::vector<fs::path> files;
    for (const auto& path : paths) {
        const auto folder = isFolder(path) ? listingOf(path) : std::nullopt;
        if (!folder) {
            files.push_back(path);
            continue;
        }
        addFiles(files, *folder);
        for (const auto& name : folder->folders) {
            if (const auto inner = listingOf(path / name))
                addFiles(files, *inner);
            else
                files.push_back(path / name);
        }
    }
    return files;
}

OwnImages readOwnImages(
    std::span<const fs::path> files, const std::optional<Shape>& shape, int threads, const Job& job)
{
    job.throwIfStopped();
    Reader reader(files, threads, job);
    reader.readAll(shape ? *shape : reader.firstShape());
    return reader.take(!shape);
}

bool looksLikeOwnImages(const fs::path& folder)
{
    const auto listing = isFolder(folder) ? listingOf(folder) : std::nullopt;
    if (!listing || std::none_of(listing->files.begin(), listing->files.end(), hasImageEnding))
        return false;
    const auto holdsDataset = [](const FolderListing& at) {
        return holdsIdx(at) || holdsCifar(at) || holdsImageFolder(at);
    };
    if (holdsDataset(*listing))
        return false;
    // openDataset() looks into a single folder, too.
    if (listing->folders.size() != 1)
        return true;
    const auto inner = listingOf(folder / listing->folders.front());
    return !inner || !holdsDataset(*inner);
}

} // namespace augury
