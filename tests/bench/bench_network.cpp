// SPDX-License-Identifier: GPL-3.0-or-later
// Training and prediction against a plain LibTorch loop: the same layers as torch::nn modules,
// NCHW, the default allocator and BLAS threads. Read the ratios of items_per_second within one run.
#include <torch/torch.h>

#include "core/data/splits.h"
#include "core/model/architecture.h"
#include "core/model/classifier.h"
#include "core/model/pool_allocator.h"
#include "core/model/runtime.h"
#include "core/train/trainer.h"
#include "tests/support/synthetic_images.h"

#include <benchmark/benchmark.h>
#include <c10/core/CPUAllocator.h>

#include <dlfcn.h>

using namespace augury;
using namespace augury::testing;

namespace {

const Shape cifar{3, 32, 32};
constexpr int classes = 10;
constexpr int batchSize = 128;

/// LibTorch as it comes, for as long as it lives.
class PlainRuntime {
public:
    PlainRuntime()
    {
        useThreads(0);
        setBlasThreads(availableThreads());
        m_ours = c10::GetCPUAllocator();
        c10::SetCPUAllocator(c10::GetDefaultCPUAllocator(), 200);
    }
    ~PlainRuntime()
    {
        c10::SetCPUAllocator(m_ours, 200);
        setBlasThreads(1);
    }
    PlainRuntime(const PlainRuntime&) = delete;
    PlainRuntime& operator=(const PlainRuntime&) = delete;

private:
    static void setBlasThreads(int n)
    {
        if (auto* symbol = ::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
            reinterpret_cast<void (*)(int)>(symbol)(n);
    }
    c10::Allocator* m_ours = nullptr;
};

torch::nn::Sequential plainNetwork()
{
    using namespace torch::nn;
    return Sequential(Conv2d(Conv2dOptions(3, 32, 3).padding(1)), ReLU(), BatchNorm2d(32),
        MaxPool2d(2), Conv2d(Conv2dOptions(32, 64, 3).padding(1)), ReLU(), BatchNorm2d(64),
        MaxPool2d(2), Flatten(), Linear(4096, 128), ReLU(), BatchNorm1d(128), Linear(128, 10));
}

torch::Tensor plainInput(const ImageSet& set, std::int64_t begin, std::int64_t n)
{
    const auto size = static_cast<std::int64_t>(set.shape.size());
    auto* pixels = const_cast<std::uint8_t*>(set.pixels.data()) + begin * size;
    return torch::from_blob(pixels, {n, 32, 32, 3}, torch::kUInt8)
               .permute({0, 3, 1, 2})
               .contiguous()
               .to(torch::kFloat)
        / 255;
}

const std::shared_ptr<ImageSet>& images()
{
    static const auto set = bandImages(4096, cifar, classes, 1);
    return set;
}

Checkpoint checkpoint()
{
    TrainSettings settings;
    settings.epochs = 1;
    return train(subset(wholeSplit(images()), 512, 1), {}, classNames(classes), settings)
        .checkpoint;
}

void trainPlain(benchmark::State& state)
{
    const PlainRuntime plain;
    auto network = plainNetwork();
    torch::optim::Adam adam(network->parameters(), torch::optim::AdamOptions(1e-3).eps(1e-7));
    const auto labels = torch::arange(batchSize) % classes;
    std::int64_t begin = 0;
    for (auto _ : state) {
        const auto x = plainInput(*images(), begin, batchSize);
        adam.zero_grad();
        const auto loss = torch::nn::functional::cross_entropy(network->forward(x), labels);
        loss.backward();
        adam.step();
        benchmark::DoNotOptimize(loss.item<float>());
        begin = (begin + batchSize) % 4096;
    }
    state.SetItemsProcessed(state.iterations() * batchSize);
}

void trainOurs(benchmark::State& state)
{
    TrainSettings settings;
    settings.epochs = 1;
    const auto split = wholeSplit(images());
    for (auto _ : state)
        benchmark::DoNotOptimize(train(split, {}, classNames(classes), settings));
    state.SetItemsProcessed(state.iterations() * std::int64_t(split.size()));
}

void predictPlain(benchmark::State& state)
{
    const PlainRuntime plain;
    const c10::InferenceMode inference;
    constexpr std::int64_t batch = 1024;
    auto network = plainNetwork();
    network->eval();
    for (auto _ : state) {
        for (std::int64_t begin = 0; begin < 4096; begin += batch) {
            const auto p = torch::softmax(network->forward(plainInput(*images(), begin, batch)), 1);
            benchmark::DoNotOptimize(p.data_ptr<float>());
        }
    }
    state.SetItemsProcessed(state.iterations() * 4096);
}

void predictOurs(benchmark::State& state)
{
    const auto classifier = makeClassifier(checkpoint());
    std::vector<float> probabilities(4096 * classes);
    for (auto _ : state) {
        classifier->predict(images()->pixels, probabilities);
        softmaxRows(probabilities, classes);
    }
    state.SetItemsProcessed(state.iterations() * 4096);
}

} // namespace

BENCHMARK(trainPlain)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(trainOurs)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(predictPlain)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(predictOurs)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_MAIN();
