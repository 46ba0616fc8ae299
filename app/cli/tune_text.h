// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"
#include "core/tune/tune.h"

#include <optional>
#include <string>

/// A search as text for people. Whole lines.
namespace augury::cli {

/// Before it begins: what is tried, on which images, and which are left alone.
std::string describeSearch(const TuneSpec& spec, const ExperimentSplits& splits);

/// The trials, the best first and `top` of them (0: all), and what they say: the verdict, where
/// curves over the copies stop gaining, the best under `under` passes an image.
std::string searchText(
    const TuneSpec& spec, const TuneOutcome& outcome, int top, std::optional<double> under = {});

} // namespace augury::cli
