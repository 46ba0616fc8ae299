// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/presets.h"
#include "core/tune/tune.h"
#include "ui/charts/tune_data.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

/// Made-up searches, the same at every call.
namespace tune_charts_data {

/// A number in [−1, 1) that looks random.
inline double noise(int i)
{
    const double x = std::sin(12.9898 * i + 4.1) * 43758.5453;
    return 2 * (x - std::floor(x)) - 1;
}

/// As if these counts had come of it; `right` says so for the images, in their order.
inline void fill(augury::Trial& trial, std::int64_t images, std::int64_t baseline,
    std::int64_t fixed, std::int64_t broken, double cost,
    augury::Trial::State state = augury::Trial::State::Finished)
{
    trial.state = state;
    auto& c = trial.comparison;
    c.images = images;
    c.baselineCorrect = baseline;
    c.ttaCorrect = baseline + fixed - broken;
    c.fixed = fixed;
    c.broken = broken;
    c.forwardPasses = static_cast<std::int64_t>(std::llround(cost * double(images)));
    c.variants = c.forwardPasses - images;
    trial.nll = {0.9 * double(images) - 2.0 * double(fixed - broken), 1.4 * double(images)};
    trial.baselineNll = {0.94 * double(images), 1.5 * double(images)};
    trial.right.assign(static_cast<std::size_t>((images + 63) / 64), 0);
    // The last `broken` of those that the baseline has right are lost, the first `fixed` of the
    // others won.
    for (std::int64_t i = 0; i < images; ++i)
        if (i < baseline - broken || (i >= baseline && i < baseline + fixed))
            trial.right[static_cast<std::size_t>(i / 64)] |= std::uint64_t(1) << (i % 64);
    trial.seconds = cost * double(images) * 0.0004;
}

inline std::vector<augury::AugmentPolicy> policies(int count)
{
    std::vector<augury::AugmentPolicy> result;
    for (const char* name : {"tutorial", "gentle", "keras_full"})
        result.push_back(augury::findPreset(name)->policy);
    for (int i = 0; i < 20; ++i) {
        augury::AugmentPolicy policy;
        policy.horizontalFlip = i % 2 == 0;
        policy.rotationRange = 5 + 5 * i;
        policy.widthShiftRange = policy.heightShiftRange = 0.02 * (i + 1);
        policy.zoomRange = {0.9 - 0.01 * i, 1.1};
        policy.brightnessRange = {0.8, 1.2};
        result.push_back(policy);
    }
    result.resize(static_cast<std::size_t>(count));
    return result;
}

inline augury::TuneSpec copiesSpec(int policyCount, int copies = 20)
{
    augury::TuneSpec spec = augury::defaultSpec(augury::TuneMethod::Copies);
    spec.policies = policies(policyCount);
    spec.copies = copies;
    return spec;
}

inline std::vector<augury::Trial> copiesTrials(
    const augury::TuneSpec& spec, std::int64_t images = 5000)
{
    auto trials = augury::plannedTrials(spec);
    for (augury::Trial& trial : trials) {
        const int n = trial.configuration.copies;
        const int policy = trial.place[0];
        const double gain = (0.022 - 0.004 * policy) * (1 - 1.6 / (n + 0.5))
            + 0.0008 * noise(31 * policy + n) - 0.004 / n;
        const auto broken = static_cast<std::int64_t>(double(images) * (0.012 + 0.008 / n));
        const auto net = static_cast<std::int64_t>(std::lround(gain * double(images)));
        fill(trial, images, static_cast<std::int64_t>(0.686 * double(images)),
            std::max<std::int64_t>(0, broken + net), broken, 1.0 + n);
    }
    return trials;
}

/// 5 policies × 10 strengths × copies × rules × original: `halved`: most are dropped early.
inline augury::TuneSpec sweepSpec()
{
    augury::TuneSpec spec = augury::defaultSpec(augury::TuneMethod::Sweep);
    spec.policies = policies(5);
    spec.fields = {{"rotation_range", {0, 2, 5, 8, 10, 12, 15, 20, 30, 45}}};
    spec.copyCounts = {1, 2, 4, 7, 20};
    spec.rules = {augury::VoteRule::Mean, augury::VoteRule::GeometricMean,
        augury::VoteRule::Majority, augury::VoteRule::ConfidenceWeighted};
    spec.originals = {{false, 0}, {false, 0.25}};
    return spec;
}

inline std::vector<augury::Trial> sweepTrials(
    const augury::TuneSpec& spec, bool halved, std::int64_t images = 2000)
{
    auto trials = augury::plannedTrials(spec);
    for (augury::Trial& trial : trials) {
        const int n = trial.configuration.copies;
        const double rotation = trial.configuration.policy.rotationRange;
        const double gain = 0.02 * (1 - 1.4 / (n + 0.5)) - 0.00002 * rotation * rotation
            - 0.003 * trial.place[0] + 0.004 * noise(7 * trial.index) - 0.002;
        const bool dropped = halved && gain < 0.009;
        const std::int64_t seen = dropped ? images / 4 : images;
        const auto broken = static_cast<std::int64_t>(double(seen) * (0.016 + 0.0004 * rotation));
        const auto net =
            std::max(-broken, static_cast<std::int64_t>(std::lround(gain * double(seen))));
        fill(trial, seen, static_cast<std::int64_t>(0.686 * double(seen)), broken + net, broken,
            1.0 + n, dropped ? augury::Trial::State::Dropped : augury::Trial::State::Finished);
    }
    return trials;
}

inline augury::TuneSpec sensitivitySpec()
{
    return augury::defaultSpec(augury::TuneMethod::Sensitivity);
}

inline std::vector<augury::Trial> sensitivityTrials(const augury::TuneSpec& spec)
{
    auto trials = augury::plannedTrials(spec);
    for (augury::Trial& trial : trials) {
        const double x = spec.swept.strengths[static_cast<std::size_t>(trial.place[0])];
        const double gain = 0.012 * std::exp(-(x - 8) * (x - 8) / 120) - 0.0006 * x;
        const auto broken = static_cast<std::int64_t>(40 + 6 * x);
        const auto net = static_cast<std::int64_t>(std::lround(gain * 4000));
        fill(trial, 4000, 2744, std::max<std::int64_t>(0, broken + net), broken, x > 0 ? 8 : 1);
    }
    return trials;
}

inline augury::Trial learned(int views, int classes, bool original)
{
    augury::Trial trial;
    trial.index = 2;
    trial.configuration.policy = augury::findPreset("ten_crop")->policy;
    trial.configuration.copies = views;
    auto& vote = trial.configuration.vote;
    vote.rule = classes > 0 ? augury::VoteRule::LearnedPerClass : augury::VoteRule::Learned;
    vote.includeOriginal = original;
    const int all = views + (original ? 1 : 0);
    for (int a = 0; a < all; ++a)
        for (int k = 0; k < std::max(classes, 1); ++k)
            vote.weights.push_back(
                std::max(0.0, 0.11 + 0.1 * noise(17 * a + 5 * k) + (a == 0 ? 0.2 : 0.0)));
    fill(trial, 2000, 1400, 60, 30, all);
    return trial;
}

inline std::vector<std::string> classNames()
{
    return {
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
}

/// A picture that turns by `degrees`.
inline QImage picture(double degrees, int side = 32)
{
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(QColor(120, 160, 200));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    painter.rotate(degrees);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(180, 60, 40));
    painter.drawRect(QRectF(-side * 0.35, -side * 0.12, side * 0.7, side * 0.24));
    painter.setBrush(QColor(40, 40, 40));
    painter.drawEllipse(QPointF(-side * 0.2, side * 0.14), side * 0.09, side * 0.09);
    painter.drawEllipse(QPointF(side * 0.2, side * 0.14), side * 0.09, side * 0.09);
    return image;
}

inline std::vector<augury::Confirmation> confirmations(int count)
{
    std::vector<augury::Confirmation> result;
    const auto all = policies(8);
    for (int i = 0; i < count; ++i) {
        augury::Confirmation one;
        one.configuration.policy = all[static_cast<std::size_t>(i % 8)];
        one.configuration.copies = 5 + i;
        augury::Trial trial;
        const auto broken = 60 + 20 * i;
        fill(trial, 10000, 6860, broken + 121 - 40 * i, broken, 6.0 + i);
        one.test = trial.comparison;
        if (i != 1) { // the tutorial's was not chosen by a search
            fill(trial, 2000, 1372, 70 + 3 * i, 28, 6.0 + i);
            one.search = trial.comparison;
        }
        one.tried = 120;
        result.push_back(one);
    }
    return result;
}

} // namespace tune_charts_data
