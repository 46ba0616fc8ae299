// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/confirmation.h"

#include "core/data/fingerprint.h"
#include "core/evaluate/statistics.h"
#include "core/support/hash.h"
#include "core/tta/predictor.h"
#include "core/tune/tune.h"
#include "core/tune/tune_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace augury {

namespace {

using words::grouped;
using words::points;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// So many images at a time that the votes of all configurations fit in memory together.
std::size_t imagesAtOnce(std::span<const Trial> chosen, int classes)
{
    constexpr std::uint64_t budget = std::uint64_t(1) << 30;
    std::uint64_t bytes = 1;
    for (const auto& trial : chosen) // in the cache, and in its own table
        bytes += 2 * tableBytesPerImage(trial.configuration.copies, classes)
            + static_cast<std::uint64_t>(trial.configuration.copies + 1) * 2 * sizeof(Transform);
    return static_cast<std::size_t>(std::max<std::uint64_t>(1, budget / bytes));
}

std::string images(std::int64_t n)
{
    return fmt::format("{} {}", grouped(n), n == 1 ? "image" : "images");
}

std::string pText(double p)
{
    return p < 0.001 ? "below 0.001" : fmt::format("{:.{}f}", p, p < 0.01 ? 3 : 2);
}

/// "gained 1.20 points", "gained nothing"
std::string changeText(double lift, const char* unit)
{
    const auto size = points(std::abs(lift));
    if (size == "0.00")
        return "gained nothing";
    return fmt::format("{} {}{}", lift < 0 ? "lost" : "gained", size, unit);
}

std::string times(int n)
{
    return n == 1 ? "once" : n == 2 ? "twice" : fmt::format("{} times", n);
}

std::string testSentence(const Comparison& test, double adjustedP, int together)
{
    if (test.images == 0)
        return "There were no test images.";
    const auto interval = test.liftCi95();
    const auto corrected = together > 1
        ? fmt::format(
            ", {} after Holm's correction for {} confirmations", pText(adjustedP), together)
        : std::string();
    constexpr double usualLevel = 0.05;
    return fmt::format("On {} TTA {} (95 % interval {} to {}; McNemar p {}{}): {} fixed, "
                       "{} broken, at {:.1f}× the cost.{}",
        fmt::format("{} test {}", grouped(test.images), test.images == 1 ? "image" : "images"),
        changeText(test.lift(), " points"), points(interval.low), points(interval.high),
        pText(test.mcnemarP()), corrected, grouped(test.fixed), grouped(test.broken), test.cost(),
        adjustedP > usualLevel && test.lift() != 0 ? " That can be chance." : "");
}

std::string searchSentence(const Confirmation& confirmation)
{
    const auto& search = *confirmation.search;
    const auto where = confirmation.tried > 1
        ? fmt::format("where it was chosen from {} configurations", grouped(confirmation.tried))
        : std::string("where it was tried");
    const double before = search.lift();
    const double now = confirmation.test.lift();
    auto text = fmt::format("On {} of the validation split, {}, it had {}", images(search.images),
        where, changeText(before, ""));
    if (didNotCarryOver(confirmation))
        return text
            + (now <= 0 ? std::string(": none of that carried over.")
                        : fmt::format(": {} of that did not carry over.", points(before - now)));
    if (before <= 0)
        return text + ".";
    if (confirmation.test.liftCi95().low <= 0)
        return text + ": the test images can neither confirm that nor rule it out.";
    return text
        + (now >= before ? ", which carried over."
                         : ", which agrees with the test images within their interval.");
}

} // namespace

