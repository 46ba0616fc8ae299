// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_text.h"

#include "app/cli/console.h"
#include "app/cli/tables.h"
#include "app/cli/tune_text.h"
#include "core/store/run_documents.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace augury::cli {

namespace {

using nlohmann::json;

constexpr double percent = 100;

/// "2024-05-01 12:34"
std::string minute(const std::string& date)
{
    constexpr std::size_t untilMinute = 16;
    std::string text = date.substr(0, untilMinute);
    std::ranges::replace(text, 'T', ' ');
    return text;
}

std::string accuracy(const std::optional<double>& value)
{
    return value ? fmt::format("{:.2f} %", percent * *value) : "–";
}

std::string liftOf(const RunInfo& run)
{
    if (!run.lift)
        return "–";
    auto text = fmt::format("{:+.2f}", percent * *run.lift);
    if (run.liftCi95)
        text += fmt::format(
            " [{:+.2f}, {:+.2f}]", percent * run.liftCi95->low, percent * run.liftCi95->high);
    return text;
}

std::string repeatsOf(const RunInfo& run)
{
    if (run.repeatsWanted == 0)
        return "–";
    return run.isComplete() ? fmt::format("{}", run.repeatsDone)
                            : fmt::format("{} of {}", run.repeatsDone, run.repeatsWanted);
}

std::string statusOf(const RunInfo& run)
{
    return run.removed ? "deleted" : toString(run.status);
}

std::size_t letters(const std::string& text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

/// fmt counts letters in UTF-8 only where its options say so.
std::string padded(const std::string& text, std::size_t width, bool right)
{
    const std::string blank(width - std::min(width, letters(text)), ' ');
    return right ? blank + text : text + blank;
}

std::string searchOf(const RunRecord& record)
{
    constexpr int most = 30;
    const auto where = fmt::format("Run {}", record.info.id);
    const auto spec = specFromDocument(record.document, where);
    auto outcome = outcomeFromDocument(record.document, where);
    return searchText(spec, outcome, most);
}

} // namespace

std::string plainText(const std::string& text)
{
    std::string result = text;
    for (char& c : result) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    }
    return result;
}

std::string wordsOf(const RunInfo& run)
{
    auto text = !run.name.empty() ? run.name
        : run.kind == tuneKind ? run.title.substr(std::min(run.title.size(), run.data.size() + 2))
                               : run.policy;
    for (const auto& tag : run.tags)
        text += fmt::format("{}#{}", text.empty() ? "" : " ", tag);
    return plainText(text);
}

std::string textTable(
    const std::vector<std::vector<std::string>>& rows, const std::set<std::size_t>& numbers)
{
    const auto columns = rows.front().size();
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < columns; ++i) {
            std::size_t width = 0;
            for (const auto& other : rows)
                width = std::max(width, letters(other[i]));
            const bool number = numbers.contains(i);
            line += padded(row[i], i + 1 < columns || number ? width : 0, number);
            line += "  ";
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

std::string runsTable(std::span<const RunInfo> runs)
{
    if (runs.empty())
        return "There are no such runs.\n";
    std::vector<std::vector<std::string>> rows = {{"run", "started (UTC)", "kind", "status",
        "repeats", "data", "baseline", "TTA", "lift [95 %]", "name or copies"}};
    for (const auto& run : runs)
        rows.push_back({fmt::format("{}", run.id), minute(run.started), run.kind, statusOf(run),
            repeatsOf(run), plainText(run.data), accuracy(run.baseline), accuracy(run.tta),
            liftOf(run), wordsOf(run)});
    return textTable(rows, {0, 6, 7});
}

std::string runText(const RunRecord& record)
{
    const auto& run = record.info;
    auto text = fmt::format("Run {}{}: {}\n", run.id,
        run.name.empty() ? "" : fmt::format(" \"{}\"", plainText(run.name)), plainText(run.title));
    const auto line = [&](const char* what, const std::string& value) {
        if (!value.empty())
            text += fmt::format("  {:<10}{}\n", what, plainText(value));
    };
    line("kind", run.kind);
    line("status", fmt::format("{}{}", toString(run.status), run.removed ? ", deleted" : ""));
    line("started", minute(run.started));
    line("finished", minute(run.finished));
    line("took", run.seconds > 0 ? duration(run.seconds) : std::string());
    line("data", run.data);
    if (!run.policy.empty())
        line("copies", fmt::format("{}, {}", run.copies, run.policy));
    line("vote", run.vote);
    line("seed", fmt::format("{}", run.seed));
    line("tags", fmt::format("{}", fmt::join(run.tags, ", ")));
    line("note", run.note);
    if (run.kind == tuneKind) {
        line("tried", repeatsOf(run));
        text += fmt::format("\n{}", searchOf(record));
        if (run.status == RunStatus::Stopped && !run.isComplete() && !run.removed)
            text += fmt::format("\nGo on with it: augury-cli tune resume {}\n", run.id);
    } else if (run.repeatsWanted > 0) {
        line("repeats", repeatsOf(run));
        text += fmt::format("\n{}", repeatHeading());
        for (const auto& repeat : record.repeats)
            text += repeatRow(repeat);
        text += repeatSummary(record.repeats);
        if (run.status == RunStatus::Stopped && !run.isComplete() && !run.removed)
            text += fmt::format("\nGo on with it: augury-cli repeat --resume {}\n", run.id);
    } else if (run.lift) {
        line("baseline", accuracy(run.baseline));
        line("TTA", accuracy(run.tta));
        line("lift", liftOf(run));
        line("fixed", fmt::format("{}", run.fixed));
        line("broken", fmt::format("{}", run.broken));
    }
    return text;
}

json toJson(const RunInfo& run)
{
    const auto number = [](const std::optional<double>& value) {
        return value ? json(*value) : json();
    };
    const auto text = [](const std::string& value) { return value.empty() ? json() : json(value); };
    return {{"id", run.id}, {"kind", run.kind}, {"name", run.name}, {"title", run.title},
        {"status", toString(run.status)}, {"started", text(run.started)},
        {"finished", text(run.finished)}, {"seconds", run.seconds},
        {"repeats",
            run.repeatsWanted > 0 ? json{{"done", run.repeatsDone}, {"wanted", run.repeatsWanted}}
                                  : json()},
        {"data", run.data}, {"policy", text(run.policy)}, {"vote", text(run.vote)},
        {"copies", run.copies > 0 ? json(run.copies) : json()}, {"seed", run.seed},
        {"baseline", number(run.baseline)}, {"tta", number(run.tta)}, {"lift", number(run.lift)},
        {"lift_ci95",
            run.liftCi95 ? json{run.liftCi95->low, run.liftCi95->high} : json{nullptr, nullptr}},
        {"fixed", run.fixed}, {"broken", run.broken}, {"note", run.note}, {"tags", run.tags},
        {"deleted", run.removed}};
}

} // namespace augury::cli
