// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/weights_study.h"

#include "core/support/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

namespace {

constexpr double leastScore = 1e-12;
constexpr std::array rules = {VoteRule::Mean, VoteRule::Learned, VoteRule::LearnedPerClass};

using Places = std::vector<std::uint32_t>;

/// Each image's fold: as many of every label in each as can be, and as many images.
std::vector<int> foldsOf(const VoteTable& table, std::uint64_t seed, int folds)
{
    auto order = randomOrder(static_cast<std::uint32_t>(table.size()), seed, RandomUse::Split,
        static_cast<std::uint32_t>(folds));
    std::ranges::stable_sort(order, {}, [&](std::uint32_t image) { return table.labels[image]; });
    std::vector<int> fold(table.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        fold[order[i]] = static_cast<int>(i % static_cast<std::size_t>(folds));
    return fold;
}

/// Some of a table's images, with the first `copies` copies.
VoteTable part(const VoteTable& table, const Places& places, int copies)
{
    constexpr auto unknown = std::numeric_limits<std::uint32_t>::max();
    VoteTable result;
    result.classes = table.classes;
    result.copies = copies;
    result.policy = table.policy;
    result.seed = table.seed;
    const auto k = static_cast<std::size_t>(table.classes);
    std::vector<std::uint32_t> rows(table.probabilities.size() / k, unknown);
    std::uint32_t count = 0;
    const auto copyRow = [&](std::vector<float>& to, const std::vector<float>& from,
                             std::size_t row) {
        const auto first = from.begin() + static_cast<std::ptrdiff_t>(row * k);
        to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(k));
    };
    for (const auto image : places) {
        result.labels.push_back(table.labels[image]);
        result.images.push_back(table.images[image]);
        for (int slot = 0; slot <= copies; ++slot) {
            const auto row = table.row(image, slot);
            if (rows[row] == unknown) {
                rows[row] = count++;
                copyRow(result.probabilities, table.probabilities, row);
                if (table.hasLogits())
                    copyRow(result.logits, table.logits, row);
            }
            result.rows.push_back(rows[row]);
        }
    }
    return result;
}

std::vector<double> lossesOf(const VoteTable& table, const Votes& votes)
{
    const auto k = static_cast<std::size_t>(table.classes);
    std::vector<double> losses(table.size());
    for (std::size_t i = 0; i < losses.size(); ++i)
        losses[i] = -std::log(
            std::max(leastScore, votes.scores[i * k + static_cast<std::size_t>(table.labels[i])]));
    return losses;
}

double meanOf(const std::vector<double>& values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

/// Whether the first's mean is below the second's by more than the standard error of their paired
/// difference.
bool clearlyBelow(const std::vector<double>& a, const std::vector<double>& b)
{
    std::vector<double> gains(a.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        gains[i] = b[i] - a[i];
    const double gain = meanOf(gains);
    double squares = 0;
    for (const double each : gains)
        squares += (each - gain) * (each - gain);
    const auto n = static_cast<double>(a.size());
    return gain > std::sqrt(squares / (n - 1) / n);
}

/// Puts the votes of some images in their places.
void place(Votes& votes, const Votes& some, const Places& places, std::size_t classes)
{
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::copy_n(some.scores.begin() + static_cast<std::ptrdiff_t>(i * classes), classes,
            votes.scores.begin() + static_cast<std::ptrdiff_t>(places[i] * classes));
        votes.decisions[places[i]] = some.decisions[i];
    }
}

void takeWeights(std::array<WeightsStudy::Way, 3>& ways, const BothLearnedWeights& learned)
{
    ways[1].vote.weights = learned.views.weights;
    ways[2].vote.weights = learned.viewsAndClasses.weights;
}

} // namespace

WeightsStudy studyWeights(const VoteTable& table, int copies, bool includeOriginal,
    std::uint64_t seed, int folds, const Job& job)
{
    if (folds < 2)
        throw Error(fmt::format("Inner validation needs at least 2 folds, not {}.", folds));
    if (table.size() < static_cast<std::size_t>(folds))
        throw Error(fmt::format("{} images cannot be divided into {} parts to validate learned "
                                "weights: take more images.",
            table.size(), folds));
    const auto classes = static_cast<std::size_t>(std::max(1, table.classes));
    WeightsStudy study;
    auto& ways = study.ways;
    for (std::size_t way = 0; way < ways.size(); ++way) {
        ways[way].vote.rule = rules[way];
        ways[way].vote.includeOriginal = includeOriginal;
        ways[way].heldOut.scores.resize(table.size() * classes);
        ways[way].heldOut.decisions.resize(table.size());
    }
    const std::int64_t fits = folds + 1;
    job.report("validating weights", 0, fits);
    const Job quietly{job.stop, {}};
    const auto all = learnBothWeights(table, copies, includeOriginal, quietly); // checks, too
    ways[0].heldOut = mergeVotes(table, copies, ways[0].vote);
    ways[0].nll = meanOf(lossesOf(table, ways[0].heldOut));
    ways[1].nll = all.views.nll;
    ways[2].nll = all.viewsAndClasses.nll;

    const auto foldOf = foldsOf(table, seed, folds);
    for (int fold = 0; fold < folds; ++fold) {
        job.report("validating weights", fold + 1, fits);
        Places inside;
        Places outside;
        for (std::uint32_t i = 0; i < table.size(); ++i)
            (foldOf[i] == fold ? inside : outside).push_back(i);
        takeWeights(
            ways, learnBothWeights(part(table, outside, copies), copies, includeOriginal, quietly));
        const auto heldOut = part(table, inside, copies);
        for (std::size_t way = 1; way < ways.size(); ++way)
            place(ways[way].heldOut, mergeVotes(heldOut, copies, ways[way].vote), inside, classes);
    }
    takeWeights(ways, all);

    std::array<std::vector<double>, 3> losses;
    for (std::size_t way = 0; way < ways.size(); ++way) {
        losses[way] = lossesOf(table, ways[way].heldOut);
        ways[way].heldOutNll = meanOf(losses[way]);
        const auto best = static_cast<std::size_t>(study.preferred);
        if (way > 0 && clearlyBelow(losses[way], losses[0])
            && ways[way].heldOutNll < ways[best].heldOutNll)
            study.preferred = static_cast<int>(way);
    }
    job.report("validating weights", fits, fits);
    return study;
}

} // namespace augury
