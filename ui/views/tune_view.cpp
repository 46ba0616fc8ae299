// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune_view.h"

#include "ui/session/tuner.h"
#include "ui/views/missing_data.h"
#include "ui/views/tune/confirmations_pane.h"
#include "ui/views/tune/honesty_strip.h"
#include "ui/views/tune/method_bar.h"
#include "ui/views/tune/trial_bar.h"
#include "ui/views/tune/tune_forms.h"
#include "ui/views/tune/tune_plan.h"
#include "ui/views/tune/tune_results.h"
#include "ui/views/tune/tune_words.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/fold_group.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/scroll_page.h"

#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace augury {

namespace {
constexpr int s_pace = 100; // ms: at most ten refreshes a second

/// One that was stopped before anything was tried is not kept.
bool canGoOn(const TuneRun& run)
{
    return run.outcome.stopped && run.id > 0 && !run.outcome.trials.empty();
}

} // namespace

TuneView::TuneView(Session& session, Tuner& tuner, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_tuner(tuner)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_message(new MessageBar(this))
    , m_obstacle(new MessageBar(this))
    , m_outdated(new MessageBar(this))
{
    m_obstacle->setClosable(false);
    m_outdated->setClosable(false);
    m_train = m_obstacle->addAction(
        tr("Set validation images aside and train …"), [this] { Q_EMIT trainWanted(); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildPage());

    m_pace.setSingleShot(true);
    m_pace.setInterval(s_pace);
    connect(&m_pace, &QTimer::timeout, this, [this] {
        if (m_stale)
            showRun();
    });
    connect(m_empty, &EmptyState::clicked, this, [this] {
        if (!m_session.dataset())
            m_session.openData(m_session.dataPath());
    });
    connect(m_methods, &MethodBar::methodChanged, this, [this] {
        showMethod();
        Q_EMIT resultsChanged();
    });
    connect(m_forms, &TuneForms::edited, this, &TuneView::showPlan);
    connect(m_plan, &TunePlan::startClicked, this, [this] {
        m_message->clear();
        m_results->forgetChoice(method());
        m_tuner.start(m_forms->front()->spec());
    });
    connect(m_plan, &TunePlan::stopClicked, &m_session, &Session::stop);
    connect(m_plan, &TunePlan::resumeClicked, this, [this] {
        m_message->clear();
        if (const auto* run = m_tuner.run(method()))
            m_tuner.resume(run->id);
    });
    m_empty->button()->setAccessibleName(tr("Try again")); // also while it says nothing
    connectTuner();
    connectResults();
    showMethod();
    showConfirmations(-1);
}

QWidget* TuneView::buildPage()
{
    auto* page = new QWidget(this);
    m_methods = new MethodBar(page);
    m_honesty = new HonestyStrip(page);
    m_scroll = makeScrollable(buildContent(), page);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_methods);
    column->addWidget(m_honesty); // in sight, however far one scrolls
    column->addWidget(m_scroll, 1);
    return page;
}

QWidget* TuneView::buildContent()
{
    auto* content = new QWidget(this);
    m_fold = new FoldGroup(tr("What to try"), tr("The settings of the next search"), content);
    m_forms = new TuneForms(m_fold->content());
    m_fold->column()->addWidget(m_forms);
    m_fold->setUnfolded(true);
    m_plan = new TunePlan(content);
    m_results = new TuneResults(content);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_obstacle);
    column->addWidget(m_fold);
    column->addWidget(m_plan);
    column->addWidget(m_outdated);
    column->addWidget(m_results, 1);
    m_rest = new QWidget(content);
    column->addWidget(m_rest, 1);
    return content;
}

