// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pixel_values.h"

#include "core/augment/parameter_slot.h"
#include "core/support/error.h"
#include "core/support/random.h"

#include <Random123/boxmuller.hpp>
#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace augury {

namespace {

/// What becomes of each byte value in contrast, brightness and channel shift.
std::array<double, 256> pointMap(const Transform& transform, std::span<const std::uint8_t> pixels)
{
    double mean = 0;
    if (transform.contrast != 1) // a whole number below 2^53: exact in any order
        mean = static_cast<double>(std::accumulate(pixels.begin(), pixels.end(), std::uint64_t(0)))
            / static_cast<double>(pixels.size());
    std::array<double, 256> map{};
    for (std::size_t value = 0; value < map.size(); ++value) {
        auto v = static_cast<double>(value);
        if (transform.contrast != 1)
            v = (v - mean) * transform.contrast + mean;
        map[value] = v * transform.brightness + transform.channelShift;
    }
    return map;
}

/// The weights from −radius to radius.
void gaussianKernel(double sigma, std::vector<float>& kernel)
{
    const int radius = static_cast<int>(4 * sigma + 0.5);
    const auto weight = [sigma](int x) { return std::exp(-0.5 * x * x / (sigma * sigma)); };
    double sum = 1;
    for (int x = 1; x <= radius; ++x)
        sum += 2 * weight(x);
    kernel.clear();
    for (int x = -radius; x <= radius; ++x)
        kernel.push_back(static_cast<float>(x == 0 ? 1 / sum : weight(x) / sum));
}

void addNoise(const NoiseKey& key, double sigma, std::span<float> values)
{
    const auto scale = static_cast<float>(sigma);
    auto slot = static_cast<std::uint32_t>(ParameterSlot::Noise);
    for (std::size_t i = 0; i < values.size(); i += 4, ++slot) {
        const auto words =
            randomWords(key.seed, RandomUse::Augmentation, key.image, key.copy, slot);
        const auto first = r123::boxmuller(words[0], words[1]);
        const auto second = r123::boxmuller(words[2], words[3]);
        const std::array<float, 4> normal = {first.x, first.y, second.x, second.y};
        const auto count = std::min<std::size_t>(4, values.size() - i);
        for (std::size_t j = 0; j < count; ++j)
            values[i + j] += scale * normal[j];
    }
}

/// Memory that one thread's images use in turn.
struct Scratch {
    std::vector<float> values;
    std::vector<float> blurred;
    std::vector<float> kernel;
};

void blurAndNoise(const Shape& shape, const Transform& transform,
    const std::array<double, 256>& map, std::span<std::uint8_t> pixels)
{
    thread_local Scratch scratch;
    std::array<float, 256> table{};
    std::ranges::transform(map, table.begin(), [](double v) { return static_cast<float>(v); });
    scratch.values.resize(pixels.size());
    std::ranges::transform(
        pixels, scratch.values.begin(), [&table](std::uint8_t value) { return table[value]; });

    auto* result = &scratch.values;
    if (transform.blurSigma != 0) {
        gaussianKernel(transform.blurSigma, scratch.kernel);
        scratch.blurred.resize(pixels.size());
        const int type = CV_MAKETYPE(CV_32F, shape.channels);
        const cv::Mat source(shape.height, shape.width, type, scratch.values.data());
        cv::Mat target(shape.height, shape.width, type, scratch.blurred.data());
        const cv::Mat kernel(
            1, static_cast<int>(scratch.kernel.size()), CV_32F, scratch.kernel.data());
        cv::sepFilter2D(
            source, target, CV_32F, kernel, kernel, cv::Point(-1, -1), 0, cv::BORDER_REFLECT);
        result = &scratch.blurred;
    }
    if (transform.noiseStd != 0)
        addNoise(transform.noise, transform.noiseStd, *result);

    const int rowLength = shape.width * shape.channels;
    const cv::Mat values(shape.height, rowLength, CV_32F, result->data());
    cv::Mat bytes(shape.height, rowLength, CV_8U, pixels.data());
    values.convertTo(bytes, CV_8U); // rounds half to even and saturates
}

} // namespace

bool changesPixelValues(const Transform& transform)
{
    return transform.contrast != 1 || transform.brightness != 1 || transform.channelShift != 0
        || transform.blurSigma != 0 || transform.noiseStd != 0;
}

void changePixelValues(
    const Shape& shape, const Transform& transform, std::span<std::uint8_t> pixels)
{
    const auto map = pointMap(transform, pixels);
    if (transform.blurSigma == 0 && transform.noiseStd == 0) {
        std::array<std::uint8_t, 256> table{};
        std::ranges::transform(map, table.begin(), [](double v) {
            return static_cast<std::uint8_t>(std::nearbyint(std::clamp(v, 0.0, 255.0)));
        });
        for (auto& pixel : pixels)
            pixel = table[pixel];
        return;
    }
    try {
        blurAndNoise(shape, transform, map, pixels);
    } catch (const cv::Exception& error) {
        throw Error(fmt::format("Could not blur a variant of a {} image: {}.", describe(shape),
            error.err.empty() ? error.what() : error.err));
    }
}

} // namespace augury
