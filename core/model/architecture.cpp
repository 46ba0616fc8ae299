// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/architecture.h"

#include "core/support/error.h"

#include <fmt/format.h>

namespace augury {

std::vector<TensorSpec> tutorialCnnTensors(const Shape& input, int classes)
{
    std::vector<TensorSpec> specs;
    const auto layer = [&](const std::string& name, std::vector<std::int64_t> shape,
                           TensorRole weightRole) {
        const std::int64_t outputs = shape.front();
        specs.push_back({name + ".weight", std::move(shape), weightRole, true});
        specs.push_back({name + ".bias", {outputs}, TensorRole::Zeros, true});
    };
    const auto batchNorm = [&](const std::string& name, std::int64_t channels) {
        layer(name, {channels}, TensorRole::Ones);
        specs.push_back({name + ".running_mean", {channels}, TensorRole::Zeros, false});
        specs.push_back({name + ".running_var", {channels}, TensorRole::Ones, false});
        specs.push_back({name + ".num_batches_tracked", {}, TensorRole::Counter, false});
    };
    const std::int64_t flat = std::int64_t(64) * (input.height / 2 / 2) * (input.width / 2 / 2);
    layer("conv1", {32, input.channels, 3, 3}, TensorRole::ConvWeight);
    batchNorm("bn1", 32);
    layer("conv2", {64, 32, 3, 3}, TensorRole::ConvWeight);
    batchNorm("bn2", 64);
    layer("fc1", {128, flat}, TensorRole::HiddenWeight);
    batchNorm("bn3", 128);
    layer("fc2", {classes, 128}, TensorRole::OutputWeight);
    return specs;
}

void requireTutorialCnnFits(const Shape& input, int classes)
{
    if (input.channels < 1 || input.height < smallestSide || input.width < smallestSide)
        throw Error(fmt::format("Images of {} are too small for this network: each side must be at "
                                "least {} pixels. Choose a larger image size.",
            describe(input), smallestSide));
    if (classes < 2)
        throw Error("The data set has fewer than two classes, so there is nothing to tell apart.");
}

} // namespace augury
