// SPDX-License-Identifier: GPL-3.0-or-later
// What a search costs beside the predictions that it cannot do without: a sweep of 6 policies ×
// copies 1…20 × 8 vote rules × with and without the original on 2,000 validation images.
#include "core/model/classifier.h"
#include "core/tta/predictor.h"
#include "core/tune/tune.h"
#include "tests/bench/synthetic.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <set>

using namespace augury;
using namespace augury::bench;

namespace {

constexpr std::size_t validationImages = 2'000;

Classifier& classifier()
{
    static const auto made = makeClassifier(syntheticModel());
    return *made;
}

const Split& validation()
{
    static const auto split = wholeSplit(syntheticImages(validationImages));
    return split;
}

/// Rotations of six strengths on top of flips: no two draw the same.
TuneSpec issueSweep()
{
    TuneSpec spec;
    spec.method = TuneMethod::Sweep;
    for (const double rotation : {2, 5, 10, 15, 20, 30}) {
        auto policy = tutorialPolicy();
        policy.rotationRange = rotation;
        spec.policies.push_back(policy);
    }
    spec.copyCounts.clear();
    for (int n = 1; n <= 20; ++n)
        spec.copyCounts.push_back(n);
    spec.rules = {VoteRule::Mean, VoteRule::GeometricMean, VoteRule::LogitMean, VoteRule::Majority,
        VoteRule::Rank, VoteRule::SharpenedMean, VoteRule::ConfidenceWeighted,
        VoteRule::EntropyWeighted};
    spec.originals = {{}, {true, 0}};
    return spec;
}

/// Counted one by one.
std::int64_t distinctVariants(const TuneSpec& spec)
{
    std::int64_t count = 0;
    for (const auto image : validation().indices) {
        std::set<Transform> distinct = {Transform{}};
        for (const auto& policy : spec.policies) {
            for (std::uint32_t copy = 1; copy <= 20; ++copy)
                distinct.insert(draw(policy, spec.seed, image, copy));
        }
        count += static_cast<std::int64_t>(distinct.size());
    }
    return count;
}

template <typename F> double secondsOf(const F& function)
{
    const auto start = std::chrono::steady_clock::now();
    function();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Counters: "passes", "distinct" and their "ratio"; "over_predicting": the sweep's time by that of
/// predicting these variants alone, in the same run; "again_s": the same sweep once more, all that
/// it costs beside predicting; "second_passes" and "second_s": of another sweep with other rules,
/// copies and blends on the same votes. On a busy machine compare again_s with predicting_s.
void sweep(benchmark::State& state, bool halving)
{
    auto spec = issueSweep();
    spec.halving = halving;
    auto other = spec;
    other.copyCounts = {3, 6, 9, 15};
    other.rules = {VoteRule::HarmonicMean, VoteRule::Max, VoteRule::Min};
    other.originals = {{false, 0.25}, {false, 0.5}};
    const auto distinct = distinctVariants(spec);
    predictVotes(classifier(), validation(), {{}, 0, spec.seed, 0}); // warms up
    double sweeping = 0;
    double predicting = 0;
    for (auto _ : state) {
        VoteCache cache(classifier(), validation());
        TuneOutcome outcome;
        sweeping += secondsOf([&] { outcome = tune(cache, spec); });

        state.PauseTiming();
        state.counters["configurations"] = static_cast<double>(outcome.tried);
        state.counters["passes"] = static_cast<double>(outcome.passes);
        if (!halving) {
            const auto order = searchOrder(validation(), spec);
            VoteCache bare(classifier(), validation());
            predicting += secondsOf([&] {
                for (const auto& policy : spec.policies)
                    benchmark::DoNotOptimize(bare.votes(policy, 20, spec.seed, order));
            });
            TuneOutcome second;
            state.counters["second_s"] = secondsOf([&] { second = tune(cache, other); });
            state.counters["again_s"] = secondsOf([&] { tune(cache, spec); });
            state.counters["predicting_s"] = predicting;
            state.counters["second_passes"] = static_cast<double>(second.passes);
            state.counters["over_predicting"] = sweeping / predicting;
        }
        state.counters["distinct"] = static_cast<double>(distinct);
        state.counters["ratio"] =
            static_cast<double>(outcome.passes) / static_cast<double>(distinct);
        state.ResumeTiming();
    }
}

void sweepOfAll(benchmark::State& state)
{
    sweep(state, false);
}

void sweepHalving(benchmark::State& state)
{
    sweep(state, true);
}

} // namespace

BENCHMARK(sweepOfAll)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
BENCHMARK(sweepHalving)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

BENCHMARK_MAIN();
