// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/presets.h"
#include "core/evaluate/evaluation.h"
#include "core/tune/tune.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <QtTest>

/// What the tests of tuning try configurations on.
namespace augury::testing {

inline const Shape tuneShape{3, 6, 8};
constexpr int tuneClasses = 5;

/// Every second image of a set of noise, backwards, so that places, indices and orders all differ.
/// Two of three are labelled as the network sees the untouched image, so that views matter.
inline Split tuneSplit(std::size_t images, std::uint64_t seed = 7)
{
    auto set = std::make_shared<ImageSet>(*noiseImages(2 * images, tuneShape, tuneClasses, seed));
    FakeClassifier classifier(tuneShape, tuneClasses);
    std::vector<float> logits(set->size() * tuneClasses);
    classifier.predict(set->pixels, logits);
    for (std::size_t i = 0; i < set->size(); ++i) {
        const auto row = std::span(logits).subspan(i * tuneClasses, tuneClasses);
        if (i % 3 != 0)
            set->labels[i] = static_cast<std::int32_t>(std::ranges::max_element(row) - row.begin());
    }
    Split split{set, {}};
    for (std::size_t i = images; i-- > 0;)
        split.indices.push_back(static_cast<std::uint32_t>(2 * i + 1));
    return split;
}

/// The search's images from `first` on, in its order.
inline Split partInOrder(
    const Split& split, const std::vector<std::uint32_t>& order, std::size_t first, std::size_t end)
{
    Split part{split.images, {}};
    for (std::size_t i = first; i < end; ++i)
        part.indices.push_back(split.indices[order[i]]);
    return part;
}

/// What a trial should be: its configuration evaluated alone.
inline EvaluationResult evaluatedAlone(
    const Configuration& configuration, std::uint64_t seed, const Split& images)
{
    FakeClassifier classifier(tuneShape, tuneClasses);
    EvaluationRequest request;
    request.predict.policy = configuration.policy;
    request.predict.copies = configuration.copies;
    request.predict.seed = seed;
    request.vote = configuration.vote;
    request.perImage = true;
    return evaluate(classifier, images, request);
}

inline bool sameCounts(const Comparison& a, const Comparison& b)
{
    return a.images == b.images && a.baselineCorrect == b.baselineCorrect
        && a.ttaCorrect == b.ttaCorrect && a.fixed == b.fixed && a.broken == b.broken
        && a.forwardPasses == b.forwardPasses && a.passesSaved == b.passesSaved
        && a.variants == b.variants;
}

inline void compareWith(const Trial& trial, const EvaluationResult& alone)
{
    QVERIFY(sameCounts(trial.comparison, alone.comparison));
    const auto images = trial.images();
    QVERIFY(std::abs(trial.nll.mean(images) - alone.tta->nll()) < 1e-12);
    QVERIFY(std::abs(trial.baselineNll.mean(images) - alone.baseline->nll()) < 1e-12);
    QCOMPARE(static_cast<std::int64_t>(alone.images.size()), images);
    for (std::size_t i = 0; i < alone.images.size(); ++i) {
        const auto& image = alone.images[i];
        QCOMPARE(trial.isRight(i), image.merged.predicted == image.label);
    }
}

/// To the bit, but for seconds.
inline bool sameTrial(const Trial& a, const Trial& b)
{
    return a.index == b.index && a.place == b.place && a.configuration == b.configuration
        && a.state == b.state && sameCounts(a.comparison, b.comparison) && a.nll.sum == b.nll.sum
        && a.nll.squares == b.nll.squares && a.baselineNll.sum == b.baselineNll.sum
        && a.baselineNll.squares == b.baselineNll.squares && a.right == b.right
        && a.logLikelihood == b.logLikelihood && a.temperature == b.temperature
        && a.heldOutNll == b.heldOutNll && a.preferred == b.preferred;
}

inline AugmentPolicy presetPolicy(const char* name)
{
    return findPreset(name)->policy;
}

inline AugmentPolicy noisyTurns()
{
    AugmentPolicy policy;
    policy.rotationRange = 30;
    policy.noiseStd = 25;
    return policy;
}

} // namespace augury::testing
