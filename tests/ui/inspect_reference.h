// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "core/evaluate/image_outcomes.h"
#include "core/experiment/experiment_config.h"
#include "core/model/classifier.h"
#include "core/tta/predictor.h"
#include "core/tta/sentence.h"

#include <QLocale>
#include <QString>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

/// What the Inspect page must say, worked out by the tests from core's functions.
namespace augury::test {

/// "68.6 %", written apart from the program's own function.
inline QString percent(double p, int decimals)
{
    return QLocale().toString(100 * p, 'f', decimals) + QStringLiteral(" %");
}

/// Whether `text` says `before` and the percentage, give or take what a float's rounding may.
inline bool says(const QString& text, const QString& before, double p, int decimals)
{
    for (const double shift : {0.0, 2e-6, -2e-6}) {
        if (text.contains(before + percent(p + shift, decimals)))
            return true;
    }
    return false;
}

/// The class of largest probability, the first of equal ones.
inline int best(std::span<const float> p)
{
    return static_cast<int>(std::max_element(p.begin(), p.end()) - p.begin());
}

/// What core says of a whole split, worked out by the test itself.
struct Expected {
    VoteTable table;
    Votes votes;
    std::vector<ImageOutcome> images;

    std::size_t classes() const { return static_cast<std::size_t>(table.classes); }
    int alone(std::size_t image) const { return best(table.view(image, 0)); }
    int merged(std::size_t image) const { return votes.decisions[image].predicted; }
    double score(std::size_t image, int k) const
    {
        return votes.scores[image * classes() + static_cast<std::size_t>(k)];
    }
};

inline Expected expectedOf(const Checkpoint& model, const ExperimentConfig& c, const Split& split)
{
    PredictOptions options;
    options.policy = c.policy;
    options.copies = c.copies;
    options.seed = c.training.seed;
    Expected all;
    const auto classifier = makeClassifier(model);
    all.table = predictVotes(*classifier, split, options);
    all.votes = mergeVotes(all.table, c.copies, c.vote);
    all.images = imageOutcomes(all.table, all.votes, c.copies, c.vote.includeOriginal);
    return all;
}

/// The line above the grid, for labelled images.
inline QString scoreLine(const Expected& all, const ExperimentConfig& c)
{
    const double images = static_cast<double>(all.table.size());
    int fixed = 0;
    int broken = 0;
    int alone = 0;
    int merged = 0;
    for (std::size_t i = 0; i < all.table.size(); ++i) {
        const bool before = all.alone(i) == all.table.labels[i];
        const bool after = all.merged(i) == all.table.labels[i];
        fixed += !before && after;
        broken += before && !after;
        alone += before;
        merged += after;
    }
    const auto points = [](double fraction) {
        const auto digits = QLocale().toString(std::abs(fraction) * 100, 'f', 2);
        const bool zero = digits == QLocale().toString(0.0, 'f', 2);
        return (zero                  ? QString()
                       : fraction < 0 ? QStringLiteral("−")
                                      : QStringLiteral("+"))
            + digits;
    };
    const auto interval = compare(all.table, c.copies, c.vote).liftCi95();
    const double cost = static_cast<double>(all.table.forwardPasses()) / images;
    return QStringLiteral("Baseline %1 → TTA %2, lift %3 points (%4 … %5) · %6 fixed · %7 broken · "
                          "cost %8×")
        .arg(percent(alone / images, 2), percent(merged / images, 2),
            points((merged - alone) / images), points(interval.low), points(interval.high))
        .arg(fixed)
        .arg(broken)
        .arg(QLocale().toString(cost, 'f', 2));
}

/// Positions of images that `passes(label, alone, merged)`.
template <typename Passes>
std::vector<std::uint32_t> positionsWhere(const Expected& all, Passes passes)
{
    std::vector<std::uint32_t> positions;
    for (std::size_t i = 0; i < all.table.size(); ++i) {
        if (passes(all.table.labels[i], all.alone(i), all.merged(i)))
            positions.push_back(static_cast<std::uint32_t>(i));
    }
    return positions;
}

/// The filters in the tests' own words, in the order of the page's list.
inline bool passesFilter(int filter, int label, int alone, int merged)
{
    switch (filter) {
    case 1: // fixed
        return alone != label && merged == label;
    case 2: // broken
        return alone == label && merged != label;
    case 3: // both wrong
        return alone != label && merged != label;
    case 4: // both right
        return alone == label && merged == label;
    case 5: // changed
        return alone != merged;
    default:
        return true;
    }
}
inline constexpr const char* filterNames[] = {
    "All outcomes", "Fixed", "Broken", "Both wrong", "Both right", "Changed"};

} // namespace augury::test
