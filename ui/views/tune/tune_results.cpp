// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/tune_results.h"

#include "ui/charts/chart_widget.h"
#include "ui/session/eta.h"
#include "ui/session/number_text.h"
#include "ui/views/tune/confirmations_pane.h"
#include "ui/views/tune/greedy_pane.h"
#include "ui/views/tune/search_charts.h"
#include "ui/views/tune/trial_bar.h"
#include "ui/views/tune/trials_pane.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/section.h"

#include <QLabel>
#include <QLocale>
#include <QScopedValueRollback>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace augury {

namespace {

TuneResults::Tab firstTab(TuneMethod method)
{
    switch (method) {
    case TuneMethod::Sweep:
        return TuneResults::Map;
    case TuneMethod::Weights:
        return TuneResults::Weights;
    case TuneMethod::Copies:
    case TuneMethod::Greedy:
    case TuneMethod::Sensitivity:
        break;
    }
    return TuneResults::Curve;
}

bool fits(TuneResults::Tab tab, TuneMethod method)
{
    switch (tab) {
    case TuneResults::Curve:
        return method == TuneMethod::Copies || method == TuneMethod::Greedy
            || method == TuneMethod::Sensitivity;
    case TuneResults::Map:
        return method == TuneMethod::Sweep;
    case TuneResults::Views:
        return method == TuneMethod::Greedy;
    case TuneResults::Weights:
        return method == TuneMethod::Weights;
    default:
        return true;
    }
}

std::size_t at(TuneMethod method)
{
    return static_cast<std::size_t>(method);
}

} // namespace

QString headlineOf(const TuneShown& shown)
{
    if (shown.judgement && shown.judgement->best >= 0)
        return QString::fromStdString(
            judgementText(*shown.judgement, shown.trials, shown.run.outcome.tried));
    const auto found = std::ranges::find(shown.trials, shown.best, &Trial::index);
    if (found == shown.trials.end())
        return shown.run.running
            ? TuneResults::tr("The first configurations are being tried.")
            : TuneResults::tr("No configuration was tried to the end: there is nothing to judge.");
    const auto words = QString::fromStdString(describe(found->configuration));
    const auto images =
        countText(found->images(), TuneResults::tr("%1 image"), TuneResults::tr("%1 images"));
    if (!shown.run.running)
        return TuneResults::tr("No configuration was tried to the end. The best so far is %1, with "
                               "a lift of %2 points on %3; that is no judgement yet.")
            .arg(words, pointsText(found->comparison.lift()), images);
    return TuneResults::tr("Best so far: %1, with a lift of %2 points on %3. The judgement comes "
                           "when all are tried.")
        .arg(words, pointsText(found->comparison.lift()), images);
}

QString captionOf(const TuneShown& shown)
{
    const auto& run = shown.run;
    const QLocale locale;
    QStringList parts;
    if (!run.name.isEmpty())
        parts << run.name;
    if (!run.dataName.empty())
        parts << QString::fromStdString(run.dataName);
    const auto done = std::ranges::count_if(
        shown.trials, [](const Trial& trial) { return trial.state != Trial::State::Waiting; });
    parts << TuneResults::tr("%1 of %2")
                 .arg(locale.toString(static_cast<qlonglong>(triedSoFar(run))),
                     countText(configurationsOf(run.spec), TuneResults::tr("%1 configuration"),
                         TuneResults::tr("%1 configurations")));
    if (!run.running)
        parts << TuneResults::tr("%1 passes")
                     .arg(locale.toString(static_cast<qlonglong>(run.outcome.passes)));
    if (run.outcome.seconds > 0)
        parts << clockText(run.outcome.seconds);
    if (run.finished.isValid())
        parts << locale.toString(run.finished.toLocalTime(), QLocale::ShortFormat);
    if (run.running)
        parts << TuneResults::tr("running");
    else if (run.outcome.stopped)
        parts << TuneResults::tr("stopped: %1 tried to the end, the rest can be resumed")
                     .arg(locale.toString(static_cast<qlonglong>(done)));
    for (auto& part : parts)
        part = part.size() < 60 ? unbroken(part) : part;
    return parts.join(QStringLiteral(" · "));
}

