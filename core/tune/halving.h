// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/trial.h"
#include "core/tune/tune_spec.h"

#include <cstddef>
#include <span>
#include <vector>

/// Successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and
/// hyperparameter optimization", AISTATS 2016) with η = 2.
namespace augury {

/// On how many images each round ends: halvingStart, twice, four times as many … and all. Without
/// halving the same, so that a sweep is live, but nothing is dropped.
std::vector<std::size_t> roundEnds(const TuneSpec& spec, std::size_t images);

/// How many of `trials` go on after a round: half of them, rounded up; all without halving.
std::size_t goingOn(const TuneSpec& spec, std::size_t trials);

/// Places in `trials`, best first: by lift, then the lower NLL, then fewer copies, then the index.
/// All are of the same images.
std::vector<std::size_t> ranking(std::span<const Trial* const> trials);

} // namespace augury
