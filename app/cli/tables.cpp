// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tables.h"

#include "core/experiment/verdict.h"
#include "core/tta/sentence.h"

#include <fmt/format.h>

#include <cmath>

namespace augury::cli {

namespace {

constexpr double percent = 100;

std::string share(const std::optional<double>& fraction)
{
    return fraction ? fmt::format("{:.2f} %", percent * *fraction) : "–";
}

/// "68.60 ± 1.04 %"; one repeat has no deviation.
std::string meanAndStd(const MeanStd& value)
{
    return std::isfinite(value.std)
        ? fmt::format("{:.2f} ± {:.2f} %", percent * value.mean, percent * value.std)
        : fmt::format("{:.2f} %", percent * value.mean);
}

const char* plural(std::size_t n, const char* one, const char* many)
{
    return n == 1 ? one : many;
}

} // namespace

std::string describeData(const Dataset& dataset, const ExperimentSplits& splits)
{
    std::string text = fmt::format("{} ({}), {}, {} classes: ", dataset.name, dataset.format,
        describe(dataset.shape()), dataset.classes());
    if (splits.training.size() > 0)
        text += fmt::format("{} training, ", splits.training.size());
    if (splits.validation.size() > 0)
        text += fmt::format("{} validation, ", splits.validation.size());
    text += fmt::format("{} test images\n", splits.test.size());
    for (const std::string& note : dataset.notes)
        text += fmt::format("  note: {}\n", note);
    return text;
}

std::string describeTraining(const ExperimentConfig& config)
{
    const TrainSettings& training = config.training;
    auto text = fmt::format("Training: {} {}, batch {}, learning rate {}, pixels: {}, seed {}\n",
        training.epochs, plural(static_cast<std::size_t>(training.epochs), "epoch", "epochs"),
        training.batchSize, training.learningRate, toString(training.normalisation), training.seed);
    if (!training.policy.isIdentity())
        text += fmt::format(
            "Training images: augmented afresh each epoch, {}\n", describe(training.policy));
    return text;
}

std::string describeVoting(const ExperimentConfig& config)
{
    auto text = config.policy.views
        ? fmt::format("Copies: the first {} of {}", config.copies, describe(config.policy))
        : fmt::format("Copies: {} an image, {}", config.copies, describe(config.policy));
    text += fmt::format("; vote: {}\n", describeRule(config.vote, config.copies));
    if (config.policy.isIdentity())
        text += "  note: this policy draws nothing, so every copy is the image itself\n";
    return text;
}

std::string repeatHeading()
{
    return fmt::format("{:>6}  {:>10}  {:>9}  {:>9}  {:>7}  {:>6}  {:>6}  {:>9}  {:>8}  {:>8}\n",
        "repeat", "seed", "baseline", "TTA", "lift", "fixed", "broken", "passes", "train s",
        "test s");
}

std::string repeatRow(const RepeatResult& repeat)
{
    const Comparison& c = repeat.comparison;
    return fmt::format("{:>6}  {:>10}  {:>7.2f} %  {:>7.2f} %  {:>+7.2f}  {:>6}  {:>6}  {:>9}  "
                       "{:>8.1f}  {:>8.1f}\n",
        repeat.index + 1, repeat.seed, percent * c.baselineAccuracy(), percent * c.ttaAccuracy(),
        percent * c.lift(), c.fixed, c.broken, c.forwardPasses, repeat.trainSeconds,
        repeat.evaluateSeconds);
}

std::string repeatSummary(std::span<const RepeatResult> repeats)
{
    if (repeats.empty())
        return "No repeat was finished.\n";
    const RepeatSummary summary = summarise(repeats);
    std::string text = fmt::format("\n{} {}, mean{}\n", repeats.size(),
        plural(repeats.size(), "repeat", "repeats"), repeats.size() > 1 ? " ± σ" : "");
    text += fmt::format("  baseline  {}\n", meanAndStd(summary.baseline));
    text += fmt::format("  TTA       {}\n", meanAndStd(summary.tta));
    text += fmt::format("  lift      {:+.2f} points", percent * summary.lift.mean);
    if (repeats.size() > 1)
        text += fmt::format(" (σ {:.2f}), 95 % interval {:+.2f} to {:+.2f}, Wilcoxon p = {:.2g}",
            percent * summary.lift.std, percent * summary.liftCi95.low,
            percent * summary.liftCi95.high, summary.pValue);
    return text + fmt::format("\n{}\n", verdict(repeats));
}

std::string epochHeading()
{
    return fmt::format("{:>5}  {:>10}  {:>10}  {:>10}  {:>10}  {:>8}\n", "epoch", "loss",
        "accuracy", "val. loss", "val. acc.", "seconds");
}

std::string epochRow(int epoch, const EpochMetrics& metrics)
{
    const std::string loss =
        metrics.validationLoss ? fmt::format("{:.4f}", *metrics.validationLoss) : "–";
    return fmt::format("{:>5}  {:>10.4f}  {:>10}  {:>10}  {:>10}  {:>8.1f}\n", epoch,
        metrics.trainLoss, share(metrics.trainAccuracy), loss, share(metrics.validationAccuracy),
        metrics.seconds);
}

} // namespace augury::cli
