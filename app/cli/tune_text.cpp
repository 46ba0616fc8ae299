// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tune_text.h"

#include "app/cli/console.h"
#include "app/cli/run_text.h"
#include "core/tune/judgement.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace augury::cli {

namespace {

constexpr double percent = 100;

/// Finished ones by lift, the best first and of equals the cheaper; then those that were dropped.
std::vector<std::size_t> byLift(std::span<const Trial> trials)
{
    std::vector<std::size_t> order(trials.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    const auto key = [&](std::size_t i) {
        const auto& trial = trials[i];
        return std::tuple(trial.state == Trial::State::Finished ? 0 : 1, -trial.images(),
            -trial.comparison.lift(), trial.comparison.cost(), trial.index);
    };
    std::ranges::sort(order, {}, key);
    return order;
}

std::string liftText(const Comparison& comparison)
{
    const auto interval = comparison.liftCi95();
    return fmt::format("{:+.2f} [{:+.2f}, {:+.2f}]", percent * comparison.lift(),
        percent * interval.low, percent * interval.high);
}

std::string marksOf(const Trial& trial, bool onFront, bool isBest)
{
    std::string marks;
    const auto add = [&](const std::string& mark) {
        marks += fmt::format("{}{}", marks.empty() ? "" : ", ", mark);
    };
    if (isBest)
        add("best");
    if (onFront)
        add("Pareto");
    if (trial.preferred)
        add("preferred");
    if (trial.state == Trial::State::Dropped)
        add(fmt::format("dropped after {} images", trial.images()));
    if (trial.state == Trial::State::Waiting)
        add(fmt::format("{} images so far", trial.images()));
    return marks;
}

std::string table(const TuneSpec& spec, std::span<const Trial> trials, int top, int best)
{
    const auto order = byLift(trials);
    const auto front = paretoFront(trials);
    const auto shown =
        top == 0 ? order.size() : std::min(order.size(), static_cast<std::size_t>(top));
    std::vector<std::vector<std::string>> rows = {{"trial", "configuration", "accuracy",
        "lift [95 %]", "fixed", "broken", "NLL", "cost", "seconds"}};
    const bool isGreedy = spec.method == TuneMethod::Greedy;
    const bool isWeights = spec.method == TuneMethod::Weights;
    if (isGreedy)
        rows.front().insert(rows.front().end(), {"log-likelihood", "temperature"});
    if (isWeights)
        rows.front().emplace_back("held-out NLL");
    rows.front().emplace_back("");
    const auto number = [](const std::optional<double>& value, int digits) {
        return value ? fmt::format("{:.{}f}", *value, digits) : std::string("–");
    };
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& trial = trials[order[i]];
        const auto& c = trial.comparison;
        std::vector<std::string> row = {fmt::format("{}", trial.index + 1),
            describe(trial.configuration), fmt::format("{:.2f} %", percent * c.ttaAccuracy()),
            liftText(c), fmt::format("{}", c.fixed), fmt::format("{}", c.broken),
            fmt::format("{:.4f}", trial.nll.mean(c.images)), fmt::format("{:.2f}×", c.cost()),
            fmt::format("{:.2f}", trial.seconds)};
        if (isGreedy)
            row.insert(row.end(), {number(trial.logLikelihood, 4), number(trial.temperature, 2)});
        if (isWeights)
            row.push_back(number(trial.heldOutNll, 4));
        row.push_back(marksOf(trial, std::ranges::find(front, order[i]) != front.end(),
            best >= 0 && order[i] == static_cast<std::size_t>(best)));
        rows.push_back(std::move(row));
    }
    std::set<std::size_t> numbers = {0};
    for (std::size_t i = 2; i + 1 < rows.front().size(); ++i)
        numbers.insert(i);
    auto text = textTable(rows, numbers);
    if (shown < order.size())
        text += fmt::format(
            "… and {} more: --top 0 shows all, --csv writes them\n", order.size() - shown);
    return text;
}

/// Where each curve over the copies stops gaining.
std::string stopsText(const TuneSpec& spec, std::span<const Trial> trials)
{
    if (spec.method != TuneMethod::Copies)
        return {};
    std::map<int, std::vector<Trial>> curves; // by policy
    for (const auto& trial : trials) {
        if (trial.state == Trial::State::Finished && !trial.place.empty())
            curves[trial.place.front()].push_back(trial);
    }
    std::string text;
    for (const auto& [policy, curve] : curves) {
        if (const auto stop = stopsGaining(curve))
            text += fmt::format("  {}: more than {} {} no longer help measurably\n",
                shortName(curve[*stop].configuration.policy), curve[*stop].configuration.copies,
                curve[*stop].configuration.copies == 1 ? "copy" : "copies");
    }
    return text;
}

} // namespace

std::string describeSearch(const TuneSpec& spec, const ExperimentSplits& splits)
{
    const auto all = splits.validation.size();
    const auto images = spec.images == 0 ? all : std::min(spec.images, all);
    return fmt::format("Search: {}, {} configurations on {} of {} validation images, at most {} "
                       "passes, seed {}\nThe {} test images are not looked at.\n",
        toString(spec.method), configurationsOf(spec), images, all, mostPassesOf(spec, images),
        spec.seed, splits.test.size());
}

std::string searchText(
    const TuneSpec& spec, const TuneOutcome& outcome, int top, std::optional<double> under)
{
    const auto& trials = outcome.trials;
    if (trials.empty())
        return "No configuration was tried.\n";
    const auto judgement = judge(trials, outcome.tried);
    auto text = table(spec, trials, top, judgement.best);
    const auto& first =
        trials[static_cast<std::size_t>(std::max(0, judgement.best))]; // of all images
    text += fmt::format("\nPlain prediction: {:.2f} %, NLL {:.4f}, on {} images\n",
        percent * first.comparison.baselineAccuracy(), first.baselineNll.mean(first.images()),
        first.images());
    text += fmt::format("Tried: {} configurations, {} passes, {}\n", outcome.tried, outcome.passes,
        duration(outcome.seconds));
    text += stopsText(spec, trials);
    if (const auto words = judgementText(judgement, trials, outcome.tried); !words.empty())
        text += words + "\n";
    if (under) {
        const auto best = bestUnder(trials, *under);
        text += best ? fmt::format("Best under {:g}× the cost: trial {}, {}, {} points\n", *under,
                    trials[*best].index + 1, describe(trials[*best].configuration),
                    liftText(trials[*best].comparison))
                     : fmt::format("Nothing finished costs no more than {:g}×.\n", *under);
    }
    return text;
}

} // namespace augury::cli
