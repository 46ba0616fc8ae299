// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorecard.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace augury {

namespace {

constexpr int mostConfused = 1000; ///< classes: 8 MB of counts

double ratio(double part, std::int64_t whole)
{
    return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                      : part / static_cast<double>(whole);
}

/// m − 1 where (m − 1) / count < confidence ≤ m / count.
std::size_t binOf(double confidence, std::size_t count)
{
    const auto bins = static_cast<double>(count);
    double m = std::clamp(std::ceil(confidence * bins), 1.0, bins);
    // The product's rounding may have crossed an edge.
    if (m > 1 && confidence <= (m - 1) / bins)
        --m;
    else if (m < bins && confidence > m / bins)
        ++m;
    return static_cast<std::size_t>(m) - 1;
}

bool inTopFive(std::size_t label, std::span<const double> scores)
{
    const double own = scores[label];
    const auto before = scores.first(label);
    const auto after = scores.subspan(label + 1);
    return std::count_if(before.begin(), before.end(), [own](double s) { return s >= own; })
        + std::count_if(after.begin(), after.end(), [own](double s) { return s > own; })
        < 5;
}

} // namespace

Scorecard::Scorecard(int classCount)
    : classes(classCount)
{
    if (classes < 1)
        throw Error("A scorecard needs at least one class.");
    const auto k = static_cast<std::size_t>(classes);
    if (classes <= mostConfused)
        confusion.resize(k * k);
    support.resize(k);
    hits.resize(k);
}

void Scorecard::add(std::int32_t label, std::span<const double> scores, const Decision& decision)
{
    if (label < 0 || label >= classes)
        throw Error(fmt::format(
            "An image is labelled {}, but the model knows {} classes (0 to {}); without a label it "
            "cannot be scored.",
            label, classes, classes - 1));
    if (scores.size() != static_cast<std::size_t>(classes) || decision.predicted < 0
        || decision.predicted >= classes)
        throw Error(fmt::format("A scorecard of {} classes was given {} scores and class {}.",
            classes, scores.size(), decision.predicted));
    const auto k = static_cast<std::size_t>(label);
    const auto predicted = static_cast<std::size_t>(decision.predicted);
    const bool right = k == predicted;
    ++images;
    correct += right ? 1 : 0;
    topFiveCorrect += inTopFive(k, scores) ? 1 : 0;
    tied += decision.tied ? 1 : 0;
    if (!confusion.empty())
        ++confusion[k * scores.size() + predicted];
    ++support[k];
    hits[k] += right ? 1 : 0;
    nllSum -= std::log(std::max(scores[k], 1e-12));
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double miss = scores[i] - (i == k ? 1 : 0);
        brierSum += miss * miss;
    }
    auto& bin = bins[binOf(scores[predicted], bins.size())];
    ++bin.images;
    bin.correct += right ? 1 : 0;
    bin.confidenceSum += scores[predicted];
}

Scorecard& Scorecard::operator+=(const Scorecard& other)
{
    if (classes != other.classes)
        throw Error(fmt::format(
            "Scorecards of {} and {} classes cannot be added.", classes, other.classes));
    images += other.images;
    correct += other.correct;
    topFiveCorrect += other.topFiveCorrect;
    tied += other.tied;
    const auto addTo = [](auto& counts, const auto& more) {
        std::transform(counts.begin(), counts.end(), more.begin(), counts.begin(), std::plus<>());
    };
    addTo(confusion, other.confusion);
    addTo(support, other.support);
    addTo(hits, other.hits);
    nllSum += other.nllSum;
    brierSum += other.brierSum;
    for (std::size_t m = 0; m < bins.size(); ++m) {
        bins[m].images += other.bins[m].images;
        bins[m].correct += other.bins[m].correct;
        bins[m].confidenceSum += other.bins[m].confidenceSum;
    }
    return *this;
}

double Scorecard::accuracy() const
{
    return ratio(static_cast<double>(correct), images);
}

double Scorecard::classAccuracy(int k) const
{
    if (k < 0 || k >= classes)
        throw Error(fmt::format("There is no class {}: the model knows {}.", k, classes));
    const auto i = static_cast<std::size_t>(k);
    return ratio(static_cast<double>(hits[i]), support[i]);
}

double Scorecard::topFiveAccuracy() const
{
    return ratio(static_cast<double>(topFiveCorrect), images);
}

double Scorecard::nll() const
{
    return ratio(nllSum, images);
}

double Scorecard::brier() const
{
    return ratio(brierSum, images);
}

double Scorecard::ece() const
{
    double sum = 0;
    for (const auto& bin : bins)
        sum += std::abs(static_cast<double>(bin.correct) - bin.confidenceSum);
    return ratio(sum, images);
}

} // namespace augury