void TuneView::connectTuner()
{
    connect(&m_tuner, &Tuner::availabilityChanged, this, &TuneView::showAvailability);
    connect(&m_tuner, &Tuner::runChanged, this, &TuneView::onRunChanged);
    connect(&m_tuner, &Tuner::ended, this, &TuneView::onEnded);
    connect(&m_tuner, &Tuner::opened, this, [this](TuneMethod method) {
        m_results->forgetChoice(method);
        if (const auto* run = m_tuner.run(method))
            m_forms->form(method)->showSpec(run->spec);
        setMethod(method);
        showMethod();
    });
    connect(&m_tuner, &Tuner::confirmationsChanged, this, [this] { showConfirmations(-1); });
    connect(&m_tuner, &Tuner::confirmed, this, [this](TuneMethod method, int first) {
        setMethod(method);
        showConfirmations(first);
        m_results->showConfirmations();
        // Once it is laid out: what it gave belongs in sight.
        QTimer::singleShot(
            0, this, [this] { m_scroll->ensureWidgetVisible(m_results->confirmations(), 0, 0); });
    });
    connect(&m_tuner, &Tuner::failed, this, &TuneView::showError);
    connect(&m_session, &Session::taskChanged, this, &TuneView::showAvailability);
    connect(&m_session, &Session::stopping, this, [this] {
        m_stopping = true;
        showPlan();
    });
    connect(&m_session, &Session::dataChanged, this, &TuneView::showAvailability);
    connect(&m_session, &Session::modelChanged, this, &TuneView::showAvailability);
    connect(&m_session.settings(), &Settings::changed, this, &TuneView::showAvailability);
}

void TuneView::connectResults()
{
    const auto chosen = [this](auto&& act) {
        return [this, act] {
            const auto& shown = m_results->search();
            if (const auto* trial = shown ? shown->chosenTrial() : nullptr)
                act(*trial);
        };
    };
    auto* bar = m_results->bar();
    connect(bar, &TrialBar::useClicked, this, chosen([this](const Trial& trial) {
        m_tuner.use(trial.configuration);
        m_message->showMessage(MessageBar::Kind::Note,
            tr("The Setup panel has %1 now. Undo brings back what it had.")
                .arg(QString::fromStdString(describe(trial.configuration))));
    }));
    connect(bar, &TrialBar::lookClicked, this,
        chosen([this](const Trial& trial) { Q_EMIT inspectWanted(trial.configuration); }));
    connect(bar, &TrialBar::compareClicked, this,
        chosen([this](const Trial& trial) { Q_EMIT compareWanted(trial.configuration); }));
    connect(bar, &TrialBar::projectClicked, this,
        chosen([this](const Trial& trial) { Q_EMIT projectWanted(trial.configuration); }));
    connect(bar, &TrialBar::confirmClicked, this, [this](bool tutorialToo) {
        const auto& shown = m_results->search();
        if (!shown || shown->chosen < 0)
            return;
        m_message->clear();
        m_tuner.confirm(method(), {shown->chosen}, tutorialToo);
    });
    connect(m_results, &TuneResults::currentChanged, this, &TuneView::resultsChanged);
    connect(m_results, &TuneResults::tableSaved, this, &TuneView::tableSaved);
    connect(m_results, &TuneResults::failed, this, &TuneView::showError);
}

TuneMethod TuneView::method() const
{
    return m_methods->method();
}

void TuneView::setMethod(TuneMethod method)
{
    m_methods->setMethod(method);
}

void TuneView::onRunChanged(TuneMethod method)
{
    const auto* run = m_tuner.run(method);
    m_methods->setRunning(method, run && run->running);
    if (method != this->method())
        return;
    m_stale = m_pace.isActive();
    if (!m_stale)
        showRun();
}

void TuneView::onEnded(TuneMethod method)
{
    m_methods->setRunning(method, false);
    if (method != this->method())
        return;
    const auto* run = m_tuner.run(method);
    if (run && run->outcome.stopped)
        m_message->showMessage(MessageBar::Kind::Note,
            canGoOn(*run)
                ? tr("Stopped. What was tried is kept, and Resume goes on where it ended.")
                : tr("Stopped."));
    showRun();
}

void TuneView::showMethod()
{
    m_forms->setMethod(method());
    showRun();
}

void TuneView::showRun()
{
    ++m_refreshes;
    m_stale = false;
    m_pace.start();
    const auto* run = m_tuner.run(method());
    // What is tried is settled: the room is for what comes of it.
    if (run && m_folded != run->id)
        m_fold->setUnfolded(false);
    else if (!run && m_folded)
        m_fold->setUnfolded(true);
    m_folded = run ? std::optional(run->id) : std::nullopt;
    showResults();
    m_results->setSearch(
        run ? std::optional(shownOf(*run, m_results->userChoice(method()))) : std::nullopt);
    showAvailability();
    Q_EMIT resultsChanged();
}

void TuneView::showResults()
{
    const bool any = m_tuner.run(method()) || !m_tuner.confirmations().empty();
    m_results->setVisible(any);
    m_rest->setVisible(!any); // the room that they leave
}

