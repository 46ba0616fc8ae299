// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_pictures.h"

#include "core/data/open_dataset.h"
#include "core/experiment/experiment_json.h"
#include "core/report/report_html.h"
#include "core/store/resumption.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace augury {

namespace {

constexpr int largestSide = 160;

std::string otherImages(const std::filesystem::path& folder)
{
    return fmt::format("There are no pictures of the images: those in {} are not the ones that "
                       "this run was made on.",
        folder.string());
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
    try {
        const auto config = experimentFromJson(record.settings(), "The run's settings");
        const auto opening = openingOf(record, config);
        const auto path = folder.empty() ? std::filesystem::path(opening.folder) : folder;
        if (path.empty())
            return {
                {}, "There are no pictures of the images: the run does not say where they are."};
        const auto dataset = openDataset(path, opening.options, job);
        if (!isDataOf(record, dataset))
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
    if (!isDataOf(record, dataset))
        return {{}, otherImages(dataset.name)};
    return {thumbnails(dataset, images), {}};
}

} // namespace augury
