// SPDX-License-Identifier: GPL-3.0-or-later
// Greedy policy search after its predictions: 200 candidates × 20 steps × 5,000 images × 10
// classes. The bar is 10 s on two cores.
#include "core/model/classifier.h"
#include "core/support/random.h"
#include "core/tune/greedy_search.h"
#include "core/tune/weights_study.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <numeric>

using namespace augury;

namespace {

/// Every view sees the label more or less clearly, and adds noise of its own to the image's.
VoteTable tableOf(int views, std::size_t images)
{
    VoteTable t;
    t.classes = 10;
    t.copies = views;
    t.rows.resize(images * static_cast<std::size_t>(views + 1));
    std::iota(t.rows.begin(), t.rows.end(), 0U);
    t.logits.reserve(t.rows.size() * 10);
    const auto noise = [](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        double sum = -2;
        for (const auto word : randomWords(1, RandomUse::Bootstrap, a, b, c))
            sum += toUniform(word);
        return 1.7 * sum; // about normal
    };
    for (std::uint32_t i = 0; i < images; ++i) {
        t.images.push_back(i);
        t.labels.push_back(static_cast<std::int32_t>(i % 10));
        for (std::uint32_t v = 0; v <= static_cast<std::uint32_t>(views); ++v) {
            for (std::uint32_t k = 0; k < 10; ++k) {
                const double clear = k == i % 10 ? 3 - 0.01 * v : 0;
                t.logits.push_back(
                    static_cast<float>(clear + 1.5 * noise(i, 1000, k) + noise(i, v, k)));
            }
        }
    }
    t.probabilities = t.logits;
    softmaxRows(t.probabilities, t.classes);
    return t;
}

void greedy(benchmark::State& state)
{
    static const auto table = tableOf(200, 5'000);
    for (auto _ : state)
        benchmark::DoNotOptimize(greedySearch(table, 20));
}

void weights(benchmark::State& state)
{
    static const auto table = tableOf(10, 5'000);
    for (auto _ : state)
        benchmark::DoNotOptimize(studyWeights(table, 10, false, 1));
}

} // namespace

BENCHMARK(greedy)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
BENCHMARK(weights)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);

BENCHMARK_MAIN();