TuneResults::TuneResults(QWidget* parent)
    : QWidget(parent)
    , m_headline(new QLabel(this))
    , m_noise(new MessageBar(this))
    , m_caption(Section::makeNote({}, this))
    , m_bar(new TrialBar(this))
    , m_tabs(new QTabBar(this))
    , m_confirmations(new ConfirmationsPane(this))
{
    m_choices.fill(-1);
    for (int i = 0; i < tuneMethods; ++i)
        m_lastTab[static_cast<std::size_t>(i)] = firstTab(static_cast<TuneMethod>(i));
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setAccessibleDescription(tr("What the search says"));
    auto font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.1);
    m_headline->setFont(font);
    m_noise->setClosable(false);
    m_tabs->setAccessibleName(tr("Results"));
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideNone);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_headline);
    column->addWidget(m_noise);
    column->addWidget(m_caption);
    column->addWidget(m_bar);
    column->addWidget(m_tabs);
    addPane(Curve, new MeasurePane(this), tr("A measure against copies, steps or strength"));
    addPane(Map, new MapPane(this), tr("Two of the things that were varied against each other"));
    addPane(Views, new GreedyPane(this), tr("The list that was chosen, and what each view does"));
    addPane(Weights, new WeightsPane(this), tr("What each view weighs, and whether that helps"));
    addPane(Cost, new CostPane(this), tr("What more passes buy"));
    addPane(Trials, new TrialsPane(this), tr("Every configuration with its figures"));
    m_tabs->addTab(tr("Confirmations"));
    m_tabs->setTabToolTip(Confirmations, tr("What was tested on the test images"));
    column->addWidget(m_confirmations, 1);
    connect(m_confirmations, &ConfirmationsPane::tableSaved, this, &TuneResults::tableSaved);
    connect(m_confirmations, &ConfirmationsPane::failed, this, &TuneResults::failed);
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        if (m_offering)
            return;
        if (m_shown)
            m_lastTab[at(m_shown->run.spec.method)] = current();
        update(current());
        showPane();
        Q_EMIT currentChanged();
    });
    setSearch(std::nullopt);
}

void TuneResults::addPane(Tab tab, TunePane* pane, const QString& help)
{
    m_panes[static_cast<std::size_t>(tab)] = pane;
    m_tabs->addTab(pane->name());
    m_tabs->setTabToolTip(tab, help);
    // No QStackedWidget: it is as high as the highest of its pages would like to be.
    static_cast<QVBoxLayout*>(layout())->addWidget(pane, 1);
    pane->hide();
    connect(pane, &TunePane::trialChosen, this, &TuneResults::choose);
    connect(pane, &TunePane::tableSaved, this, &TuneResults::tableSaved);
    connect(pane, &TunePane::failed, this, &TuneResults::failed);
    connect(pane, &TunePane::refreshWanted, this, [this, tab] {
        m_stale[static_cast<std::size_t>(tab)] = true;
        if (tab == current())
            update(tab);
    });
    connect(pane, &TunePane::pictureStepped, this, [this](int by) {
        if (!m_shown || !m_shown->hasPictures())
            return;
        const auto count = static_cast<std::ptrdiff_t>(m_pictures.size());
        m_picture =
            static_cast<std::size_t>((static_cast<std::ptrdiff_t>(m_picture) + by + count) % count);
        showAll();
    });
    connect(pane, &TunePane::costLimitEdited, this, [this](std::optional<double> limit) {
        m_costLimit = limit;
        if (!m_shown)
            return;
        const auto place = limit ? bestUnder(m_shown->trials, *limit) : std::nullopt;
        choose(place ? m_shown->trials[*place].index : -1);
    });
}

void TuneResults::setSearch(std::optional<TuneShown> shown)
{
    m_shown = std::move(shown);
    offerTabs();
    showAll();
    showPane();
}

void TuneResults::offerTabs()
{
    QScopedValueRollback guard(m_offering, true);
    const auto wanted = m_shown ? m_lastTab[at(m_shown->run.spec.method)] : Confirmations;
    for (int tab = 0; tab < TabCount; ++tab) {
        const bool fitting =
            m_shown ? fits(static_cast<Tab>(tab), m_shown->run.spec.method) : tab == Confirmations;
        if (m_tabs->isTabVisible(tab) != fitting)
            m_tabs->setTabVisible(tab, fitting);
    }
    m_tabs->setCurrentIndex(wanted);
}

