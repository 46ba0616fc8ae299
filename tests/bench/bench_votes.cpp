// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a table of votes: 10,000 images × 32 copies × 10 classes, every vote distinct. The bars
// are 20 ms for a merge by any rule and 100 ms for the whole copies curve.
#include "core/evaluate/copies_curve.h"
#include "core/model/classifier.h"
#include "core/support/random.h"
#include "core/tta/uncertainty.h"

#include <benchmark/benchmark.h>

#include <numeric>

using namespace augury;

namespace {

constexpr int copies = 32;

const VoteTable& table()
{
    static const VoteTable made = [] {
        constexpr std::size_t images = 10'000;
        VoteTable t;
        t.classes = 10;
        t.copies = copies;
        t.rows.resize(images * (copies + 1));
        std::iota(t.rows.begin(), t.rows.end(), 0U);
        t.logits.resize(t.rows.size() * 10);
        for (std::size_t i = 0; i < t.logits.size(); i += 2) {
            const auto words = randomWords(1, RandomUse::Bootstrap, static_cast<std::uint32_t>(i));
            t.logits[i] = static_cast<float>(8 * toUniform(words[0]));
            t.logits[i + 1] = static_cast<float>(8 * toUniform(words[1]));
        }
        t.probabilities = t.logits;
        softmaxRows(t.probabilities, t.classes);
        for (std::size_t i = 0; i < images; ++i) {
            t.labels.push_back(static_cast<std::int32_t>(i % 10));
            t.images.push_back(static_cast<std::uint32_t>(i));
        }
        return t;
    }();
    return made;
}

VoteOptions optionsOf(VoteRule rule)
{
    VoteOptions options{rule};
    options.temperature = 0.7; // no square to take a short cut by
    options.gamma = 1.5;
    if (rule == VoteRule::Learned)
        options.weights.assign(copies, 1.0 / copies);
    if (rule == VoteRule::LearnedPerClass)
        options.weights.assign(copies * 10, 1.0 / copies);
    return options;
}

void merge(benchmark::State& state, VoteRule rule)
{
    const auto options = optionsOf(rule);
    for (auto _ : state)
        benchmark::DoNotOptimize(mergeVotes(table(), copies, options));
}

void curve(benchmark::State& state, VoteRule rule)
{
    const auto options = optionsOf(rule);
    for (auto _ : state)
        benchmark::DoNotOptimize(copiesCurve(table(), options));
}

void uncertainty(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(uncertainties(table(), copies));
}

} // namespace

int main(int argc, char** argv)
{
    for (const auto rule : allVoteRules()) {
        const std::string name = toString(rule);
        benchmark::RegisterBenchmark(("merge/" + name).c_str(), merge, rule)
            ->Unit(benchmark::kMillisecond)
            ->UseRealTime();
        benchmark::RegisterBenchmark(("curve/" + name).c_str(), curve, rule)
            ->Unit(benchmark::kMillisecond)
            ->UseRealTime();
    }
    benchmark::RegisterBenchmark("uncertainty", uncertainty)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    benchmark::RunSpecifiedBenchmarks();
}
