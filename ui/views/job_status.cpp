// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/job_status.h"

#include "ui/session/session.h"
#include "ui/widgets/job_bar.h"

#include <QCoreApplication>

namespace augury {

namespace {

using Task = Session::Task;

struct Texts {
    const char* running;
    const char* failed;
    const char* done;
};

Texts textsOf(Task task)
{
    switch (task) {
    case Task::None:
        break;
    case Task::OpenData:
        return {QT_TRANSLATE_NOOP("JobStatus", "Opening data"),
            QT_TRANSLATE_NOOP("JobStatus", "The data set can't be opened"),
            QT_TRANSLATE_NOOP("JobStatus", "Data set opened")};
    case Task::OpenImages:
        return {QT_TRANSLATE_NOOP("JobStatus", "Opening images"),
            QT_TRANSLATE_NOOP("JobStatus", "The images can't be opened"),
            QT_TRANSLATE_NOOP("JobStatus", "Images opened")};
    case Task::LoadModel:
        return {QT_TRANSLATE_NOOP("JobStatus", "Loading a model"),
            QT_TRANSLATE_NOOP("JobStatus", "The model can't be loaded"),
            QT_TRANSLATE_NOOP("JobStatus", "Model loaded")};
    case Task::SaveModel:
        return {QT_TRANSLATE_NOOP("JobStatus", "Saving the model"),
            QT_TRANSLATE_NOOP("JobStatus", "The model can't be saved"),
            QT_TRANSLATE_NOOP("JobStatus", "Model saved")};
    case Task::Train:
        return {QT_TRANSLATE_NOOP("JobStatus", "Training"),
            QT_TRANSLATE_NOOP("JobStatus", "The training failed"),
            QT_TRANSLATE_NOOP("JobStatus", "Training is done")};
    case Task::Evaluate:
        return {QT_TRANSLATE_NOOP("JobStatus", "Evaluating"),
            QT_TRANSLATE_NOOP("JobStatus", "The evaluation failed"),
            QT_TRANSLATE_NOOP("JobStatus", "Evaluated")};
    case Task::Repeats:
        return {QT_TRANSLATE_NOOP("JobStatus", "Running repeats"),
            QT_TRANSLATE_NOOP("JobStatus", "The repeats failed"),
            QT_TRANSLATE_NOOP("JobStatus", "All repeats are done")};
    case Task::Tune:
        return {QT_TRANSLATE_NOOP("JobStatus", "Tuning"),
            QT_TRANSLATE_NOOP("JobStatus", "The search failed"),
            QT_TRANSLATE_NOOP("JobStatus", "The search is done")};
    case Task::Confirm:
        return {QT_TRANSLATE_NOOP("JobStatus", "Confirming on the test images"),
            QT_TRANSLATE_NOOP("JobStatus", "The confirmation failed"),
            QT_TRANSLATE_NOOP("JobStatus", "Confirmed")};
    }
    return {"", "", ""};
}

QString translated(const char* text)
{
    return QCoreApplication::translate("JobStatus", text);
}

} // namespace

void showJobs(JobBar& bar, Session& session)
{
    QObject::connect(&session, &Session::taskChanged, &bar, [&bar, &session] {
        if (session.isBusy())
            bar.showJob(translated(textsOf(session.task()).running));
    });
    QObject::connect(&session, &Session::progressed, &bar, &JobBar::showProgress);
    QObject::connect(&session, &Session::stopping, &bar, [&bar, &session] {
        if (session.isBusy())
            bar.showStopping();
    });
    QObject::connect(&session, &Session::taskEnded, &bar,
        [&bar, &session](Task task, JobEnd end, const QString&) {
            if (session.isBusy())
                return; // opening other data has replaced it
            if (end == JobEnd::Stopped)
                bar.showIdle(QCoreApplication::translate("JobStatus", "Stopped"));
            else
                bar.showIdle(
                    translated(end == JobEnd::Failed ? textsOf(task).failed : textsOf(task).done));
        });
    QObject::connect(&bar, &JobBar::stopClicked, &session, &Session::stop);
}

} // namespace augury
