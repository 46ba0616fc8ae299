// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger, the settings and where it all comes from.
#include "core/experiment/repeat_details.h"
#include "core/experiment/report.h"
#include "core/report/html_text.h"
#include "core/report/report_sections.h"
#include "core/report/run_words.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "core/tta/sentence.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace augury::report {

namespace {

using nlohmann::json;

std::string thumbnail(const ReportParts& parts, std::uint32_t image)
{
    const auto found = parts.thumbnails.find(image);
    return found == parts.thumbnails.end()
        ? std::string("<td></td>")
        : fmt::format("<td><img class=\"thumb\" src=\"{}\" alt=\"Test image {}\"/></td>",
            dataUri("image/png", found->second), image);
}

std::string ledgerTable(std::span<const ChangedOften> images, std::size_t repeats,
    const RunFacts& facts, const ReportParts& parts, const char* contrary)
{
    const bool pictures = !parts.thumbnails.empty();
    auto html = fmt::format("<div class=\"scroll\"><table class=\"ledger\">\n<thead><tr>{}<th "
                            "scope=\"col\" class=\"n\">Test image</th><th scope=\"col\">True "
                            "class</th><th scope=\"col\">Baseline says</th><th scope=\"col\">TTA "
                            "says</th><th scope=\"col\" class=\"n\">In repeats</th><th "
                            "scope=\"col\" class=\"n\">{}</th></tr></thead>\n<tbody>\n",
        pictures ? "<th scope=\"col\">Picture</th>" : "", contrary);
    for (const auto& image : images) {
        const auto name = [&](std::int32_t k) {
            return htmlEscaped(className(facts.classNames, k));
        };
        html +=
            fmt::format("<tr>{}<th scope=\"row\" class=\"n\">{}</th><td>{}</td><td>{}</td>"
                        "<td>{}</td><td class=\"n\">{} of {}</td><td class=\"n\">{}</td></tr>\n",
                pictures ? thumbnail(parts, image.image) : "", image.image, name(image.label),
                name(image.baseline), name(image.merged), image.repeats, repeats, image.opposite);
    }
    return html + "</tbody>\n</table></div>\n";
}

std::string ledgerOf(const RunRecord& record, OutcomeKind kind, std::size_t repeats,
    const RunFacts& facts, const ReportParts& parts)
{
    auto images = changedOften(record.repeats, kind);
    const bool fixed = kind == OutcomeKind::Fixed;
    const char* verb = fixed ? "fixed" : "broke";
    if (images.empty())
        return fmt::format("<p>TTA {} no image in any repeat.</p>\n", verb);
    const auto all = images.size();
    images.resize(std::min(all, mostLedgerImages));
    auto html =
        fmt::format("<h3>{} the most often</h3>\n<p>TTA {} {} {} in at least one repeat{}.</p>\n",
            fixed ? "Fixed" : "Broken", verb, all, all == 1 ? "image" : "different images",
            all > images.size() ? fmt::format("; these {} the most often", images.size()) : "");
    return html + ledgerTable(images, repeats, facts, parts, fixed ? "Broken in" : "Fixed in");
}

} // namespace

std::string ledgerSection(const RunRecord& record, const RunFacts& facts, const ReportParts& parts)
{
    if (record.info.kind != repeatKind || record.repeats.empty())
        return {};
    const auto known = static_cast<std::size_t>(std::ranges::count_if(
        record.repeats, [](const RepeatResult& repeat) { return repeat.details != nullptr; }));
    if (known == 0)
        return section("Images that TTA changed",
            "<p>Which images they were is not known: the run skipped passes that could not change "
            "a decision (exact early exit), or is of an Augury that did not keep them.</p>\n");
    return section("Images that TTA changed",
        ledgerOf(record, OutcomeKind::Fixed, known, facts, parts)
            + ledgerOf(record, OutcomeKind::Broken, known, facts, parts));
}

std::string settingsSection(const RunRecord& record)
{
    return section("Settings",
        facts(settingsWords(record)) + "<details><summary>Settings as JSON</summary>\n<pre>"
            + htmlEscaped(documentText(record.settings())) + "</pre></details>\n");
}

std::string provenanceSection(const RunRecord& record)
{
    auto html = facts(provenanceWords(record));
    if (const auto& notes = part(part(record.document, "data"), "notes"); notes.is_array()) {
        for (const auto& note : notes) {
            if (note.is_string())
                html += fmt::format("<p>Data: {}</p>\n", htmlEscaped(note.get<std::string>()));
        }
    }
    return section("Where this comes from", html);
}

} // namespace augury::report
