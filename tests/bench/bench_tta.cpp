// SPDX-License-Identifier: GPL-3.0-or-later
// What test-time augmentation costs against one plain pass over the same images. Read the ratios of
// real_time within one run: sevenFlips / baselinePass, affine's counter "augmentation".
//
// How much an early exit spares depends on how sure the model is. Without more, that is a network
// on synthetic images of which a third are labelled at random; with a data set and a model of
// `augury-cli train` in the environment, it is theirs:
//     AUGURY_BENCH_DATA=DIR AUGURY_BENCH_MODEL=FILE bench_tta
#include "core/data/open_dataset.h"
#include "core/model/classifier.h"
#include "core/support/random.h"
#include "core/tta/early_exit.h"
#include "core/tta/predictor.h"
#include "tests/bench/synthetic.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>

using namespace augury;
using namespace augury::bench;

namespace {

constexpr std::uint64_t seed = 1;

struct Subject {
    Split flips; ///< 10,000 images, or as many as there are
    Split affine; ///< 2,000 of them
    std::unique_ptr<Classifier> classifier;
};

/// Every third image gets some other label, so that the network cannot be sure.
std::shared_ptr<ImageSet> doubtfulImages(std::size_t n)
{
    auto set = std::make_shared<ImageSet>(*syntheticImages(n));
    for (std::uint32_t i = 0; i < n; i += 3)
        set->labels[i] =
            static_cast<std::int32_t>(randomWords(seed, RandomUse::Subset, i)[0] % classes);
    return set;
}

Subject makeSubject()
{
    Subject subject;
    std::shared_ptr<const ImageSet> images;
    const char* data = std::getenv("AUGURY_BENCH_DATA"); // NOLINT(concurrency-mt-unsafe)
    const char* model = std::getenv("AUGURY_BENCH_MODEL"); // NOLINT(concurrency-mt-unsafe)
    if (data != nullptr && model != nullptr) {
        images = openDataset(data).test;
        subject.classifier = makeClassifier(loadCheckpoint(model));
    } else {
        images = doubtfulImages(10'000);
        TrainSettings settings;
        settings.epochs = 1;
        const auto trained = train(subset(wholeSplit(images), 4096, 1), {},
            augury::testing::classNames(classes), settings);
        subject.classifier = makeClassifier(trained.checkpoint);
    }
    subject.flips = subset(wholeSplit(images), 10'000, seed);
    subject.affine = subset(wholeSplit(images), 2'000, seed);
    return subject;
}

Subject& subject()
{
    static auto made = makeSubject();
    return made;
}

PredictOptions sevenFlipsOptions()
{
    return {tutorialPolicy(), 7, seed, 0};
}

PredictOptions affineOptions()
{
    PredictOptions options;
    options.policy.horizontalFlip = true;
    options.policy.rotationRange = 15;
    options.policy.widthShiftRange = options.policy.heightShiftRange = 0.1;
    options.policy.shearRange = 10;
    options.policy.zoomRange = {0.9, 1.1};
    options.copies = 8;
    options.seed = seed;
    return options;
}

void baselinePass(benchmark::State& state)
{
    auto& [split, few, classifier] = subject();
    for (auto _ : state)
        benchmark::DoNotOptimize(predictVotes(*classifier, split, {{}, 0, seed, 0}));
    state.SetItemsProcessed(state.iterations() * std::int64_t(split.size()));
}

void sevenFlips(benchmark::State& state)
{
    auto& [split, few, classifier] = subject();
    for (auto _ : state)
        benchmark::DoNotOptimize(
            mergeVotes(predictVotes(*classifier, split, sevenFlipsOptions()), 7, {}));
    state.SetItemsProcessed(state.iterations() * std::int64_t(split.size()));
}

void earlyExit(benchmark::State& state, bool baseline)
{
    auto& [split, few, classifier] = subject();
    Decisions decisions;
    for (auto _ : state)
        decisions = predictDecisions(*classifier, split, sevenFlipsOptions(), {}, baseline);
    state.SetItemsProcessed(state.iterations() * std::int64_t(split.size()));
    state.counters["passes_an_image"] =
        static_cast<double>(decisions.forwardPasses) / static_cast<double>(split.size());
}

/// The decisions of the vote alone: its accuracy.
void sevenFlipsEarlyExit(benchmark::State& state)
{
    earlyExit(state, false);
}

/// And the baseline's, which takes a look at every original: the ledger.
void sevenFlipsEarlyExitLedger(benchmark::State& state)
{
    earlyExit(state, true);
}

/// Counter "augmentation": the share of the time that drawing and rendering take.
void eightAffine(benchmark::State& state)
{
    auto& [all, split, classifier] = subject();
    const auto options = affineOptions();
    double drawing = 0;
    double total = 0;
    std::vector<std::uint8_t> pixels(split.images->shape.size() * split.size());
    const auto now = [] { return std::chrono::steady_clock::now(); };
    const auto seconds = [](auto duration) {
        return std::chrono::duration<double>(duration).count();
    };
    for (auto _ : state) {
        const auto start = now();
        benchmark::DoNotOptimize(predictVotes(*classifier, split, options));
        total += seconds(now() - start);

        state.PauseTiming();
        const auto drawn = now();
        for (std::uint32_t copy = 1; copy <= 8; ++copy) {
#pragma omp parallel for schedule(dynamic, 8)
            for (std::size_t i = 0; i < split.size(); ++i)
                render(split.image(i), draw(options.policy, seed, split.indices[i], copy),
                    std::span(pixels).subspan(
                        i * split.images->shape.size(), split.images->shape.size()));
        }
        drawing += seconds(now() - drawn);
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * 9 * std::int64_t(split.size()));
    state.counters["augmentation"] = drawing / total;
}

} // namespace

BENCHMARK(baselinePass)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(sevenFlips)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(sevenFlipsEarlyExit)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(sevenFlipsEarlyExitLedger)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(eightAffine)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_MAIN();
