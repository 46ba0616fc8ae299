// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_sections.h"

#include "core/experiment/report.h"
#include "core/report/html_text.h"
#include "core/report/numbers.h"
#include "core/store/run_documents.h"

#include <fmt/format.h>

#include <cmath>

namespace augury::report {

namespace {

using nlohmann::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr double percent = 100;

double ratio(std::int64_t a, std::int64_t b)
{
    return b == 0 ? std::nan("") : static_cast<double>(a) / static_cast<double>(b);
}

std::string tile(const std::string& name, const std::string& value, const std::string& detail = {})
{
    return fmt::format("<div><dt>{}</dt><dd>{}{}</dd></div>\n", htmlEscaped(name),
        htmlEscaped(value),
        detail.empty() ? "" : fmt::format(" <small>{}</small>", htmlEscaped(detail)));
}

std::string interval(const Interval& ci)
{
    return std::isfinite(ci.low) && std::isfinite(ci.high)
        ? fmt::format("95 % interval {} to {}", signedPoints(ci.low), signedPoints(ci.high))
        : "no interval from one repeat";
}

std::string ofRepeats(const RunRecord& record, const Comparison& sum)
{
    const auto summary = summarise(record.repeats);
    const auto n = static_cast<double>(record.repeats.size());
    const bool several = record.repeats.size() > 1;
    const auto deviation = [](const MeanStd& value) {
        return std::isfinite(value.std)
            ? "± " + fixedText(percent * value.std, 2) + " over the repeats"
            : std::string();
    };
    const auto each = [&](std::int64_t count) {
        return fixedText(static_cast<double>(count) / n, 1);
    };
    auto html = tile("Baseline", percentText(summary.baseline.mean), deviation(summary.baseline))
        + tile("TTA", percentText(summary.tta.mean), deviation(summary.tta))
        + tile("Lift", signedPoints(summary.lift.mean) + " points", interval(summary.liftCi95));
    if (several)
        html += tile("Wilcoxon signed-rank test", "p = " + pText(summary.pValue),
            fmt::format("{} repeats, paired", record.repeats.size()));
    return html + tile("Fixed", each(sum.fixed), several ? "images a repeat" : "images")
        + tile("Broken", each(sum.broken), several ? "images a repeat" : "images")
        + tile("Cost", fixedText(sum.cost(), 2) + "×", "passes through the network an image");
}

std::string ofEvaluation(const Comparison& c)
{
    return tile("Baseline", percentText(c.baselineAccuracy()),
               fmt::format("{} of {} images", c.baselineCorrect, c.images))
        + tile("TTA", percentText(c.ttaAccuracy()),
            fmt::format("{} of {} images", c.ttaCorrect, c.images))
        + tile("Lift", signedPoints(c.lift()) + " points", interval(c.liftCi95()))
        + tile("McNemar’s test", "p = " + pText(c.mcnemarP()), "exact, two-sided")
        + tile("Fixed", fmt::format("{}", c.fixed), "images")
        + tile("Broken", fmt::format("{}", c.broken), "images")
        + tile("Cost", fixedText(c.cost(), 2) + "×", "passes through the network an image");
}

std::string ofTraining(const RunFacts& facts)
{
    if (facts.history.empty())
        return tile("Epochs", "0");
    const auto& last = facts.history.back();
    auto html = tile("Epochs", fmt::format("{}", facts.history.size()))
        + tile("Loss", fixedText(last.trainLoss, 4), "training images, last epoch")
        + tile("Accuracy", percentText(last.trainAccuracy), "training images, last epoch");
    if (last.validationAccuracy)
        html += tile("Accuracy", percentText(*last.validationAccuracy), "validation images");
    return html;
}

} // namespace

std::string section(const std::string& heading, const std::string& content)
{
    return content.empty()
        ? std::string()
        : fmt::format("<section>\n<h2>{}</h2>\n{}</section>\n", htmlEscaped(heading), content);
}

std::string facts(const Pairs& pairs)
{
    std::string html;
    for (const auto& [name, value] : pairs) {
        if (!value.empty())
            html += fmt::format(
                "<div><dt>{}</dt><dd>{}</dd></div>\n", htmlEscaped(name), htmlEscaped(value));
    }
    return html.empty() ? html : "<dl class=\"facts\">\n" + html + "</dl>\n";
}

std::string keyFigures(const RunRecord& record, const RunFacts& facts)
{
    std::string html;
    if (record.info.kind == trainKind)
        html = ofTraining(facts);
    else if (facts.comparison)
        html = record.info.kind == repeatKind ? ofRepeats(record, *facts.comparison)
                                              : ofEvaluation(*facts.comparison);
    return html.empty() ? html : "<dl class=\"figures\">\n" + html + "</dl>\n";
}

std::string repeatsSection(const RunRecord& record)
{
    if (record.repeats.empty())
        return {};
    Table table{{"Repeat", "Seed", "Baseline (%)", "TTA (%)", "Lift (points)", "Fixed", "Broken",
                    "Cost (×)", "Train (s)", "Test (s)"},
        {}};
    for (const auto& repeat : record.repeats) {
        const auto& c = repeat.comparison;
        addRow(table, repeat.index + 1, fmt::format("{}", repeat.seed),
            percent * c.baselineAccuracy(), percent * c.ttaAccuracy(), percent * c.lift(), c.fixed,
            c.broken, c.cost(), repeat.trainSeconds, repeat.evaluateSeconds);
    }
    return section("Every repeat",
        "<p>Each repeat trains a fresh network and measures both ways on it, on the same test "
        "images; “fixed” are images that only TTA gets right, “broken” those that only the "
        "baseline does.</p>\n"
            + htmlOf(table));
}

std::string epochsSection(const RunFacts& facts)
{
    if (facts.history.empty())
        return {};
    Table table{
        {"Epoch", "Loss", "Accuracy (%)", "Validation loss", "Validation accuracy (%)", "Seconds"},
        {}};
    const auto orNan = [](const std::optional<double>& value) {
        return value.value_or(std::nan(""));
    };
    for (std::size_t i = 0; i < facts.history.size(); ++i) {
        const auto& m = facts.history[i];
        addRow(table, i + 1, m.trainLoss, percent * m.trainAccuracy, orNan(m.validationLoss),
            percent * orNan(m.validationAccuracy), m.seconds);
    }
    return section("Every epoch", htmlOf(table));
}

std::string curveSection(const RunFacts& facts)
{
    if (!facts.curve || facts.curve->points.empty())
        return {};
    const auto& curve = *facts.curve;
    Table table{{"Copies", "Accuracy (%)", "Lift (points)", "Loss of the true class (NLL)", "Fixed",
                    "Broken", "Cost (×)"},
        {}};
    addRow(table, 0, percent * curve.baselineAccuracy(), 0.0, curve.baselineNll(), 0, 0, 1.0);
    for (const auto& point : curve.points)
        addRow(table, point.copies, percent * curve.accuracy(point),
            percent * ratio(point.correct - curve.baselineCorrect, curve.images), curve.nll(point),
            point.fixed, point.broken, curve.cost(point));
    return section("Number of copies",
        "<p>What the vote of the first <i>n</i> copies gives, from the same passes; 0 copies is "
        "the baseline. Images are counted over all repeats.</p>\n"
            + htmlOf(table));
}

} // namespace augury::report