std::vector<Confirmation> confirmOnTest(Classifier& classifier, const Split& test,
    std::span<const Trial> chosen, std::int64_t tried, std::uint64_t seed, int threads,
    const Job& job)
{
    std::vector<Trial> sums;
    std::vector<double> merging(chosen.size());
    for (const auto& trial : chosen) {
        sums.emplace_back();
        sums.back().configuration = trial.configuration;
    }
    VoteCache::Options options;
    options.threads = threads;
    double predicting = 0;
    std::int64_t passes = 0;
    const auto atOnce = imagesAtOnce(chosen, static_cast<int>(classifier.classNames().size()));
    for (std::size_t first = 0; first < test.size() && !chosen.empty(); first += atOnce) {
        const auto count = std::min(atOnce, test.size() - first);
        const auto begin = test.indices.begin() + static_cast<std::ptrdiff_t>(first);
        VoteCache cache(classifier,
            {test.images, {begin, begin + static_cast<std::ptrdiff_t>(count)}}, options);
        std::vector<std::uint32_t> positions(count);
        std::iota(positions.begin(), positions.end(), 0U);
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            job.throwIfStopped();
            const auto& configuration = chosen[i].configuration;
            const auto told = [&](double share) {
                const double before = static_cast<double>(first * chosen.size() + count * i);
                job.report("confirming on the test images",
                    std::llround(before + share * static_cast<double>(count)),
                    static_cast<std::int64_t>(test.size() * chosen.size()));
            };
            const Job part{job.stop, [&](const Progress& progress) {
                               if (progress.total > 0)
                                   told(static_cast<double>(progress.done)
                                       / static_cast<double>(progress.total));
                           }};
            const auto table =
                cache.votes(configuration.policy, configuration.copies, seed, positions, part);
            const auto start = Clock::now();
            addVotes(sums[i], table, first);
            merging[i] += secondsSince(start);
            told(1); // what it shares with others told nothing
        }
        predicting += cache.seconds();
        passes += cache.passes();
    }
    job.throwIfStopped();

    const double pace = passes > 0 ? predicting / static_cast<double>(passes) : 0;
    std::vector<Confirmation> confirmations;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto& sum = sums[i];
        Confirmation confirmation{
            sum.configuration, seed, sum.comparison, sum.nll, sum.baselineNll, 0, {}, tried};
        confirmation.seconds =
            merging[i] + pace * static_cast<double>(sum.comparison.forwardPasses);
        if (chosen[i].images() > 0)
            confirmation.search = chosen[i].comparison;
        else
            confirmation.tried = 0; // it was chosen from none
        confirmations.push_back(std::move(confirmation));
    }
    return confirmations;
}

std::string testSetKey(const Dataset& dataset, const Split& test)
{
    auto indices = test.indices; // a test set is the same in any order
    std::ranges::sort(indices);
    Hash hash;
    hash.add(std::uint64_t(test.images == dataset.test ? 1 : 0));
    hash.add(static_cast<std::uint64_t>(indices.size()));
    hash.add(indices.data(), indices.size() * sizeof(std::uint32_t));
    return fmt::format("{}-{:016x}", fingerprint(dataset), hash.value());
}

std::vector<double> holmAdjusted(std::span<const Confirmation> ofOneTestSet)
{
    std::vector<double> ps;
    for (const auto& confirmation : ofOneTestSet)
        ps.push_back(confirmation.test.mcnemarP());
    return holmAdjusted(std::span<const double>(ps));
}

bool didNotCarryOver(const Confirmation& confirmation)
{
    if (!confirmation.search || confirmation.search->lift() <= 0 || confirmation.test.images == 0)
        return false; // there was no gain that could have
    const double high = confirmation.test.liftCi95().high;
    return confirmation.test.lift() <= 0 || high < confirmation.search->lift();
}

std::string confirmationText(
    const Confirmation& confirmation, double adjustedP, int earlier, int together)
{
    auto text = testSentence(confirmation.test, adjustedP, earlier + together);
    if (confirmation.search)
        text += fmt::format(" {}", searchSentence(confirmation));
    text += earlier == 0
        ? " These test images had not been used for a confirmation before."
        : fmt::format(" These test images had been used for confirmations {} before: every further "
                      "look at them makes what they say a little less certain.",
            times(earlier));
    return text;
}

} // namespace augury
