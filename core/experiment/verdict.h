// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace augury {

/// One sentence for people: "TTA gained 1.20 points (95 % interval 0.81 to 1.59, p = 0.002, 10
/// repeats): 187 images fixed and 66 broken a repeat, at 2.0× the cost." Says so when there is too
/// little to judge; empty without a repeat.
std::string verdict(std::span<const RepeatResult> repeats);

/// The same of one model and one test: "TTA gained 1.21 points (68.90 to 70.11 %, McNemar p <
/// 0.001): 187 images fixed and 66 broken, at 2.0× the cost."
std::string verdict(const Comparison& comparison);

/// In words, that so few repeats cannot show an effect, whatever they are: below six the Wilcoxon
/// signed-rank test cannot give a p value of 0.05. Empty where there are enough, or none.
std::string caution(std::size_t repeats);

/// One of several runs that are compared.
struct ComparedRun {
    std::size_t repeats = 0;
    double p = 1; ///< of its lift, not corrected; NaN: not tested
};
/// The same of each run beside the others, whose p values stand: with Holm's correction even the
/// clearest effect in so many repeats would not reach 0.05. In the order of the runs.
std::vector<std::string> cautions(std::span<const ComparedRun> runs);

/// The same of McNemar's test on one model, which sees only the images that were fixed or broken.
std::string caution(const Comparison& comparison);

/// The fewest repeats, or images fixed or broken, with which an exact test that looks at signs can
/// give 0.05 at all: 2 · 2^−n ≤ 0.05, which is six.
int fewestForTest();

} // namespace augury
