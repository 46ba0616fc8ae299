// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/tune/tune_spec.h"

#include <filesystem>
#include <optional>

namespace augury::cli {

/// What `tune` reads. Its own --seed is training.seed, which becomes the search's.
struct TuneOptions : Options {
    TuneSpec spec;
    std::filesystem::path specFile; ///< --spec
    std::filesystem::path saveSpec;
    std::filesystem::path useBest; ///< the project that the chosen configuration is written to
    std::optional<double> under; ///< passes an image
    int top = 30; ///< rows of the table; 0: all
};

/// Of a search by one method: model, data, what to try, machine, results.
void addTuneOptions(CLI::App& command, TuneOptions& options, TuneMethod method);
/// The same for a search whose spec is a file.
void addSpecFileOptions(CLI::App& command, TuneOptions& options);

/// For a search of the history: where its data and its model are now, threads and device.
void addWhereOptions(CLI::App& command, TuneOptions& options);

/// --under.
void addUnderOption(CLI::App& command, TuneOptions& options, const std::string& help);
/// What becomes of a search: --json, --csv, --plot, --top, --under, --use-best.
void addTuneOutputs(CLI::App& command, TuneOptions& options);

/// settle(), and the spec whole and valid: from its file where there is one. Throws Error.
void settleTune(TuneOptions& options);
/// That its files can be written.
void requireTuneOutputs(const TuneOptions& options);

} // namespace augury::cli
