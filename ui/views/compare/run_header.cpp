// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/run_header.h"

#include "core/experiment/verdict.h"
#include "core/tta/sentence.h"
#include "ui/session/number_text.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/section.h"
#include "ui/widgets/stat_tile.h"
#include "ui/widgets/tile_row.h"

#include <QLabel>
#include <QLocale>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace augury {

namespace {

constexpr int s_narrow = 600;

} // namespace

RunHeader::RunHeader(QWidget* parent)
    : QWidget(parent)
    , m_top(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_verdict(new QLabel(this))
    , m_caption(Section::makeNote({}, this))
    , m_warning(new MessageBar(this))
    , m_run(new PrimaryButton(tr("Run repeats"), this))
    , m_resume(new QPushButton(tr("Resume"), this))
    , m_baseline(new StatTile(tr("Baseline"), this))
    , m_tta(new StatTile(tr("TTA"), this))
    , m_lift(new StatTile(tr("Lift (95 %)"), this))
    , m_p(new StatTile(tr("p value"), this))
    , m_cost(new StatTile(tr("Cost"), this))
{
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setAccessibleDescription(tr("Verdict on the run in front"));
    auto font = m_verdict->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_verdict->setFont(font);
    m_warning->setClosable(false);
    m_top->addWidget(m_verdict, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_resume);
    buttons->addWidget(m_run);
    buttons->addStretch();
    m_top->addLayout(buttons);
    m_top->setAlignment(buttons, Qt::AlignTop);
    m_resume->setMinimumHeight(m_run->sizeHint().height());
    m_resume->setToolTip(tr("Go on with this run at its first unfinished repeat"));
    m_resume->hide();
    auto* tiles = new TileRow(6);
    for (auto* tile : {m_baseline, m_tta, m_lift, m_p, m_cost})
        tiles->addWidget(tile);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(m_top);
    column->addWidget(m_caption);
    column->addWidget(m_warning);
    column->addLayout(tiles);
    connect(m_run, &QPushButton::clicked, this, &RunHeader::runClicked);
    connect(m_resume, &QPushButton::clicked, this, &RunHeader::resumeClicked);
}

void RunHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Beside the button, a narrow window would leave the sentence a word a line.
    m_top->setDirection(width() < s_narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void RunHeader::setRun(const RepeatsRun& run)
{
    m_verdict->setText(verdictOf(run));
    m_caption->setText(captionOf(run));
    const auto warning = smallSampleWarning(run.outcome.repeats);
    if (warning != m_warning->text())
        m_warning->showMessage(MessageBar::Kind::Warning, warning);
    m_resume->setVisible(run.id > 0 && run.outcome.stopped && !run.running
        && std::cmp_less(run.outcome.repeats.size(), run.config.repeats));
    showFigures(run.outcome.repeats);
}

void RunHeader::setResumable(bool now)
{
    m_resume->setEnabled(now);
}

void RunHeader::showFigures(const std::vector<RepeatResult>& repeats)
{
    if (repeats.empty()) {
        for (auto* tile : {m_baseline, m_tta, m_lift, m_p, m_cost})
            tile->setValue(QStringLiteral("–"));
        return;
    }
    const auto summary = summarise(repeats);
    const auto spread = [](double std) {
        return std::isfinite(std) ? tr("σ %1").arg(pointsText(std).remove(QLatin1Char('+')))
                                  : tr("one repeat");
    };
    m_baseline->setValue(percentText(summary.baseline.mean), spread(summary.baseline.std));
    m_tta->setValue(percentText(summary.tta.mean), spread(summary.tta.std));
    m_lift->setValue(pointsText(summary.lift.mean),
        std::isfinite(summary.liftCi95.low)
            ? tr("%1 … %2").arg(pointsText(summary.liftCi95.low), pointsText(summary.liftCi95.high))
            : tr("one repeat"));
    const QLocale locale;
    const auto p = summary.pValue < 0.0001 ? tr("< %1").arg(locale.toString(0.0001, 'f', 4))
                                           : locale.toString(summary.pValue, 'f', 4);
    m_p->setValue(
        repeats.size() > 1 ? p : QStringLiteral("–"), tr("Wilcoxon, n = %1").arg(repeats.size()));
    double cost = 0;
    for (const auto& repeat : repeats)
        cost += repeat.comparison.cost() / static_cast<double>(repeats.size());
    m_cost->setValue(
        QStringLiteral("%1×").arg(locale.toString(cost, 'f', 1)), tr("passes an image"));
}

void RunHeader::setRunButton(const QString& text, bool enabled)
{
    m_run->setText(text);
    m_run->setEnabled(enabled);
}

QString RunHeader::verdictText() const
{
    return m_verdict->text();
}

QString RunHeader::captionText() const
{
    return m_caption->text();
}

QString RunHeader::warningText() const
{
    return m_warning->text();
}

QString verdictOf(const RepeatsRun& run)
{
    const auto& repeats = run.outcome.repeats;
    if (repeats.empty())
        return run.running
            ? countText(run.config.repeats,
                RunHeader::tr("Training the network; its result appears here when it is tested."),
                RunHeader::tr("Training the first of %1 networks; its result appears here when "
                              "it is tested."))
            : RunHeader::tr("No repeat of this run has ended: there is nothing to judge yet.");
    const auto text = QString::fromStdString(verdict(repeats));
    return run.running ? RunHeader::tr("%1 of %2 repeats so far. %3")
                             .arg(repeats.size())
                             .arg(run.config.repeats)
                             .arg(text)
                       : text;
}

QString captionOf(const RepeatsRun& run)
{
    QStringList parts;
    if (!run.dataName.empty())
        parts << QString::fromStdString(run.dataName);
    parts << QString::fromStdString(describeRule(run.config.vote, run.config.copies));
    if (run.finished.isValid())
        parts << QLocale().toString(run.finished.toLocalTime(), QLocale::ShortFormat);
    if (!run.running && run.outcome.stopped)
        parts << RunHeader::tr("stopped after %1 of %2 repeats")
                     .arg(run.outcome.repeats.size())
                     .arg(run.config.repeats);
    return parts.join(QStringLiteral(" · "));
}

QString smallSampleWarning(const std::vector<RepeatResult>& repeats)
{
    const auto few = QString::fromStdString(caution(repeats.size()));
    if (!few.isEmpty() || repeats.empty())
        return few;
    // A lift of exactly nothing counts for neither side.
    const auto lifts = std::ranges::count_if(
        repeats, [](const auto& repeat) { return repeat.comparison.lift() != 0; });
    if (lifts >= fewestForTest())
        return {};
    return RunHeader::tr("In only %1 of %2 repeats TTA changed the accuracy at all: too few for "
                         "the rank test, which needs %3 such repeats.")
        .arg(lifts)
        .arg(repeats.size())
        .arg(fewestForTest());
}

} // namespace augury
