// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <span>
#include <string>

/// What the store reads out of the documents of core/experiment/report.h.
namespace augury {

inline constexpr const char* repeatKind = "repeat";
inline constexpr const char* evaluateKind = "evaluate";
inline constexpr const char* trainKind = "train";
inline constexpr const char* tuneKind = "tune";

/// What a list shows of a run's outcome.
struct RunFigures {
    std::optional<double> baseline;
    std::optional<double> tta;
    std::optional<double> lift;
    std::optional<double> liftLow;
    std::optional<double> liftHigh;
    std::int64_t fixed = 0;
    std::int64_t broken = 0;
};
RunFigures figuresOf(std::span<const RepeatResult> repeats);
RunFigures figuresOf(const Comparison& comparison);
/// Of an evaluation; nothing for a document that is none.
RunFigures figuresOf(const nlohmann::json& document);

/// A part of a document, null when there is none.
const nlohmann::json& part(const nlohmann::json& document, const char* field);
/// A text or number of a part of a document, or its default.
std::string textAt(const nlohmann::json& object, const char* field);
double numberAt(const nlohmann::json& object, const char* field);

/// Of a run under way: "Fashion-MNIST: 3 repeats, 91.2 → 91.5 %".
std::string titleOf(const std::string& data, std::size_t repeats, const RunFigures& figures);

/// Of a search: "Fashion-MNIST: sweep of 96 configurations, best +1.20 points".
std::string searchTitle(const std::string& data, const char* method, std::int64_t tried,
    const std::optional<double>& bestLift);

/// Fills in what the settings say (policy, vote, copies, seed), as far as they can be read.
void describeSettings(const nlohmann::json& settings, RunInfo& info);

/// How it was planned. Defaults where the document does not say.
FitPlan planOf(const nlohmann::json& document);

/// What is known of a run beyond its document, as it travels in an exported one under "run".
nlohmann::json withNotes(nlohmann::json document, const RunInfo& info);
/// The same back, taken out of `document`; too long texts are cut, impossible dates dropped. Finds
/// the kind by content where it is not said. Throws Error, naming `where`, unless document is of
/// one of the kinds and whole, with figures that can be.
RunInfo takeNotes(nlohmann::json& document, const std::string& where);

/// Sorted, trimmed, each once, none empty; cut to what a run may have.
std::vector<std::string> tidyTags(std::vector<std::string> tags);
std::string tidyName(const std::string& name); ///< trimmed and cut
/// Its first characters: code points of UTF-8, of which none is cut in two.
std::string cutTo(std::string text, std::size_t characters);
std::string trimmed(const std::string& text);

} // namespace augury
