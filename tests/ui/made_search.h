// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/tune.h"
#include "ui/session/tuner.h"
#include "ui/views/tune/tune_shown.h"

#include <algorithm>
#include <cmath>
#include <random>

/// Searches as they might have come out, made up: no network is asked.
namespace augury::made_search {

struct Options {
    TuneMethod method = TuneMethod::Copies;
    std::int64_t images = 2000;
    double gain = 0.08; ///< share of the wrong images that a good configuration fixes
    double harm = 0.01; ///< share of the right ones that it breaks
    double done = 1; ///< share of the trials that are through
    bool running = false;
    bool stopped = false;
    std::int64_t id = 7;
    std::string data = "CIFAR-10";
    std::optional<TuneSpec> spec = {};
};

inline void setRight(Trial& trial, std::size_t image)
{
    trial.right[image / 64] |= std::uint64_t(1) << (image % 64);
}

/// As if `quality` (0…1) of the gain were there; images by images, the same ones for all trials.
inline void fill(Trial& trial, const Options& options, double quality, std::int64_t images)
{
    std::mt19937 engine(1);
    std::uniform_real_distribution<double> uniform(0, 1);
    trial.right.assign(static_cast<std::size_t>((images + 63) / 64), 0);
    auto& figures = trial.comparison;
    figures = {};
    figures.images = images;
    for (std::int64_t i = 0; i < images; ++i) {
        const bool before = uniform(engine) < 0.7;
        const double luck = uniform(engine);
        const bool after =
            before ? luck >= options.harm * (1.5 - quality) : luck < options.gain * quality;
        figures.baselineCorrect += before;
        figures.ttaCorrect += after;
        figures.fixed += !before && after;
        figures.broken += before && !after;
        if (after)
            setRight(trial, static_cast<std::size_t>(i));
    }
    const auto copies = trial.configuration.copies;
    const auto n = static_cast<double>(images);
    figures.forwardPasses = images * (1 + copies);
    figures.variants = images * copies;
    trial.nll = {n * (1.02 - 0.1 * quality), n * (1.3 - 0.1 * quality)};
    trial.baselineNll = {n * 1.05, n * 1.4};
    trial.seconds = 0.4 * (1 + copies);
    trial.state = Trial::State::Finished;
}

inline double qualityOf(const Trial& trial)
{
    const double copies = 1 - std::exp(-trial.configuration.copies / 4.0);
    double quality = copies;
    for (const int place : trial.place)
        quality *= 1 - 0.04 * (place % 7);
    const auto& policy = trial.configuration.policy;
    return std::max(0.0, quality - policy.rotationRange / 60);
}

/// Views of a list, as a greedy search would take them.
inline std::vector<Transform> someViews(int count)
{
    std::vector<Transform> views;
    for (int i = 0; i < count; ++i) {
        Transform view;
        view.horizontalFlip = i % 2 == 1;
        if (i % 5 == 2)
            view.rotation = 5;
        if (i % 5 == 3) {
            view.cropFraction = 0.875;
            view.cropX = view.cropY = 0;
        }
        if (i % 5 == 4)
            view.shiftX = 2.0 / 32;
        views.push_back(view);
    }
    return views;
}

inline TuneRun run(const Options& options)
{
    TuneRun made;
    made.spec = options.spec.value_or(defaultSpec(options.method));
    made.dataName = options.data;
    made.classNames = {
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
    made.searchImages = static_cast<std::size_t>(options.images);
    made.validationImages = 5000;
    made.testImages = 10000;
    made.running = options.running;
    made.id = options.id;
    auto trials = plannedTrials(made.spec);
    const auto through =
        static_cast<std::size_t>(std::lround(options.done * static_cast<double>(trials.size())));
    for (std::size_t i = 0; i < through; ++i) {
        auto& trial = trials[i];
        auto& configuration = trial.configuration;
        if (options.method == TuneMethod::Greedy) {
            const int step = static_cast<int>(i) + 1;
            configuration.policy.views.emplace();
            configuration.policy.views->list = someViews(step);
            configuration.copies = step;
            trial.logLikelihood = -0.9 + 0.08 * (1 - std::exp(-step / 5.0));
            trial.temperature = 0.9;
        }
        fill(trial, options, qualityOf(trial), options.images);
        if (options.method == TuneMethod::Sweep && made.spec.halving && i % 3 == 1) {
            fill(trial, options, 0.3 * qualityOf(trial), options.images / 4);
            trial.state = Trial::State::Dropped;
        }
        if (options.method == TuneMethod::Weights) {
            auto& vote = configuration.vote;
            const auto views =
                static_cast<std::size_t>(configuration.copies) + (vote.includeOriginal ? 1 : 0);
            const bool perClass = vote.rule == VoteRule::LearnedPerClass;
            if (isLearned(vote.rule)) {
                const std::size_t size = perClass ? views * made.classNames.size() : views;
                for (std::size_t w = 0; w < size; ++w)
                    vote.weights.push_back(w % 3 == 0 ? 0 : 1.0 / static_cast<double>(w + 1));
            }
            trial.heldOutNll = !isLearned(vote.rule) ? 0.9312 : perClass ? 0.9350 : 0.9288;
            trial.preferred = !isLearned(vote.rule);
        }
        made.outcome.trials.push_back(trial);
    }
    made.outcome.tried = options.method == TuneMethod::Greedy
        ? configurationsOf(made.spec) * static_cast<std::int64_t>(through)
            / static_cast<std::int64_t>(std::max<std::size_t>(1, trials.size()))
        : static_cast<std::int64_t>(through);
    made.outcome.passes = mostPassesOf(made.spec, made.searchImages) / 2;
    made.outcome.seconds = 42;
    made.outcome.stopped = options.stopped || options.running;
    return made;
}

inline TuneShown shown(const Options& options)
{
    return shownOf(run(options), -1);
}

/// Small pictures with an arrow in them, so that flips and turns are seen.
inline Split pictures(std::size_t count)
{
    auto images = std::make_shared<ImageSet>();
    images->shape = {3, 32, 32};
    Split split;
    for (std::size_t n = 0; n < count; ++n) {
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 32; ++x) {
                const bool shaft = std::abs(y - 20) < 3 && x > 5 && x < 22;
                const bool head = x >= 20 && x < 29 && std::abs(y - 20) <= 29 - x;
                const bool on = shaft || head;
                images->pixels.push_back(static_cast<std::uint8_t>(on ? 230 : 40 + 3 * y));
                images->pixels.push_back(static_cast<std::uint8_t>(on ? 200 - 40 * (n % 4) : 90));
                images->pixels.push_back(static_cast<std::uint8_t>(on ? 60 : 150 - 2 * x));
            }
        }
        images->labels.push_back(static_cast<std::int32_t>(n % 10));
        split.indices.push_back(static_cast<std::uint32_t>(n));
    }
    split.images = images;
    return split;
}

/// A configuration on the test images, as it was on validation and as it came out.
inline Tuner::Confirmed confirmed(
    const Configuration& configuration, double gain, bool searched, const char* text)
{
    Options options;
    options.gain = gain;
    options.harm = 0.008;
    Trial trial;
    trial.configuration = configuration;
    fill(trial, options, 1, 10000);
    Tuner::Confirmed made;
    auto& confirmation = made.kept.confirmation;
    made.kept.date = "2026-11-22T09:30:00Z";
    confirmation.configuration = configuration;
    confirmation.test = trial.comparison;
    confirmation.nll = trial.nll;
    confirmation.baselineNll = trial.baselineNll;
    confirmation.tried = searched ? 240 : 0;
    if (searched) {
        options.gain += 0.03;
        fill(trial, options, 1, 2000);
        confirmation.search = trial.comparison;
    }
    made.adjustedP = std::min(1.0, 2 * confirmation.test.mcnemarP());
    made.text = QString::fromUtf8(text);
    return made;
}

} // namespace augury::made_search