int TuneResults::userChoice(TuneMethod method) const
{
    return m_choices[at(method)];
}

void TuneResults::forgetChoice(TuneMethod method)
{
    m_choices[at(method)] = -1;
    if (m_lastTab[at(method)] == Confirmations)
        m_lastTab[at(method)] = firstTab(method);
}

void TuneResults::setPictures(const Split& pictures)
{
    if (pictures == m_pictures)
        return;
    m_pictures = pictures;
    m_picture = 0;
    showAll();
}

void TuneResults::choose(int trial)
{
    if (!m_shown)
        return;
    m_choices[at(m_shown->run.spec.method)] = trial;
    m_shown->chosen = trial < 0 ? m_shown->best : trial;
    showAll();
    Q_EMIT trialChosen();
}

void TuneResults::showAll()
{
    if (m_shown) {
        m_shown->costLimit = m_costLimit;
        m_shown->pictures = m_pictures;
        m_shown->picture = m_picture;
    }
    m_stale.fill(true);
    showHeadline();
    showBar();
    update(current());
}

void TuneResults::showHeadline()
{
    const bool noise = m_shown && m_shown->judgement && m_shown->judgement->best >= 0
        && m_shown->judgement->insideNoise;
    const auto text = m_shown ? headlineOf(*m_shown) : QString();
    if (const auto message = noise ? text : QString(); message != m_noise->text())
        m_noise->showMessage(MessageBar::Kind::Warning, message);
    m_headline->setText(noise ? QString() : text);
    m_headline->setVisible(!m_headline->text().isEmpty());
    m_caption->setText(m_shown ? captionOf(*m_shown) : QString());
    m_caption->setVisible(m_shown.has_value());
}

void TuneResults::showBar()
{
    const auto* trial = m_shown ? m_shown->chosenTrial() : nullptr;
    using enum TrialBar::Standing;
    m_bar->setTrial(trial ? std::optional(*trial) : std::nullopt,
        trial && trial->index != m_shown->best ? Chosen
            : m_shown && m_shown->run.running  ? BestSoFar
                                               : Best);
}

void TuneResults::update(Tab tab)
{
    auto* pane = this->pane(tab);
    if (pane && m_shown && std::exchange(m_stale[static_cast<std::size_t>(tab)], false))
        pane->setSearch(*m_shown);
}

void TuneResults::showPane()
{
    const auto front = current();
    for (int tab = 0; tab < Confirmations; ++tab) {
        if (tab != front)
            m_panes[static_cast<std::size_t>(tab)]->hide();
    }
    m_confirmations->setVisible(front == Confirmations);
    if (front != Confirmations)
        pane(front)->show();
}

void TuneResults::showConfirmations()
{
    setCurrent(Confirmations);
}

TuneResults::Tab TuneResults::current() const
{
    return static_cast<Tab>(std::max(0, m_tabs->currentIndex()));
}

void TuneResults::setCurrent(Tab tab)
{
    if (isOffered(tab))
        m_tabs->setCurrentIndex(tab);
}

bool TuneResults::isOffered(Tab tab) const
{
    return m_tabs->isTabVisible(tab);
}

TunePane* TuneResults::pane(Tab tab) const
{
    return m_panes[static_cast<std::size_t>(tab)];
}

QString TuneResults::currentKey() const
{
    const auto* front = pane(current());
    return front ? front->key() : QStringLiteral("confirmations");
}

std::vector<ChartWidget*> TuneResults::charts()
{
    std::vector<ChartWidget*> found;
    const auto add = [&](Tab tab) {
        update(tab);
        auto* chart = tab == Confirmations ? m_confirmations->chart()
            : m_shown                      ? pane(tab)->chart()
                                           : nullptr;
        if (chart && isOffered(tab))
            found.push_back(chart);
    };
    add(current());
    for (int tab = 0; tab < TabCount; ++tab) {
        if (tab != current() && isOffered(static_cast<Tab>(tab)))
            add(static_cast<Tab>(tab));
    }
    return found;
}

QString TuneResults::headlineText() const
{
    return isCalledNoise() ? m_noise->text() : m_headline->text();
}

QString TuneResults::captionText() const
{
    return m_caption->text();
}

bool TuneResults::isCalledNoise() const
{
    return !m_noise->text().isEmpty();
}

} // namespace augury
