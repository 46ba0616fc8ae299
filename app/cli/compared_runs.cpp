// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compared_runs.h"

#include "app/cli/run_text.h"
#include "core/experiment/comparison_json.h"
#include "core/experiment/verdict.h"
#include "core/store/run_documents.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace augury::cli {

namespace {

using nlohmann::json;

constexpr double percent = 100;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

std::string meanAndStd(const MeanStd& value)
{
    if (!std::isfinite(value.mean))
        return "–";
    return std::isfinite(value.std)
        ? fmt::format("{:.2f} ± {:.2f} %", percent * value.mean, percent * value.std)
        : fmt::format("{:.2f} %", percent * value.mean);
}

std::string liftOf(const RepeatSummary& summary)
{
    if (!std::isfinite(summary.lift.mean))
        return "–";
    auto text = fmt::format("{:+.2f}", percent * summary.lift.mean);
    const auto& ci = summary.liftCi95;
    if (std::isfinite(ci.low) && std::isfinite(ci.high))
        text += fmt::format(" [{:+.2f}, {:+.2f}]", percent * ci.low, percent * ci.high);
    return text;
}

std::string pText(double p)
{
    return std::isfinite(p) ? fmt::format("{:.2g}", p) : "–";
}

json toJson(const MeanStd& value)
{
    return {{"mean", numberOrNull(value.mean)}, {"std", numberOrNull(value.std)}};
}

/// What a test's images are known by; empty where an older run does not say.
std::string imagesOf(const RunRecord& record)
{
    const auto& data = part(record.document, "data");
    const auto& settings = part(record.document, "settings");
    const auto fingerprint = textAt(data, "fingerprint");
    return fingerprint.empty()
        ? fingerprint
        : fmt::format("{} {} {}", fingerprint, part(settings, "subset_test").dump(),
            part(data, "test_images").dump());
}

} // namespace

ComparedRuns compare(std::span<const RunRecord> records)
{
    ComparedRuns compared;
    std::vector<double> ps;
    bool oneTest = true;
    for (const auto& record : records) {
        ComparedRuns::Row row{record.info, record.repeats.size(), {}, unknown};
        if (record.repeats.empty())
            row.summary = {{unknown, unknown}, {unknown, unknown}, {unknown, unknown},
                {unknown, unknown}, unknown};
        else
            row.summary = summarise(record.repeats);
        ps.push_back(row.repeats < 2 ? unknown : row.summary.pValue);
        oneTest = oneTest && imagesOf(record) == imagesOf(records.front());
        compared.rows.push_back(std::move(row));
    }
    const auto adjusted = holmAdjusted(ps);
    for (std::size_t i = 0; i < adjusted.size(); ++i)
        compared.rows[i].adjustedP = adjusted[i];
    if (!oneTest)
        compared.cautions.emplace_back("These runs were not made on the same test images: their "
                                       "accuracies are not comparable, their lifts only roughly.");
    std::vector<ComparedRun> tested;
    for (std::size_t i = 0; i < ps.size(); ++i)
        tested.push_back({compared.rows[i].repeats, ps[i]});
    const auto texts = cautions(tested);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& row = compared.rows[i];
        const auto& text = row.repeats == 0 ? std::string("No repeat is finished.") : texts[i];
        if (!text.empty())
            compared.cautions.push_back(fmt::format("Run {}: {}", row.info.id, text));
    }
    return compared;
}

std::string comparedText(const ComparedRuns& compared)
{
    std::vector<std::vector<std::string>> rows = {{"run", "repeats", "data", "baseline", "TTA",
        "lift [95 %]", "p", "p (Holm)", "name or copies"}};
    for (const auto& row : compared.rows)
        rows.push_back({fmt::format("{}", row.info.id), fmt::format("{}", row.repeats),
            plainText(row.info.data), meanAndStd(row.summary.baseline), meanAndStd(row.summary.tta),
            liftOf(row.summary), row.repeats < 2 ? "–" : pText(row.summary.pValue),
            pText(row.adjustedP), wordsOf(row.info)});
    auto text = textTable(rows, {0, 1, 3, 4, 6, 7});
    text +=
        fmt::format("\np: Wilcoxon signed-rank test of the lift over a run's repeats; p (Holm): "
                    "corrected for the {} runs compared.\n",
            compared.rows.size());
    for (const auto& caution : compared.cautions)
        text += fmt::format("Note: {}\n", caution);
    return text;
}

json toJson(const ComparedRuns& compared)
{
    auto runs = json::array();
    for (const auto& row : compared.rows) {
        auto lift = toJson(row.summary.lift);
        lift["ci95"] = {
            numberOrNull(row.summary.liftCi95.low), numberOrNull(row.summary.liftCi95.high)};
        lift["p_value"] = row.repeats < 2 ? json() : numberOrNull(row.summary.pValue);
        lift["p_holm"] = numberOrNull(row.adjustedP);
        runs.push_back({{"id", row.info.id}, {"name", row.info.name}, {"data", row.info.data},
            {"policy", row.info.policy}, {"copies", row.info.copies}, {"vote", row.info.vote},
            {"repeats", row.repeats}, {"baseline", toJson(row.summary.baseline)},
            {"tta", toJson(row.summary.tta)}, {"lift", std::move(lift)}});
    }
    return {{"runs", std::move(runs)}, {"cautions", compared.cautions}};
}

} // namespace augury::cli
