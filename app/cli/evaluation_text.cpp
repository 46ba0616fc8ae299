// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluation_text.h"

#include "core/experiment/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace augury::cli {

namespace {

constexpr double percent = 100;
constexpr int mostClasses = 20; ///< whose rows are shown; the JSON document has all

std::string share(double fraction)
{
    return std::isfinite(fraction) ? fmt::format("{:.2f} %", percent * fraction) : std::string("–");
}

std::string points(double fraction)
{
    return std::isfinite(fraction) ? fmt::format("{:+.2f}", percent * fraction) : std::string("–");
}

/// `text` brought to `width` characters; bytes that continue a character do not count.
std::string padded(const std::string& text, std::size_t width)
{
    const auto characters = static_cast<std::size_t>(std::count_if(text.begin(), text.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    return text + std::string(width > characters ? width - characters : 0, ' ');
}

std::string line(const std::string& name, const std::string& baseline, const std::string& tta,
    const std::string& difference = {})
{
    return fmt::format(
        "  {}  {:>10}  {:>10}  {:>8}\n", padded(name, 18), baseline, tta, difference);
}

std::string scores(const EvaluationResult& result)
{
    const auto& c = result.comparison;
    auto text = line("", "baseline", "TTA", "change");
    text += line("accuracy", share(c.baselineAccuracy()), share(c.ttaAccuracy()), points(c.lift()));
    if (!result.baseline || !result.tta)
        return text;
    const Scorecard& before = *result.baseline;
    const Scorecard& after = *result.tta;
    if (before.hasTopFive())
        text +=
            line("top-5 accuracy", share(before.topFiveAccuracy()), share(after.topFiveAccuracy()),
                points(after.topFiveAccuracy() - before.topFiveAccuracy()));
    const auto number = [&](const char* name, double a, double b) {
        text += line(name, fmt::format("{:.4f}", a), fmt::format("{:.4f}", b),
            fmt::format("{:+.4f}", b - a));
    };
    number("NLL", before.nll(), after.nll());
    number("Brier score", before.brier(), after.brier());
    number("ECE, 15 bins", before.ece(), after.ece());
    return text;
}

std::string perClass(const EvaluationResult& result, const std::vector<std::string>& classNames)
{
    if (!result.baseline || result.baseline->classes > mostClasses)
        return {};
    auto text = line("accuracy by class", "", "");
    for (int k = 0; k < result.baseline->classes; ++k) {
        const double before = result.baseline->classAccuracy(k);
        const double after = result.tta->classAccuracy(k);
        text += line("  " + classNames[static_cast<std::size_t>(k)], share(before), share(after),
            points(after - before));
    }
    return text;
}

std::string ledger(const Comparison& c)
{
    std::string text;
    const auto entry = [&](const char* name, const std::string& value) {
        text += fmt::format("  {:<18}  {}\n", name, value);
    };
    entry("images", fmt::format("{}", c.images));
    entry("fixed / broken",
        fmt::format("{} / {}, McNemar p = {:.2g}", c.fixed, c.broken, c.mcnemarP()));
    entry("distinct variants", fmt::format("{:.2f} an image", c.distinctVariants()));
    entry("forward passes", fmt::format("{} ({:.2f}× the baseline)", c.forwardPasses, c.cost()));
    if (c.passesSaved > 0)
        entry("saved by early exit",
            fmt::format("{} passes, {:.1f} % of a full vote's", c.passesSaved,
                percent * static_cast<double>(c.passesSaved)
                    / static_cast<double>(c.passesSaved + c.forwardPasses)));
    return text;
}

std::string curveText(const CopiesCurve& curve)
{
    auto text = fmt::format("\n{:>8}  {:>9}  {:>7}  {:>8}  {:>6}  {:>6}  {:>9}  {:>6}\n", "copies",
        "accuracy", "lift", "NLL", "fixed", "broken", "McNemar p", "cost");
    text += fmt::format("{:>8}  {:>9}  {:>7}  {:>8.4f}  {:>6}  {:>6}  {:>9}  {:>6}\n", "baseline",
        share(curve.baselineAccuracy()), "", curve.baselineNll(), "", "", "", "1.00×");
    for (const auto& point : curve.points)
        text += fmt::format("{:>8}  {:>9}  {:>7}  {:>8.4f}  {:>6}  {:>6}  {:>9.2g}  {:>5.2f}×\n",
            point.copies, share(curve.accuracy(point)),
            points(curve.accuracy(point) - curve.baselineAccuracy()), curve.nll(point), point.fixed,
            point.broken, mcnemarExactP(point.fixed, point.broken), curve.cost(point));
    return text;
}

std::string uncertaintyText(const std::vector<UncertaintyCheck>& checks)
{
    auto text = fmt::format("\n{}  {:>14}  {:>14}\n",
        padded("AUROC: does it tell that it is wrong?", 36), "baseline wrong", "TTA wrong");
    const auto cell = [](double auroc) {
        return std::isfinite(auroc) ? fmt::format("{:.3f}", auroc) : std::string("–");
    };
    for (const auto& check : checks)
        text += fmt::format("  {}  {:>14}  {:>14}\n", padded(check.measure, 34),
            cell(check.baseline), cell(check.tta));
    return text + "  (1 tells every wrong prediction from every right one, 0.5 is chance)\n";
}

/// A line, or one a class: each view's weight.
std::string learnedText(const LearnedWeights& learned, const std::vector<std::string>& classNames)
{
    std::string text =
        fmt::format("  weights learned on the validation images (NLL {:.4f}, with equal "
                    "weights {:.4f}):\n",
            learned.nll, learned.uniformNll);
    const bool perClass = learned.of == WeightsOf::ViewsAndClasses;
    const std::size_t classes = perClass ? classNames.size() : 1;
    if (classes > mostClasses)
        return text + fmt::format("    for {} classes each; --json has them\n", classes);
    for (std::size_t k = 0; k < classes; ++k) {
        text += perClass ? "    " + padded(classNames[k], 16) : "   ";
        for (std::size_t i = k; i < learned.weights.size(); i += classes)
            text += fmt::format(" {:.3f}", learned.weights[i]);
        text += "\n";
    }
    return text;
}

} // namespace

std::string evaluationText(
    const EvaluateOutcome& outcome, const std::vector<std::string>& classNames)
{
    const EvaluationResult& result = outcome.evaluation.result;
    std::string text = scores(result) + perClass(result, classNames) + ledger(result.comparison);
    if (result.parts > 1)
        text +=
            fmt::format("  {:<18}  {}, to stay within the memory budget\n", "parts", result.parts);
    if (outcome.evaluation.learned)
        text += learnedText(*outcome.evaluation.learned, classNames);
    text += verdict(result.comparison) + "\n";
    if (result.curve)
        text += curveText(*result.curve);
    if (!outcome.uncertainty.empty())
        text += uncertaintyText(outcome.uncertainty);
    return text;
}

} // namespace augury::cli
