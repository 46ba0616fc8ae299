// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_pictures.h"

#include "core/data/fingerprint.h"
#include "core/data/open_dataset.h"
#include "core/report/report_html.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace augury {

namespace {

using nlohmann::json;

constexpr int largestSide = 160;

std::string storedFingerprint(const RunRecord& record)
{
    return textAt(part(record.document, "data"), "fingerprint");
}

std::string otherImages(const std::filesystem::path& folder)
{
    return fmt::format("There are no pictures of the images: those in {} are not the ones that "
                       "this run was made on.",
        folder.string());
}

/// How the command line was told to open it; the window opens with the defaults.
OpenOptions openingOf(const RunRecord& record)
{
    const auto& opened = part(part(record.document, "data"), "opened");
    const auto& settings = part(record.document, "settings");
    OpenOptions options;
    if (const auto& size = part(opened, "image_size"); size.is_array() && size.size() == 2
        && size[0].is_number_integer() && size[1].is_number_integer())
        options.imageSize = {size[0].get<int>(), size[1].get<int>()};
    if (const auto& fraction = part(opened, "test_fraction"); fraction.is_number())
        options.testFraction = fraction.get<double>();
    if (const auto& seed = part(settings, "split_seed"); seed.is_number_unsigned())
        options.seed = seed.get<std::uint64_t>();
    return options;
}

std::filesystem::path folderOf(const RunRecord& record)
{
    const auto folder = textAt(part(part(record.document, "data"), "opened"), "folder");
    return folder.empty() ? textAt(part(record.document, "settings"), "data") : folder;
}

} // namespace

std::string thumbnailPng(const ImageView& image, int leastSide)
{
    try {
        const auto& shape = image.shape;
        // OpenCV wants a pointer to what is not const, and only reads here.
        const cv::Mat pixels(shape.height, shape.width, CV_8UC(shape.channels),
            const_cast<std::uint8_t*>(image.pixels.data())); // NOLINT
        cv::Mat shown;
        if (shape.channels == 3)
            cv::cvtColor(pixels, shown, cv::COLOR_RGB2BGR);
        else
            shown = pixels;
        const int shorter = std::min(shape.height, shape.width);
        const int longer = std::max(shape.height, shape.width);
        if (const int factor = (leastSide + shorter - 1) / shorter;
            factor > 1 && longer * factor <= largestSide)
            cv::resize(shown, shown, {}, factor, factor, cv::INTER_NEAREST);
        else if (longer > largestSide) {
            const double scale = double(largestSide) / longer;
            cv::resize(shown, shown,
                {std::max(1, static_cast<int>(std::lround(shape.width * scale))),
                    std::max(1, static_cast<int>(std::lround(shape.height * scale)))},
                0, 0, cv::INTER_AREA);
        }
        std::vector<std::uint8_t> bytes;
        if (!cv::imencode(".png", shown, bytes))
            throw Error("A picture could not be made into a PNG file.");
        return {bytes.begin(), bytes.end()};
    } catch (const cv::Exception& problem) {
        throw Error(fmt::format("A picture could not be made into a PNG file ({}).", problem.err));
    }
}

std::map<std::uint32_t, std::string> thumbnails(
    const Dataset& dataset, std::span<const std::uint32_t> images)
{
    std::map<std::uint32_t, std::string> pictures;
    for (const auto image : images) {
        if (dataset.test && image < dataset.test->size())
            pictures[image] = thumbnailPng(dataset.test->image(image));
    }
    return pictures;
}

RunPictures runPictures(
    const RunRecord& record, const std::filesystem::path& folder, const Job& job)
{
    const auto images = reportImages(record);
    if (images.empty())
        return {};
    const auto path = folder.empty() ? folderOf(record) : folder;
    if (path.empty())
        return {{}, "There are no pictures of the images: the run does not say where they are."};
    try {
        const auto dataset = openDataset(path, openingOf(record), job);
        const auto stored = storedFingerprint(record);
        if (!stored.empty() && stored != fingerprint(dataset))
            return {{}, otherImages(path)};
        return {thumbnails(dataset, images), {}};
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& problem) {
        return {{}, fmt::format("There are no pictures of the images: {}", problem.what())};
    }
}

RunPictures runPictures(const RunRecord& record, const Dataset& dataset)
{
    const auto images = reportImages(record);
    if (images.empty())
        return {};
    const auto stored = storedFingerprint(record);
    if (!stored.empty() && stored != fingerprint(dataset))
        return {{}, otherImages(dataset.name)};
    return {thumbnails(dataset, images), {}};
}

} // namespace augury
