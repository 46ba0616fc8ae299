// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/run_images.h"

#include <QDir>
#include <QTimer>

#include <algorithm>

namespace augury {

namespace {

bool sameOpening(const ExperimentConfig& a, const ExperimentConfig& b)
{
    return QDir::cleanPath(QString::fromStdString(a.dataPath))
        == QDir::cleanPath(QString::fromStdString(b.dataPath))
        && a.splitSeed == b.splitSeed;
}

} // namespace

RunImages::RunImages(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&m_session, &Session::taskEnded, this, &RunImages::onTaskEnded);
}

QString RunImages::obstacle(const RepeatsRun& run) const
{
    if (run.config.vote.rule == VoteRule::Learned)
        return tr("The vote rule of %1 learned its weights in each repeat, and they are not kept: "
                  "its images cannot be shown on the Inspect page.")
            .arg(runName(run));
    if (m_wanted)
        return tr("The images of another repeat are on their way. Wait for them, or stop the job.");
    if (m_session.isBusy())
        return tr("To show these images a network must look at them, and another job is at work. "
                  "Wait until it is done, or stop it, and click again.");
    return {};
}

bool RunImages::isNetworkAtHand(const RepeatsRun& run, int repeat) const
{
    if (run.models.contains(repeat))
        return true;
    const auto model = m_session.model();
    return model && model->origin && model->origin->run == run.id && model->origin->repeat == repeat
        && !model->stoppedEarly;
}

std::optional<double> RunImages::estimate(const RepeatsRun& run, int repeat) const
{
    // What it took then is closer than what the settings of now would take.
    const auto& repeats = run.outcome.repeats;
    const auto found = std::ranges::find(repeats, repeat, &RepeatResult::index);
    if (found != repeats.end() && found->trainSeconds > 0)
        return found->trainSeconds + found->evaluateSeconds;
    return m_session.trainEstimate();
}

void RunImages::open(const Wanted& wanted)
{
    if (!obstacle(*wanted.run).isEmpty())
        return;
    m_wanted = wanted;
    m_voted = false;
    m_step.reset();
    m_before = m_session.settings().config();
    // The data are opened with the settings' split seed: the settings come first.
    auto config = wanted.run->config;
    config.training.seed = repeatSeed(wanted.run->config, wanted.repeat);
    m_changed = config != m_before;
    if (m_changed)
        m_session.settings().setConfig(config);
    if (const auto& problems = m_session.settings().problems(); !problems.empty())
        return fail(
            tr("The settings of %1 cannot be used here: %2")
                .arg(runName(*wanted.run), QString::fromStdString(problems.front().message)));
    advance();
}

bool RunImages::hasData() const
{
    const auto dataset = m_session.dataset();
    if (!dataset)
        return false;
    if (dataset == m_wanted->run->dataset)
        return true;
    if (m_openedFor && m_opened.lock() == dataset)
        return sameOpening(*m_openedFor, m_wanted->run->config);
    auto inHand = m_before;
    inHand.dataPath = m_session.dataPath().toStdString();
    return sameOpening(inHand, m_wanted->run->config);
}

void RunImages::advance()
{
    if (!m_wanted || m_session.isBusy())
        return; // the end of that job leads here again
    const auto& run = *m_wanted->run;
    if (!hasData())
        return ask(Step::Data);
    const auto model = m_session.model();
    const bool inHand = model && model->origin && model->origin->run == run.id
        && model->origin->repeat == m_wanted->repeat && !model->stoppedEarly;
    if (!inHand)
        return ask(Step::Network);
    if (!m_voted)
        return ask(Step::Votes);
    finish();
}

void RunImages::ask(Step step)
{
    if (m_step == step)
        return fail(tr("Something else was begun meanwhile. Click again to see these images."));
    m_step = step;
    const auto& run = *m_wanted->run;
    switch (step) {
    case Step::Data:
        return m_session.openData(QString::fromStdString(run.config.dataPath));
    case Step::Network:
        if (const auto kept = run.models.find(m_wanted->repeat); kept != run.models.end()) {
            m_session.useModel(kept->second, run.config, run.id);
            return advance(); // own images may be brought to its shape first
        }
        return m_session.trainRepeat(
            run.config, run.outcome.threadsPerFit, m_wanted->repeat, run.id);
    case Step::Votes:
        return m_session.evaluate(SplitKind::Test, Session::Keep::Nowhere);
    }
}

void RunImages::onTaskEnded(Session::Task task, JobEnd end, const QString& message)
{
    if (!m_wanted)
        return;
    const bool ours = (m_step == Step::Data && task == Session::Task::OpenData)
        || (m_step == Step::Network && task == Session::Task::Train)
        || (m_step == Step::Votes && task == Session::Task::Evaluate);
    if (ours && end == JobEnd::Stopped)
        return fail(tr("Stopped: the images of %1 are not shown.")
                        .arg(repeatName(*m_wanted->run, m_wanted->repeat)));
    if (ours && end == JobEnd::Failed)
        return fail(message);
    if (ours && m_step == Step::Data) {
        m_opened = m_session.dataset();
        m_openedFor = m_wanted->run->config;
    }
    if (ours && m_step == Step::Votes)
        m_voted = true;
    // The window may begin something of its own at this signal: that goes first.
    QTimer::singleShot(0, this, &RunImages::advance);
}

void RunImages::fail(const QString& message)
{
    const bool noData = m_step == Step::Data || !m_step;
    m_wanted.reset();
    m_step.reset();
    // Settings of data that are not here would be of no use.
    if (noData && m_changed)
        m_session.settings().setConfig(m_before);
    Q_EMIT failed(message);
}

void RunImages::finish()
{
    const auto wanted = *m_wanted;
    m_wanted.reset();
    m_step.reset();
    Q_EMIT opened(wanted.query,
        m_changed ? tr("Setup now has the settings of %1; Undo takes them back.")
                        .arg(repeatName(*wanted.run, wanted.repeat))
                  : QString());
}

QString runName(const RepeatsRun& run)
{
    return run.id > 0 ? RunImages::tr("run %1").arg(run.id) : RunImages::tr("this run");
}

QString repeatName(const RepeatsRun& run, int repeat)
{
    return RunImages::tr("%1, repeat %2").arg(runName(run)).arg(repeat + 1);
}

} // namespace augury
