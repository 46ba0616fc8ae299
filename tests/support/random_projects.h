// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/project.h"

#include <random>
#include <string>

namespace augury::testing {

/// Random values, none of which is the field's default.
class Dice {
public:
    explicit Dice(unsigned seed)
        : m_engine(seed)
    {
    }
    int whole(int low, int high) { return std::uniform_int_distribution(low, high)(m_engine); }
    double real(double low, double high)
    {
        return std::uniform_real_distribution(low, high)(m_engine);
    }
    Range range(double low, double high)
    {
        const double a = real(low, high);
        return {a, real(a, high)};
    }

private:
    std::mt19937 m_engine;
};

inline AugmentPolicy randomPolicy(Dice& dice)
{
    AugmentPolicy policy;
    policy.horizontalFlip = false; // on in the tutorial's, which is the default
    policy.verticalFlip = true;
    policy.rotate90 = true;
    policy.rotationRange = dice.real(0.1, 180);
    policy.widthShiftRange = dice.real(0.01, 1);
    policy.heightShiftRange = dice.real(0.01, 1);
    policy.shearRange = dice.real(0.1, 89);
    policy.zoomRange = dice.range(0.5, 0.9);
    policy.zoomIndependentAxes = true;
    policy.cropFraction = dice.range(0.3, 0.9);
    policy.brightnessRange = dice.range(0.2, 0.9);
    policy.contrastRange = dice.range(1.1, 3);
    policy.channelShiftRange = dice.real(1, 255);
    policy.noiseStd = dice.real(1, 255);
    policy.blurSigma = dice.range(0.1, 5);
    policy.fillMode = FillMode(dice.whole(1, 3));
    policy.fillValue = dice.whole(1, 255);
    return policy;
}

inline ExperimentConfig randomConfig(unsigned seed)
{
    Dice dice(seed);
    ExperimentConfig config;
    config.dataPath = "/data/Müller's \"images\" " + std::to_string(dice.whole(1, 1000));
    config.training.epochs = dice.whole(4, 10'000);
    config.training.batchSize = dice.whole(2, 127);
    config.training.learningRate = dice.real(1e-6, 9e-4);
    config.training.normalisation = NormalisationKind::Standardise;
    config.training.seed = std::uint64_t(dice.whole(2, 1 << 30)) << 22U;
    config.training.device = "cuda:" + std::to_string(dice.whole(0, 7));
    config.training.threads = dice.whole(1, 64);
    config.training.policy = randomPolicy(dice);
    config.training.policy.horizontalFlip = true;
    config.policy = randomPolicy(dice);
    config.copies = dice.whole(8, 1000);
    config.vote.rule = VoteRule(dice.whole(1, 10));
    const bool blended = seed % 2 == 0; // not together
    config.vote.includeOriginal = !blended;
    config.vote.blend = blended ? dice.real(0.01, 1) : 0;
    config.vote.temperature = dice.real(0.6, 20);
    config.vote.gamma = dice.real(1.1, 50);
    config.vote.weights = {dice.real(0, 1), dice.real(2, 9)};
    config.exactEarlyExit = true;
    config.splitSeed = std::uint64_t(dice.whole(2, 1 << 30));
    config.validationFraction = dice.real(0.01, 0.9);
    config.subsetTrain = std::size_t(dice.whole(1, 1 << 30));
    config.subsetTest = std::size_t(dice.whole(1, 1 << 30));
    config.repeats = dice.whole(11, 1000);
    config.parallelFits = dice.whole(1, 1024);
    return config;
}

/// With fixed views, which a random policy can't have.
inline ExperimentConfig configWithViews()
{
    ExperimentConfig config;
    config.policy = {};
    config.policy.views = ViewSets{true, true, true, {1, 0.9}, CropViews::Five, 0.8, {1, 1.1}};
    config.copies = 160;
    config.vote.rule = VoteRule::Learned;
    return config;
}

/// With a list of views, one by one, and the weights of each for three classes.
inline ExperimentConfig configWithViewList()
{
    ExperimentConfig config;
    config.policy = {};
    config.policy.views.emplace().list = {{}, {.horizontalFlip = true},
        {.rotation = -10.1, .zoomX = 1.1, .zoomY = 1.1, .fillMode = FillMode::Reflect}, {}};
    config.copies = 3;
    config.vote.rule = VoteRule::LearnedPerClass;
    config.vote.weights = {0.1, 1.0 / 3, 0, 0.7, 1.0 / 3, 0, 0.2, 1.0 / 3, 1};
    return config;
}

} // namespace augury::testing
