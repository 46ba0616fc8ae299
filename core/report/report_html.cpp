// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_html.h"

#include "core/experiment/repeat_details.h"
#include "core/report/html_text.h"
#include "core/report/report_sections.h"
#include "core/report/run_facts.h"
#include "core/report/run_words.h"
#include "core/store/run_documents.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

namespace {

constexpr std::size_t mostRows = 400; ///< of a chart's table

/// Grounds and texts are at least 4.5:1 apart in both schemes; paper is always light.
constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --muted: #57606a;
  --line: #d0d7de; --panel: #f3f5f7; --caution: #fff4d6; --caution-line: #9a6700; }
@media screen and (prefers-color-scheme: dark) { :root { --ground: #16191d; --text: #e6e9ec;
  --muted: #a3adb8; --line: #3a424b; --panel: #20252b; --caution: #3a3013; --caution-line: #d4a72c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--ground);
  color: var(--text); font: 1rem/1.5 system-ui, "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .75rem; border-bottom: 1px solid var(--line);
  padding-bottom: .25rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
p { margin: .5rem 0; max-width: 48rem; }
.muted, small, caption, figcaption p { color: var(--muted); }
.verdict { font-size: 1.2rem; line-height: 1.45; }
.caution, .note { border-left: .25rem solid var(--line); background: var(--panel);
  padding: .5rem .75rem; }
.caution { border-color: var(--caution-line); background: var(--caution); }
.userNote { white-space: pre-wrap; }
dl { margin: 1rem 0; }
dt { color: var(--muted); }
dd { margin: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; }
.figures > div { background: var(--panel); border-radius: .4rem; padding: .6rem .8rem; }
.figures dd { font-size: 1.35rem; font-variant-numeric: tabular-nums; }
.figures small { display: block; font-size: .85rem; }
.facts > div { display: grid; grid-template-columns: minmax(9rem, 13rem) minmax(0, 1fr); gap: 1rem;
  padding: .15rem 0; }
figure { margin: 1.5rem 0; }
figure img { display: block; width: 100%; height: auto; border: 1px solid var(--line);
  border-radius: .4rem; }
figcaption p { margin-top: .4rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .75rem 0;
  font-size: .94rem; }
caption { text-align: left; padding-bottom: .25rem; }
th, td { padding: .3rem .55rem; text-align: left; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
tbody th { font-weight: 400; }
.n { text-align: right; white-space: nowrap; }
.thumb { display: block; max-width: 112px; max-height: 112px; image-rendering: pixelated; }
pre { overflow-x: auto; background: var(--panel); padding: .75rem; border-radius: .4rem;
  font-size: .85rem; }
summary { cursor: pointer; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; }
  figure { margin: .75rem 0; } figure img { width: auto; max-width: 100%; max-height: 9cm; }
  figure details { display: none; } figure, .figures > div, tr, .caution { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; } pre { white-space: pre-wrap; } table { font-size: 9pt; }
  th, td { padding: .2rem .4rem; } thead { display: table-header-group; } }
)css";

std::string titleOf(const RunInfo& info)
{
    if (!info.name.empty())
        return info.name;
    return info.title.empty() ? fmt::format("Run {}", info.id) : info.title;
}

/// What was compared, as the settings have it further down.
std::string votesText(const RunRecord& record)
{
    std::string text;
    for (const auto& [name, value] : settingsWords(record)) {
        if ((name == "Copies" || name == "Vote") && !value.empty())
            text += fmt::format("{}{}: {}", text.empty() ? "" : " · ", name, value);
    }
    return text;
}

std::string kindText(const std::string& kind)
{
    return kind == repeatKind  ? "Repeats: fresh networks, each measured without and with TTA"
        : kind == evaluateKind ? "Evaluation: one network, measured without and with TTA"
                               : "Training of one network";
}

std::string paragraph(const char* kind, const std::string& text)
{
    return text.empty() ? text : fmt::format("<p class=\"{}\">{}</p>\n", kind, htmlEscaped(text));
}

std::string unfinishedText(const RunInfo& info)
{
    if (info.kind == repeatKind && !info.isComplete())
        return fmt::format("This run is not complete: {} of {} repeats are finished.",
            info.repeatsDone, info.repeatsWanted);
    return info.status == RunStatus::Stopped ? "This run was stopped before it was complete." : "";
}

std::string headOf(const RunRecord& record, const RunFacts& facts, const ReportParts& parts)
{
    const auto& info = record.info;
    auto html = fmt::format("<header>\n<h1>{}</h1>\n", htmlEscaped(titleOf(info)));
    if (!info.name.empty())
        html += paragraph("muted", info.title);
    html += paragraph("muted", kindText(info.kind));
    html += paragraph("muted", votesText(record));
    html += paragraph("verdict", facts.verdict);
    const auto unfinished = unfinishedText(info);
    for (const auto& text : {facts.caution, unfinished}) {
        if (!text.empty())
            html += fmt::format(
                "<p class=\"caution\"><strong>Note:</strong> {}</p>\n", htmlEscaped(text));
    }
    html += paragraph("note userNote", info.note);
    for (const auto& note : parts.notes)
        html += paragraph("note", note);
    return html + "</header>\n";
}

/// As a picture within the file, not as inline SVG: the ids of several would clash.
std::string figure(const ReportChart& chart)
{
    auto html = fmt::format("<figure>\n<picture>\n{}<img src=\"{}\" alt=\"{}\"/>\n</picture>\n",
        chart.darkSvg.empty()
            ? std::string()
            : fmt::format("<source media=\"screen and (prefers-color-scheme: dark)\" "
                          "srcset=\"{}\" type=\"image/svg+xml\"/>\n",
                dataUri("image/svg+xml", chart.darkSvg)),
        dataUri("image/svg+xml", chart.svg), htmlEscaped(chart.title + ". " + chart.summary));
    html += fmt::format("<figcaption>\n{}", paragraph("summary", chart.summary));
    if (!chart.table.rows.empty()) {
        Table table = chart.table;
        std::string rest;
        if (table.rows.size() > mostRows) {
            rest = fmt::format("<p>The first {} of {} rows.</p>\n", mostRows, table.rows.size());
            table.rows.resize(mostRows);
        }
        html += "<details><summary>Its numbers</summary>\n" + htmlOf(table, chart.title) + rest
            + "</details>\n";
    }
    return html + "</figcaption>\n</figure>\n";
}

} // namespace

std::string htmlReport(const RunRecord& record, const ReportParts& parts)
{
    if (record.info.kind == tuneKind)
        throw Error("A search has no report yet: its trials can be written as a table.");
    const auto facts = factsOf(record);
    std::string charts;
    for (const auto& chart : parts.charts)
        charts += figure(chart);
    return fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                       "<meta name=\"generator\" content=\"Augury\"/>\n"
                       "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
               htmlEscaped(titleOf(record.info)), style)
        + headOf(record, facts, parts) + "<main>\n"
        + report::section("Figures", report::keyFigures(record, facts))
        + report::section("Charts", charts) + report::repeatsSection(record)
        + report::epochsSection(facts) + report::curveSection(facts)
        + report::ledgerSection(record, facts, parts) + report::settingsSection(record)
        + report::provenanceSection(record) + "</main>\n</body>\n</html>\n";
}

std::vector<std::uint32_t> reportImages(const RunRecord& record)
{
    std::vector<std::uint32_t> images;
    for (const auto kind : {OutcomeKind::Fixed, OutcomeKind::Broken}) {
        const auto often = changedOften(record.repeats, kind);
        for (std::size_t i = 0; i < std::min(often.size(), report::mostLedgerImages); ++i)
            images.push_back(often[i].image);
    }
    std::ranges::sort(images);
    const auto rest = std::ranges::unique(images);
    images.erase(rest.begin(), rest.end());
    return images;
}

} // namespace augury
