// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/run_images.h"

#include <QTimer>

#include <algorithm>

namespace augury {

RunImages::RunImages(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&m_session, &Session::taskEnded, this, &RunImages::onTaskEnded);
    connect(&m_session.settings(), &Settings::changed, this, &RunImages::onSettingsChanged);
}

QString RunImages::obstacle(const RepeatsRun& run) const
{
    if (isLearned(run.config.vote.rule) && run.config.vote.weights.empty())
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
    return run.models.contains(repeat) || isInHand(run, repeat);
}

bool RunImages::isInHand(const RepeatsRun& run, int repeat) const
{
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
    m_dataBefore = m_session.dataset();
    m_openingBefore = m_session.opening();
    // The settings come first: the data in hand follow their split seed.
    auto config = wanted.run->config;
    config.dataPath =
        m_session.hasDataOf(*wanted.run) ? m_openingBefore.folder : openingOf(*wanted.run).folder;
    config.training.seed = repeatSeed(wanted.run->config, wanted.repeat);
    m_changed = config != m_before;
    if (m_changed)
        m_session.settings().setConfig(config);
    m_during = m_session.settings().config(); // a control may have had a word in it
    if (const auto& problems = m_session.settings().problems(); !problems.empty())
        return fail(
            tr("The settings of %1 cannot be used here: %2")
                .arg(runName(*wanted.run), QString::fromStdString(problems.front().message)));
    advance();
}

void RunImages::onSettingsChanged()
{
    if (!m_wanted || !m_during)
        return;
    auto now = m_session.settings().config();
    if (m_wanted->run->config.dataPath.empty())
        now.dataPath = m_during->dataPath; // opening the sample data set fills it in
    if (now == *m_during)
        return;
    // Votes with other settings would pass for the repeat's. The job was for these images alone.
    using enum Session::Task;
    const bool stops = (m_step == Step::Network && m_session.task() == Train)
        || (m_step == Step::Votes && m_session.task() == Evaluate);
    const auto message =
        tr("Setup was changed meanwhile, so the images of %1 were not brought back.")
            .arg(repeatName(*m_wanted->run, m_wanted->repeat));
    end();
    if (stops)
        m_session.stop();
    Q_EMIT failed(message);
}

void RunImages::advance()
{
    if (!m_wanted || m_session.isBusy())
        return; // the end of that job leads here again
    const auto& run = *m_wanted->run;
    if (!m_session.hasDataOf(run))
        return ask(Step::Data);
    if (!isInHand(run, m_wanted->repeat))
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
        return m_session.openDataAs(openingOf(run));
    case Step::Network:
        if (const auto kept = run.models.find(m_wanted->repeat); kept != run.models.end()) {
            m_session.useModel(kept->second, run.config, run.id);
            return advance(); // own images may be brought to its shape first
        }
        return m_session.trainRepeat(
            run.config, run.outcome.threadsPerFit, m_wanted->repeat, run.id);
    case Step::Votes:
        // Its own data need no look at the history.
        return m_session.evaluate(SplitKind::Test, Session::Keep::Nowhere,
            run.dataset == m_session.dataset() ? 0 : run.id);
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
    if (ours && m_step == Step::Votes)
        m_voted = true;
    // The window may begin something of its own at this signal: that goes first.
    QTimer::singleShot(0, this, &RunImages::advance);
}

void RunImages::end()
{
    m_wanted.reset();
    m_step.reset();
    m_during.reset();
}

void RunImages::fail(const QString& message)
{
    end();
    // Without its images nobody wants its settings and its data.
    if (m_changed)
        m_session.settings().setConfig(m_before);
    if (!m_openingBefore.folder.empty() && m_dataBefore.lock() != m_session.dataset())
        QTimer::singleShot(0, &m_session, [&session = m_session, before = m_openingBefore] {
            if (!session.isBusy() || session.task() == Session::Task::OpenData)
                session.openDataAs(before);
        });
    Q_EMIT failed(message);
}

void RunImages::finish()
{
    const auto wanted = *m_wanted;
    end();
    Q_EMIT opened(wanted.query,
        m_changed ? tr("Setup now has the settings and the seed of %1; Undo takes them back.")
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
