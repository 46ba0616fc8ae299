// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/detail_panes.h"

#include "core/experiment/repeat_details.h"
#include "core/support/error.h"
#include "ui/charts/confusion_chart.h"
#include "ui/charts/copies_curve_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/session/number_text.h"
#include "ui/views/compare/repeat_choice.h"
#include "ui/views/compare/repeat_images.h"

#include <algorithm>

namespace augury {

DetailPane::DetailPane(ChartWidget* chart, const QString& name, const QString& key, QWidget* parent)
    : ChartPane(chart, name, key, parent)
    , m_choice(new RepeatChoice(this))
{
    addControl(m_choice);
    connect(m_choice, &RepeatChoice::chosen, this, &ChartPane::repeatChosen);
}

const RepeatResult* DetailPane::chosen(const ComparedData& compared) const
{
    if (!compared.front || !compared.repeat)
        return nullptr;
    const auto& repeats = compared.front->outcome.repeats;
    const auto found = std::ranges::find(repeats, *compared.repeat, &RepeatResult::index);
    return found == repeats.end() ? nullptr : &*found;
}

bool DetailPane::showRepeats(const ComparedData& compared)
{
    m_choice->setVisible(compared.hasRepeats());
    m_shown = chosen(compared) ? compared.repeat : std::nullopt;
    if (compared.hasRepeats()) {
        m_choice->setRepeats(compared.front->outcome.repeats, m_shown);
        return true;
    }
    setEmpty(tr("No repeat has ended yet"),
        tr("What becomes of the single images appears here as soon as the first network is "
           "tested."));
    return false;
}

std::shared_ptr<const RepeatDetails> DetailPane::details(const ComparedData& compared)
{
    const auto& run = *compared.front;
    std::shared_ptr<const RepeatDetails> found;
    const auto title = tr("These figures were not kept");
    if (const auto* repeat = chosen(compared)) {
        found = repeat->details;
    } else {
        try {
            if (auto sum = summedDetails(run.outcome.repeats))
                found = std::make_shared<const RepeatDetails>(std::move(*sum));
        } catch (const Error& error) {
            setEmpty(title, QString::fromUtf8(error.what()));
            return nullptr;
        }
    }
    if (found)
        return found;
    m_choice->setVisible(std::ranges::any_of(
        run.outcome.repeats, [](const auto& repeat) { return repeat.details != nullptr; }));
    setEmpty(title,
        run.config.exactEarlyExit
            ? tr("This run spared the passes that cannot change a decision (exact "
                 "early exit). So only decisions are known: how many "
                 "images were fixed and broken, but not what single copies said. Run it "
                 "without the early exit to see more.")
            : tr("This run is of an older version of Augury, which kept accuracies alone. Run "
                 "it again to see which classes are taken for which, and what fewer copies "
                 "give."));
    return nullptr;
}

QString DetailPane::clickHint(const ComparedData& compared) const
{
    return chosen(compared) || compared.front->outcome.repeats.size() == 1
        ? tr("Click to see these images.")
        : tr("Click to see those of the newest repeat that has any.");
}

LedgerPane::LedgerPane(QWidget* parent)
    : DetailPane(new LedgerChart(parent), tr("Ledger"), QStringLiteral("ledger"), parent)
    , m_chart(static_cast<LedgerChart*>(chart()))
{
    connect(m_chart, &LedgerChart::segmentClicked, this,
        [this](OutcomeKind kind) { Q_EMIT imagesAsked(shownRepeat(), queryFor(kind)); });
}

void LedgerPane::fill(const ComparedData& compared)
{
    if (!showRepeats(compared))
        return m_chart->clear();
    const auto& repeats = compared.front->outcome.repeats;
    QStringList said;
    Comparison sum;
    if (const auto* repeat = chosen(compared)) {
        sum = repeat->comparison;
    } else {
        for (const auto& each : repeats)
            sum += each.comparison;
        if (repeats.size() > 1)
            said << tr("Sums over %1 networks tested on the same %2 images. The intervals here "
                       "take every test for an image of its own; how much the networks differ is "
                       "under Repeats.")
                        .arg(QLocale().toString(static_cast<qulonglong>(repeats.size())),
                            QLocale().toString(
                                static_cast<qlonglong>(repeats.front().comparison.images)));
    }
    said << clickHint(compared);
    setNote(said.join(QLatin1Char(' ')));
    m_chart->setComparison(sum);
    m_chart->setClickHint(said.back());
}

ConfusionPane::ConfusionPane(QWidget* parent)
    : DetailPane(new ConfusionChart(parent), tr("Confusion"), QStringLiteral("confusion"), parent)
    , m_chart(static_cast<ConfusionChart*>(chart()))
    , m_mode(new QComboBox(this))
{
    m_mode->setAccessibleName(tr("Which predictions"));
    m_mode->setToolTip(tr("Of one look at each image, of the vote, or what TTA changes"));
    m_mode->addItem(tr("With TTA"), static_cast<int>(ConfusionMode::Tta));
    m_mode->addItem(tr("Baseline"), static_cast<int>(ConfusionMode::Baseline));
    m_mode->addItem(tr("Difference"), static_cast<int>(ConfusionMode::Difference));
    addControl(m_mode);
    connect(m_mode, &QComboBox::currentIndexChanged, this,
        [this] { m_chart->setMode(static_cast<ConfusionMode>(m_mode->currentData().toInt())); });
    connect(m_chart, &ConfusionChart::cellClicked, this, &ConfusionPane::onCell);
}

void ConfusionPane::fill(const ComparedData& compared)
{
    m_mode->setVisible(false);
    m_data = {};
    if (!showRepeats(compared))
        return m_chart->clear();
    const auto found = details(compared);
    if (!found)
        return m_chart->clear();
    if (found->tta.confusion.empty()) {
        setEmpty(tr("Too many classes"),
            tr("A confusion matrix is kept for at most 1,000 classes; these are %1.")
                .arg(QLocale().toString(found->tta.classes)));
        return m_chart->clear();
    }
    m_mode->setVisible(true);
    m_data.classes = found->tta.classes;
    m_data.baseline = found->baseline.confusion;
    m_data.tta = found->tta.confusion;
    m_data.classNames = compared.front->classNames;
    if (m_data.classNames.empty() && compared.front->dataset)
        m_data.classNames = compared.front->dataset->classNames;
    m_chart->setData(m_data);
    m_chart->setClickHint(clickHint(compared));
    setNote(clickHint(compared));
}

void ConfusionPane::onCell(int label, int predicted)
{
    const auto mode = m_chart->mode();
    const auto count = [&](ConfusionMode of) {
        return m_data.has(of) ? m_data.count(of, label, predicted) : 0;
    };
    const bool any = mode == ConfusionMode::Difference
        ? count(ConfusionMode::Baseline) + count(ConfusionMode::Tta) > 0
        : count(mode) > 0;
    if (any)
        Q_EMIT imagesAsked(
            shownRepeat(), queryFor(mode, label, predicted, count(ConfusionMode::Difference)));
}

CurvePane::CurvePane(QWidget* parent)
    : DetailPane(new CopiesCurveChart(parent), tr("Copies"), QStringLiteral("copies"), parent)
    , m_chart(static_cast<CopiesCurveChart*>(chart()))
{
}

void CurvePane::fill(const ComparedData& compared)
{
    if (!showRepeats(compared))
        return m_chart->clear();
    const auto found = details(compared);
    if (!found)
        return m_chart->clear();
    m_chart->setCurve(found->curve);
    setNote(tr("Read from this run's own test images: a number of copies chosen here must be "
               "confirmed on others."));
}

} // namespace augury
