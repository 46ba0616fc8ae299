// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/open_dataset.h"
#include "core/experiment/experiment_config.h"
#include "core/model/checkpoint.h"
#include "ui/charts/plot_size.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace augury::cli {

/// The groups of options in --help that several files add to.
inline constexpr const char* outputGroup = "Results";

/// What the subcommands share. Each adds the groups of options that it uses; every value is checked
/// for its range while it is read.
struct Options {
    ExperimentConfig config;
    OpenOptions open;
    AugmentPolicy flags; ///< what the augmentation options ask for
    std::filesystem::path policy; ///< --policy: a preset's name or a file
    std::filesystem::path trainPolicy;
    std::optional<bool> earlyExit; ///< unless the default is taken

    bool json = false;
    bool history = true; ///< keep the run in the history
    std::string resume; ///< the run to go on with: its number, or "last"
    std::filesystem::path jsonFile;
    std::filesystem::path csv;
    std::filesystem::path plot;
    PlotSize plotSize;
    std::filesystem::path report;
    std::filesystem::path saveProject;
    std::filesystem::path model; ///< the model file: what `train` writes and `evaluate` reads

    CLI::App* command = nullptr; ///< whose options these are
};

void addDataOptions(CLI::App& command, Options& options); ///< the data set, test images
void addTrainingOptions(CLI::App& command, Options& options);
void addVotingOptions(CLI::App& command, Options& options); ///< augmentations, copies, vote
/// --vote and what belongs to it; `learned` is what --help says of the learned rules.
void addVoteOptions(CLI::App& command, VoteOptions& vote, const std::string& learned = {});
/// --temperature and --gamma alone.
void addVoteNumbers(CLI::App& command, VoteOptions& vote);
/// --exact-early-exit and its opposite; `help` says when it is on.
void addEarlyExitOption(CLI::App& command, Options& options, const std::string& help);
void addMachineOptions(CLI::App& command, Options& options); ///< seed, threads, device
void addRepeatOptions(CLI::App& command, Options& options);
void addOutputOptions(CLI::App& command, Options& options);
/// Its part without pictures: --json and --json-file.
void addJsonOptions(CLI::App& command, Options& options);
void addCsvOption(CLI::App& command, Options& options);
void addPlotOption(CLI::App& command, Options& options); ///< --plot and its size
/// --plot-size and --plot-scale.
void addPlotSize(CLI::App& command, PlotSize& size);
void addHistoryOption(CLI::App& command, Options& options);
void addSaveProjectOption(CLI::App& command, Options& options);
void addResumeOption(CLI::App& command, Options& options);
/// Whether it is one of the options that make up the augmentation policy.
bool isAugmentation(const CLI::Option& option);
/// A required option for the model file.
void addModelOption(
    CLI::App& command, Options& options, const std::string& name, const std::string& help);

/// Once all is parsed and before any work: settles the policy, and checks the whole configuration,
/// the device, and that every output can be written. Throws Error.
void settle(Options& options);

/// settle()'s part on the policy, and on the copies that it brings.
void settlePolicy(Options& options);

/// The images are cut as they were when the model was trained, unless --split-seed, or a project,
/// says otherwise: else it might be tested on what it was trained on.
void takeSplitsOf(const Checkpoint& checkpoint, Options& options);
/// Says so in --help.
void defaultToModelsSplits(CLI::App& command);

/// A preset's policy, or a file's. Throws Error.
AugmentPolicy policyNamed(const std::filesystem::path& nameOrFile);

/// The options' shared groups in --help.
inline constexpr const char* votingGroup = "Copies and voting";
inline constexpr const char* machineGroup = "Seed and machine";

/// Throws Error when the option that addModelOption() made was not given.
void requireModelOption(const Options& options, const std::string& name);

/// Throws Error, naming the option, unless `path` ends in one of `extensions` and can be created
/// or replaced. Leaves nothing behind.
void requireWritable(const std::filesystem::path& path, const std::string& option,
    const std::vector<std::string>& extensions);

} // namespace augury::cli
