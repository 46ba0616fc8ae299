// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ledger_segments.h"

#include "ui/charts/chart_text.h"

#include <QCoreApplication>

namespace augury {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::LedgerChart)
};

} // namespace

std::vector<LedgerSegment> ledgerSegments(const Comparison& comparison)
{
    std::vector<LedgerSegment> all;
    if (comparison.images <= 0)
        return all;
    const double aPercent = double(comparison.images) / 100;
    std::int64_t done = 0;
    const auto add = [&](OutcomeKind kind, std::int64_t images, const QString& name) {
        all.push_back(
            {kind, name, images, double(done) / aPercent, double(done + images) / aPercent});
        done += images;
    };
    const std::int64_t bothRight = comparison.ttaCorrect - comparison.fixed;
    add(OutcomeKind::BothRight, bothRight, Words::tr("both right"));
    add(OutcomeKind::Fixed, comparison.fixed, Words::tr("fixed by TTA"));
    add(OutcomeKind::Broken, comparison.broken, Words::tr("broken by TTA"));
    add(OutcomeKind::BothWrong, comparison.images - done, Words::tr("both wrong"));
    return all;
}

QString segmentText(const LedgerSegment& segment, std::int64_t images)
{
    return Words::tr("%1: %2 of %3 images (%4 %)")
        .arg(segment.name, chart_text::count(segment.count), chart_text::count(images),
            chart_text::number(100.0 * double(segment.count) / double(images), 2));
}

} // namespace augury
