// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"

#include <span>
#include <string>

/// Results as text for people. Every function returns whole lines.
namespace augury::cli {

/// What is about to be done: the data and the images used of them, with the data set's notes.
std::string describeData(const Dataset& dataset, const ExperimentSplits& splits);
std::string describeTraining(const ExperimentConfig& config);
std::string describeVoting(const ExperimentConfig& config);

std::string repeatHeading();
std::string repeatRow(const RepeatResult& repeat);
/// Mean and σ, lift with interval and p, and the verdict; what there is of them.
std::string repeatSummary(std::span<const RepeatResult> repeats);

std::string epochHeading();
std::string epochRow(int epoch, const EpochMetrics& metrics);

} // namespace augury::cli
