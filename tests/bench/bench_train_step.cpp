// SPDX-License-Identifier: GPL-3.0-or-later
// Where a training step's time goes: each part alone, on tensors of the right size. Milliseconds a
// step; the parts sum to about a step of bench_network's trainOurs.
#include <torch/torch.h>

#include "core/model/architecture.h"
#include "core/model/runtime.h"
#include "core/support/random.h"
#include "core/train/batch_source.h"
#include "core/train/fused_layers.h"
#include "tests/bench/synthetic.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <functional>

using namespace augury;
using namespace augury::bench;

namespace {

constexpr auto channelsLast = at::MemoryFormat::ChannelsLast;
using Forward = std::function<at::Tensor(const at::Tensor&)>;

Cnn trainable()
{
    useThreads(0);
    auto cnn = Cnn::initialise(cifar, classes, 1);
    for (auto& parameter : cnn.parameters())
        parameter.requires_grad_();
    return cnn;
}

at::Tensor activations(std::int64_t channels, std::int64_t side)
{
    return torch::randn({batchSize, channels, side, side}).contiguous(channelsLast);
}

at::Tensor head(Cnn& cnn, at::Tensor x)
{
    x = at::relu(parallelLinear(x, cnn.fc1));
    x = at::batch_norm(x, cnn.bn3.weight, cnn.bn3.bias, cnn.bn3.runningMean, cnn.bn3.runningVar,
        true, batchNormMomentum, batchNormEpsilon, true);
    return at::cross_entropy_loss(
        at::linear(x, cnn.fc2.weight, cnn.fc2.bias), torch::arange(batchSize) % classes);
}

/// One layer, with its input's gradient or without.
struct Part {
    Cnn cnn = trainable();
    at::Tensor input;
    Forward forward;
};

Part part(const std::string& name)
{
    Part result;
    auto& cnn = result.cnn;
    if (name == "conv1") {
        result.input = activations(3, 32);
        result.forward = [c = cnn.conv1](
                             const at::Tensor& x) { return at::conv2d(x, c.weight, c.bias, 1, 1); };
    } else if (name == "pool1") {
        result.input = activations(32, 32).requires_grad_();
        result.forward = [bn = cnn.bn1](
                             const at::Tensor& x) { return fusedReluBatchNormPool(x, bn); };
    } else if (name == "conv2") {
        result.input = activations(32, 16).requires_grad_();
        result.forward = [c = cnn.conv2](
                             const at::Tensor& x) { return at::conv2d(x, c.weight, c.bias, 1, 1); };
    } else if (name == "pool2") {
        result.input = activations(64, 16).requires_grad_();
        result.forward = [bn = cnn.bn2](
                             const at::Tensor& x) { return fusedReluBatchNormPool(x, bn); };
    } else {
        result.input = torch::randn({batchSize, 4096}).requires_grad_();
        result.forward = [cnn](const at::Tensor& x) mutable { return head(cnn, x); };
    }
    return result;
}

void forward(benchmark::State& state, const std::string& name)
{
    const auto layer = part(name);
    for (auto _ : state)
        benchmark::DoNotOptimize(layer.forward(layer.input));
}

void backward(benchmark::State& state, const std::string& name)
{
    const auto layer = part(name);
    const auto gradient = torch::randn_like(layer.forward(layer.input).detach());
    for (auto _ : state) {
        const auto y = layer.forward(layer.input);
        layer.input.mutable_grad() = at::Tensor();
        for (auto& parameter : layer.cnn.parameters())
            parameter.mutable_grad() = at::Tensor();
        const auto start = std::chrono::steady_clock::now();
        y.backward(gradient);
        state.SetIterationTime(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
}

void batches(benchmark::State& state)
{
    useThreads(0);
    const auto split = wholeSplit(syntheticImages(4096));
    const auto order = randomOrder(4096, 1, RandomUse::Shuffle);
    const auto normalisation = normalisationOf(NormalisationKind::Scale, split);
    while (state.KeepRunningBatch(4096 / batchSize)) {
        BatchSource source(split, normalisation, batchSize, order);
        for (int i = 0; i < source.batches(); ++i)
            benchmark::DoNotOptimize(source.next());
    }
}

void adam(benchmark::State& state)
{
    auto cnn = trainable();
    for (auto& parameter : cnn.parameters())
        parameter.mutable_grad() = torch::randn_like(parameter);
    torch::optim::Adam optimizer(cnn.parameters(), torch::optim::AdamOptions(1e-3).eps(1e-7));
    for (auto _ : state)
        optimizer.step();
}

const bool registered = [] {
    using benchmark::RegisterBenchmark;
    const auto ms = [](benchmark::internal::Benchmark* b) {
        return b->Unit(benchmark::kMillisecond);
    };
    ms(RegisterBenchmark("batch", batches))->UseRealTime();
    for (const auto* name : {"conv1", "pool1", "conv2", "pool2", "head"}) {
        const std::string text = name;
        ms(RegisterBenchmark((text + "/forward").c_str(), forward, text))->UseRealTime();
        ms(RegisterBenchmark((text + "/backward").c_str(), backward, text))->UseManualTime();
    }
    ms(RegisterBenchmark("adam", adam))->UseRealTime();
    return true;
}();

} // namespace

BENCHMARK_MAIN();
