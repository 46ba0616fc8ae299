// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_facts.h"

#include "core/experiment/comparison_json.h"
#include "core/experiment/repeat_details.h"
#include "core/experiment/report.h"
#include "core/experiment/verdict.h"
#include "core/store/run_documents.h"
#include "core/store/search_figures.h"
#include "core/support/error.h"
#include "core/tune/judgement.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace augury {

using nlohmann::json;

namespace {

double numberOrNan(const json& value)
{
    return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

/// Of an evaluation's document, which holds means.
CopiesCurve curveOf(const json& from, const Comparison& comparison)
{
    CopiesCurve curve;
    const auto images = static_cast<double>(comparison.images);
    curve.images = comparison.images;
    curve.baselineCorrect = comparison.baselineCorrect;
    curve.baselineNllSum = images * numberOrNan(from.at("baseline").at("nll"));
    for (const auto& point : from.at("points")) {
        CurvePoint p;
        point.at("copies").get_to(p.copies);
        point.at("fixed").get_to(p.fixed);
        point.at("broken").get_to(p.broken);
        point.at("forward_passes").get_to(p.forwardPasses);
        p.correct = comparison.baselineCorrect + p.fixed - p.broken;
        p.nllSum = images * numberOrNan(point.at("nll"));
        curve.points.push_back(p);
    }
    return curve;
}

/// Rows of an evaluation's document, one after the other; nothing where there are none, or where
/// they are not square.
std::vector<std::int64_t> confusionOf(const json& card)
{
    std::vector<std::int64_t> cells;
    const auto& rows = part(card, "confusion");
    if (!rows.is_array())
        return cells;
    for (const auto& row : rows) {
        const auto values = row.get<std::vector<std::int64_t>>();
        cells.insert(cells.end(), values.begin(), values.end());
        if (values.size() != rows.size())
            return {};
    }
    return cells;
}

void readEvaluation(const json& document, RunFacts& facts)
{
    facts.comparison = comparisonFromJson(document);
    if (const auto& curve = part(document, "curve"); curve.is_object())
        facts.curve = curveOf(curve, *facts.comparison);
    facts.baselineConfusion = confusionOf(part(document, "baseline"));
    facts.ttaConfusion = confusionOf(part(document, "tta"));
    facts.verdict = verdict(*facts.comparison);
    facts.caution = caution(*facts.comparison);
}

void readRepeats(const RunRecord& record, RunFacts& facts)
{
    if (record.repeats.empty())
        return;
    facts.comparison = Comparison{};
    for (const auto& repeat : record.repeats)
        *facts.comparison += repeat.comparison;
    if (const auto sum = summedDetails(record.repeats)) {
        facts.curve = sum->curve;
        facts.baselineConfusion = sum->baseline.confusion;
        facts.ttaConfusion = sum->tta.confusion;
    }
    facts.verdict = verdict(record.repeats);
    facts.caution = caution(record.repeats.size());
}

void readSearch(const json& document, RunRecord& record, RunFigures& figures)
{
    const auto spec = specFromDocument(document, "the result");
    record.trials = outcomeFromDocument(document, "the result").trials;
    SearchFigures search(spec);
    search.add(record.trials);
    record.info.repeatsDone = search.done();
    record.info.repeatsWanted = search.planned();
    figures = search.figures();
}

/// Of the best configuration.
void readBest(const RunRecord& record, RunFacts& facts)
{
    const auto tried = static_cast<std::int64_t>(numberAt(record.document, "tried"));
    const auto judgement = judge(record.trials, tried);
    if (judgement.best >= 0)
        facts.comparison = record.trials[static_cast<std::size_t>(judgement.best)].comparison;
    facts.verdict = judgementText(judgement, record.trials, tried);
}

} // namespace

RunRecord recordOf(const json& document)
{
    RunRecord record;
    record.document = document;
    record.info = takeNotes(record.document, "the result");
    auto& info = record.info;
    record.plan = planOf(document);
    info.seconds = numberAt(part(document, "run"), "seconds");
    info.data = textAt(part(document, "data"), "name");
    describeSettings(part(document, "settings"), info);
    RunFigures figures;
    if (info.kind == repeatKind) {
        auto outcome = repeatsFromDocument(document, "the result");
        record.repeats = std::move(outcome.repeats);
        info.status = outcome.stopped ? RunStatus::Stopped : RunStatus::Finished;
        info.repeatsDone = static_cast<int>(record.repeats.size());
        info.repeatsWanted = static_cast<int>(numberAt(record.settings(), "repeats"));
        figures = figuresOf(record.repeats);
    } else {
        if (info.kind == tuneKind)
            readSearch(document, record, figures);
        const auto& stopped = part(document, "stopped");
        info.status =
            stopped.is_boolean() && stopped.get<bool>() ? RunStatus::Stopped : RunStatus::Finished;
        if (info.kind == evaluateKind)
            figures = figuresOf(document);
    }
    info.title = documentTitle(document);
    info.baseline = figures.baseline;
    info.tta = figures.tta;
    info.lift = figures.lift;
    if (figures.liftLow && figures.liftHigh)
        info.liftCi95 = Interval{*figures.liftLow, *figures.liftHigh};
    info.fixed = figures.fixed;
    info.broken = figures.broken;
    return record;
}

RunFacts factsOf(const RunRecord& record)
{
    try {
        RunFacts facts;
        const auto& data = part(record.document, "data");
        if (const auto& names = part(data, "classes"); names.is_array())
            names.get_to(facts.classNames);
        if (record.info.kind == repeatKind)
            readRepeats(record, facts);
        else if (record.info.kind == evaluateKind)
            readEvaluation(record.document, facts);
        else if (record.info.kind == tuneKind)
            readBest(record, facts);
        else
            facts.history = epochsFromDocument(record.document, "the run");
        return facts;
    } catch (const json::exception& problem) {
        throw Error(fmt::format("Run {} is damaged ({}).", record.info.id, problem.what()));
    }
}

} // namespace augury
