// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/cnn.h"

#include "core/model/architecture.h"
#include "core/model/runtime.h"
#include "core/support/random.h"

#include <ATen/ATen.h>

#include <array>
#include <cmath>
#include <map>

namespace augury {

namespace {

constexpr auto channelsLast = at::MemoryFormat::ChannelsLast;

using TensorMap = std::map<std::string, at::Tensor>;

/// fc1's columns between PyTorch's C, H, W order and ours, H, W, C.
at::Tensor columnsToHwc(const at::Tensor& weight, std::int64_t h, std::int64_t w)
{
    return weight.view({weight.size(0), -1, h, w}).permute({0, 2, 3, 1}).flatten(1).contiguous();
}
at::Tensor columnsToChw(const at::Tensor& weight, std::int64_t h, std::int64_t w)
{
    return weight.view({weight.size(0), h, w, -1}).permute({0, 3, 1, 2}).flatten(1).contiguous();
}

Cnn fromMap(const TensorMap& map, const Shape& input)
{
    const auto affine = [&](const std::string& name) {
        return Affine{map.at(name + ".weight"), map.at(name + ".bias")};
    };
    const auto batchNorm = [&](const std::string& name) {
        return BatchNorm{map.at(name + ".weight"), map.at(name + ".bias"),
            map.at(name + ".running_mean"), map.at(name + ".running_var")};
    };
    Cnn cnn{input, affine("conv1"), affine("conv2"), affine("fc1"), affine("fc2"), batchNorm("bn1"),
        batchNorm("bn2"), batchNorm("bn3"), 0};
    cnn.conv1.weight = cnn.conv1.weight.contiguous(channelsLast);
    cnn.conv2.weight = cnn.conv2.weight.contiguous(channelsLast);
    cnn.fc1.weight = columnsToHwc(cnn.fc1.weight, input.height / 4, input.width / 4);
    return cnn;
}

/// U(−bound, bound), a pure function of (seed, tensor, element).
at::Tensor uniform(const TensorSpec& spec, double bound, std::uint64_t seed, std::uint32_t index)
{
    auto tensor = at::empty(spec.shape);
    auto* values = tensor.data_ptr<float>();
    const auto n = static_cast<std::size_t>(tensor.numel());
    for (std::size_t i = 0; i < n; i += 4) {
        const auto words =
            randomWords(seed, RandomUse::Initialisation, static_cast<std::uint32_t>(i / 4), index);
        for (std::size_t j = 0; j < 4 && i + j < n; ++j)
            values[i + j] = static_cast<float>(bound * (2 * toUniform(words[j]) - 1));
    }
    return tensor;
}

at::Tensor initial(const TensorSpec& spec, std::uint64_t seed, std::uint32_t index)
{
    double fanIn = 1;
    for (std::size_t d = 1; d < spec.shape.size(); ++d)
        fanIn *= static_cast<double>(spec.shape[d]);
    switch (spec.role) {
    case TensorRole::ConvWeight:
    case TensorRole::HiddenWeight: // He et al. 2015
        return uniform(spec, std::sqrt(6 / fanIn), seed, index);
    case TensorRole::OutputWeight: // Glorot & Bengio 2010
        return uniform(
            spec, std::sqrt(6 / (fanIn + static_cast<double>(spec.shape[0]))), seed, index);
    case TensorRole::Ones:
        return at::ones(spec.shape);
    case TensorRole::Zeros:
        return at::zeros(spec.shape);
    case TensorRole::Counter:
        break;
    }
    return at::zeros(spec.shape, at::kLong);
}

NamedTensor toNamed(const std::string& name, const at::Tensor& tensor)
{
    const auto plain = tensor.detach().to(at::kCPU).contiguous(at::MemoryFormat::Contiguous);
    const auto* data = plain.data_ptr<float>();
    return {name, plain.sizes().vec(), std::vector<float>(data, data + plain.numel())};
}

std::array<BatchNorm*, 3> batchNorms(Cnn& cnn)
{
    return {&cnn.bn1, &cnn.bn2, &cnn.bn3};
}

} // namespace

Cnn Cnn::initialise(const Shape& input, int classes, std::uint64_t seed)
{
    prepareRuntime();
    requireTutorialCnnFits(input, classes);
    TensorMap map;
    std::uint32_t index = 0;
    for (const auto& spec : tutorialCnnTensors(input, classes))
        map[spec.name] = initial(spec, seed, index++);
    return fromMap(map, input);
}

Cnn Cnn::fromCheckpoint(const Checkpoint& checkpoint)
{
    prepareRuntime();
    if (checkpoint.architecture != tutorialCnnName)
        throw Error("Unknown network architecture \"" + checkpoint.architecture + "\".");
    const int classes = static_cast<int>(checkpoint.classNames.size());
    requireTutorialCnnFits(checkpoint.inputShape, classes);
    TensorMap map;
    std::int64_t batches = 0;
    for (const auto& spec : tutorialCnnTensors(checkpoint.inputShape, classes)) {
        const auto& tensor = checkpoint.tensor(spec.name);
        if (tensor.shape != spec.shape)
            throw Error("The model's tensor " + spec.name + " has an unexpected shape.");
        if (const auto* floats = std::get_if<std::vector<float>>(&tensor.values)) {
            auto copy = at::empty(spec.shape);
            std::copy(floats->begin(), floats->end(), copy.data_ptr<float>());
            map[spec.name] = copy;
        } else {
            batches = std::get<std::vector<std::int64_t>>(tensor.values).at(0);
        }
    }
    auto cnn = fromMap(map, checkpoint.inputShape);
    cnn.batchesTracked = batches;
    return cnn;
}

std::vector<NamedTensor> Cnn::toTensors() const
{
    std::vector<NamedTensor> tensors;
    const auto affine = [&](const std::string& name, const at::Tensor& weight,
                            const at::Tensor& bias) {
        tensors.push_back(toNamed(name + ".weight", weight));
        tensors.push_back(toNamed(name + ".bias", bias));
    };
    const auto batchNorm = [&](const std::string& name, const BatchNorm& bn) {
        affine(name, bn.weight, bn.bias);
        tensors.push_back(toNamed(name + ".running_mean", bn.runningMean));
        tensors.push_back(toNamed(name + ".running_var", bn.runningVar));
        tensors.push_back(
            {name + ".num_batches_tracked", {}, std::vector<std::int64_t>{batchesTracked}});
    };
    affine("conv1", conv1.weight, conv1.bias);
    batchNorm("bn1", bn1);
    affine("conv2", conv2.weight, conv2.bias);
    batchNorm("bn2", bn2);
    affine("fc1", columnsToChw(fc1.weight.detach(), input.height / 4, input.width / 4), fc1.bias);
    batchNorm("bn3", bn3);
    affine("fc2", fc2.weight, fc2.bias);
    return tensors;
}

std::vector<at::Tensor> Cnn::parameters() const
{
    return {conv1.weight, conv1.bias, bn1.weight, bn1.bias, conv2.weight, conv2.bias, bn2.weight,
        bn2.bias, fc1.weight, fc1.bias, bn3.weight, bn3.bias, fc2.weight, fc2.bias};
}

void Cnn::to(const torch::Device& device)
{
    for (auto* layer : {&conv1, &conv2, &fc1, &fc2}) {
        layer->weight = layer->weight.to(device);
        layer->bias = layer->bias.to(device);
    }
    for (auto* bn : batchNorms(*this)) {
        for (auto* tensor : {&bn->weight, &bn->bias, &bn->runningMean, &bn->runningVar})
            *tensor = tensor->to(device);
    }
}

at::Tensor reluBatchNormPool(const at::Tensor& x, const BatchNorm& bn, bool training)
{
    return at::max_pool2d(at::batch_norm(at::relu(x), bn.weight, bn.bias, bn.runningMean,
                              bn.runningVar, training, batchNormMomentum, batchNormEpsilon, true),
        2);
}

at::Tensor Cnn::forward(at::Tensor x, bool training)
{
    x = reluBatchNormPool(at::conv2d(x, conv1.weight, conv1.bias, 1, 1), bn1, training);
    x = reluBatchNormPool(at::conv2d(x, conv2.weight, conv2.bias, 1, 1), bn2, training);
    x = x.permute({0, 2, 3, 1}).flatten(1); // H, W, C order
    x = at::relu(at::linear(x, fc1.weight, fc1.bias));
    x = at::batch_norm(x, bn3.weight, bn3.bias, bn3.runningMean, bn3.runningVar, training,
        batchNormMomentum, batchNormEpsilon, true);
    if (training)
        ++batchesTracked;
    return at::linear(x, fc2.weight, fc2.bias);
}

std::string plainMessage(const std::exception& error)
{
    if (const auto* torchError = dynamic_cast<const c10::Error*>(&error))
        return torchError->what_without_backtrace();
    return error.what();
}

} // namespace augury
