// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace augury {

/// The votes on one image. Every list has K entries, one a class, or is empty.
struct VotesData {
    std::vector<QString> classNames; ///< a class without one is "class 7"
    std::vector<double> baseline; ///< fractions: what the untouched image alone says
    std::vector<double> merged; ///< fractions: what the vote says
    std::vector<int> counts; ///< copies whose most probable class it is
    int copies = 0;
    std::int32_t label = -1; ///< the true class; −1: unlabelled
    std::int32_t original = -1; ///< what the untouched image alone predicts
    std::int32_t winner = -1; ///< what the vote predicts
    bool tied = false;

    int classes() const { return static_cast<int>(merged.size()); }
    QString className(std::int32_t k) const;
    double largest() const; ///< of all scores, baseline and merged
    bool operator==(const VotesData&) const = default;
};

/// The `most` classes of largest max(baseline, merged), and the label's if it is not among them;
/// all when K ≤ most. In class order, so that rows keep their places while a slider moves.
std::vector<int> largestClasses(const VotesData& votes, int most);

/// Where the axis of the bars ends when the one before ended at `current` (0: none before): at 1,
/// or at less when every bar would be short. It grows as soon as a bar would not fit, and shrinks
/// only when the bars are well within the smaller one: it does not flicker while a slider moves.
double votesAxisMaximum(double largest, double current);

/// Classes with the winning score, but for rounding.
std::vector<int> topClasses(const VotesData& votes);

/// "cat 63 %, 21 points ahead of dog"; "tie between cat and dog"; empty without classes.
QString winnerSentence(const VotesData& votes);

/// "5 votes", "1 vote"
QString votesText(int count);

} // namespace augury