void TuneView::showAvailability()
{
    const bool missing = !m_session.dataset() && !m_tuner.run(method());
    if (missing)
        showMissingData(*m_empty, m_session);
    m_pages->setCurrentIndex(missing ? 0 : 1);

    FormContext context;
    context.config = m_session.settings().config();
    if (const auto dataset = m_session.dataset(); dataset && dataset->test)
        context.shape = dataset->test->shape;
    context.validationImages = m_tuner.validationImages();
    m_forms->setContext(context);
    m_results->setPictures(m_tuner.validation());

    const auto obstacle = m_session.isBusy() ? QString() : m_tuner.obstacle();
    m_train->setVisible(m_tuner.lacksValidation());
    if (obstacle != m_obstacle->text())
        m_obstacle->showMessage(MessageBar::Kind::Warning, obstacle);

    const auto* run = m_tuner.run(method());
    const bool current = run && m_tuner.isCurrent(*run);
    const auto outdated = run && !run->running && !current
        ? tr("This search is about another model or other data than those in hand. Its figures "
             "stand, but it cannot be confirmed or resumed with these.")
        : QString();
    if (outdated != m_outdated->text())
        m_outdated->showMessage(MessageBar::Kind::Warning, outdated);

    TrialActions actions;
    const auto other = tr("Another model or other data are in hand than those of this search.");
    actions.cannotLook = current ? QString() : other;
    actions.cannotConfirm = run && run->running ? tr("The search is not over yet.")
        : !current                              ? other
        : m_tuner.testImages() == 0             ? tr("There are no test images.")
                                                : obstacle;
    actions.busy = m_session.isBusy();
    actions.confirmedBefore = static_cast<int>(m_tuner.confirmations().size());
    m_results->bar()->setActions(actions);
    showHonesty();
    showPlan();
}

void TuneView::showHonesty()
{
    const auto* run = m_tuner.run(method());
    HonestyFacts facts;
    if (run) {
        facts.searchImages = run->searchImages;
        facts.validationImages = run->validationImages;
        facts.tried = triedSoFar(*run);
        facts.testImages = run->testImages;
    } else {
        facts.validationImages = m_tuner.validationImages();
        facts.searchImages = m_forms->front()->spec().images;
        facts.testImages = m_tuner.testImages();
    }
    facts.confirmations = m_tuner.confirmations().size();
    m_honesty->setFacts(facts);
}

void TuneView::showPlan()
{
    const auto* run = m_tuner.run(method());
    const bool over = run && !run->running;
    m_plan->setAgain(over);
    m_plan->setResumable(over && canGoOn(*run),
        !m_session.isBusy() && m_tuner.obstacle().isEmpty() && run && m_tuner.isCurrent(*run));
    const auto* form = m_forms->front();
    m_stopping = m_stopping && m_session.isBusy();
    if (run && run->running) {
        m_plan->setState(m_stopping ? TunePlan::State::Stopping : TunePlan::State::Running,
            planText(run->spec, run->validationImages, std::nullopt));
        return;
    }
    if (!form->problems().isEmpty()) {
        m_plan->setState(TunePlan::State::Blocked, form->problems().front());
        return;
    }
    const auto spec = form->spec();
    const auto plan = planText(spec, m_tuner.validationImages(), m_tuner.estimate(spec));
    const auto obstacle = m_tuner.obstacle();
    // One that stands above need not be said twice.
    const bool said = obstacle == m_obstacle->text();
    m_plan->setState(obstacle.isEmpty() ? TunePlan::State::Ready : TunePlan::State::Blocked,
        obstacle.isEmpty() || said ? plan : tr("%1 %2").arg(plan, obstacle));
    if (!run)
        showHonesty();
}

void TuneView::showConfirmations(int newest)
{
    m_results->confirmations()->setConfirmations(m_tuner.confirmations(), newest);
    showResults();
    showAvailability();
    Q_EMIT resultsChanged();
}

QString TuneView::messageText() const
{
    return m_message->text();
}

QString TuneView::outdatedText() const
{
    return m_outdated->text();
}

QString TuneView::obstacleText() const
{
    return m_obstacle->text();
}

void TuneView::showError(const QString& message)
{
    m_message->showMessage(MessageBar::Kind::Error, message);
}

} // namespace augury
