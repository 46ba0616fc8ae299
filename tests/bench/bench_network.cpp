// SPDX-License-Identifier: GPL-3.0-or-later
// Training and prediction against a plain LibTorch loop: the same layers as torch::nn modules,
// NCHW, the default allocator and BLAS threads. Read the ratios of items_per_second within one run.
#include <torch/torch.h>

#include "core/model/classifier.h"
#include "core/model/folded_cnn.h"
#include "core/model/pixel_input.h"
#include "tests/bench/plain_runtime.h"
#include "tests/bench/synthetic.h"

#include <benchmark/benchmark.h>

using namespace augury;
using namespace augury::bench;

namespace {

constexpr std::int64_t imageCount = 4096;

const std::shared_ptr<ImageSet>& images()
{
    static const auto set = syntheticImages(imageCount);
    return set;
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
        begin = (begin + batchSize) % imageCount;
    }
    state.SetItemsProcessed(state.iterations() * batchSize);
}

void trainWith(benchmark::State& state, const AugmentPolicy& policy)
{
    TrainSettings settings;
    settings.epochs = 1;
    settings.policy = policy;
    const auto split = wholeSplit(images());
    const auto names = augury::testing::classNames(classes);
    for (auto _ : state)
        benchmark::DoNotOptimize(train(split, {}, names, settings));
    state.SetItemsProcessed(state.iterations() * imageCount);
}

void trainOurs(benchmark::State& state)
{
    trainWith(state, {});
}

void trainAugmented(benchmark::State& state)
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.widthShiftRange = 0.1;
    policy.heightShiftRange = 0.1;
    policy.zoomRange = {0.9, 1.1};
    trainWith(state, policy);
}

void predictPlain(benchmark::State& state)
{
    const PlainRuntime plain;
    const c10::InferenceMode inference;
    constexpr std::int64_t batch = 1024;
    auto network = plainNetwork();
    network->eval();
    for (auto _ : state) {
        for (std::int64_t begin = 0; begin < imageCount; begin += batch) {
            const auto p = torch::softmax(network->forward(plainInput(*images(), begin, batch)), 1);
            benchmark::DoNotOptimize(p.data_ptr<float>());
        }
    }
    state.SetItemsProcessed(state.iterations() * imageCount);
}

void predictOurs(benchmark::State& state)
{
    const auto classifier = makeClassifier(syntheticModel());
    std::vector<float> probabilities(imageCount * classes);
    for (auto _ : state) {
        classifier->predict(images()->pixels, probabilities);
        softmaxRows(probabilities, classes);
        benchmark::DoNotOptimize(probabilities.data());
    }
    state.SetItemsProcessed(state.iterations() * imageCount);
}

/// The folded network alone, on floats that lie ready in the chunks that predictOurs makes.
void networkAlone(benchmark::State& state)
{
    const auto checkpoint = syntheticModel();
    useThreads(0);
    const c10::InferenceMode inference;
    const FoldedCnn network(Cnn::fromCheckpoint(checkpoint));
    const PixelInput input(checkpoint.normalisation);
    const auto chunk = FoldedCnn::chunkOf(imageCount, at::get_num_threads(), cifar);
    std::vector<torch::Tensor> chunks;
    for (std::int64_t begin = 0; begin < imageCount; begin += chunk) {
        const auto n = std::min(chunk, imageCount - begin);
        const auto x = torch::empty({n, cifar.height, cifar.width, cifar.channels});
        const auto size = static_cast<std::size_t>(x.numel());
        const auto from = static_cast<std::size_t>(begin) * cifar.size();
        input.convert(std::span(images()->pixels).subspan(from, size), {x.data_ptr<float>(), size});
        chunks.push_back(x.permute({0, 3, 1, 2}));
    }
    for (auto _ : state) {
        at::parallel_for(0, static_cast<std::int64_t>(chunks.size()), 1,
            [&](std::int64_t from, std::int64_t to) {
                const c10::InferenceMode inChunk;
                for (auto i = from; i < to; ++i) {
                    const auto logits = network(chunks[static_cast<std::size_t>(i)]);
                    benchmark::DoNotOptimize(logits.data_ptr<float>());
                }
            });
    }
    state.SetItemsProcessed(state.iterations() * imageCount);
}

} // namespace

BENCHMARK(trainPlain)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(trainOurs)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(trainAugmented)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(predictPlain)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(predictOurs)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(networkAlone)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_MAIN();
