// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/unsaved_guard.h"

#include "ui/session/project_file.h"
#include "ui/session/session.h"
#include "ui/widgets/message_bar.h"

#include <QPushButton>

#include <utility>

namespace augury {

UnsavedGuard::UnsavedGuard(Session& session, ProjectFile& project, MessageBar* bar)
    : QObject(bar)
    , m_session(session)
    , m_project(project)
    , m_bar(bar)
{
    m_saveProject = m_bar->addAction(tr("Save"), [this] { Q_EMIT saveProjectWanted(); });
    m_saveModel = m_bar->addAction(tr("Save the model…"), [this] {
        m_closeWhenSaved = true;
        Q_EMIT saveModelWanted();
    });
    m_discard = m_bar->addAction(tr("Discard"), [this] { giveUp(); });
    m_bar->addAction(tr("Cancel"), [this] { forget(); });

    connect(&m_session, &Session::taskChanged, this, [this] {
        // "Close again" must not stay armed while something else goes on.
        if (m_session.isBusy())
            m_bar->clear();
        if (m_session.isBusy() && m_session.task() != Session::Task::SaveModel)
            m_closeWhenSaved = false;
    });
    connect(&m_session, &Session::modelChanged, this, [this] {
        m_discarded = false;
        if (m_asking == Asking::Closing && !m_session.hasUnsavedModel() && !projectWouldBeLost())
            m_bar->clear();
    });
    connect(&m_session, &Session::taskEnded, this,
        [this](Session::Task task, JobEnd end, const QString&) {
            if (task != Session::Task::SaveModel || !std::exchange(m_closeWhenSaved, false)
                || end != JobEnd::Succeeded)
                return;
            forget();
            Q_EMIT closeWanted();
        });
    connect(&m_project, &ProjectFile::saved, this, [this] {
        if (!isAsking())
            return;
        const auto asked = m_asking;
        auto then = std::move(m_then);
        forget();
        if (asked == Asking::Closing)
            Q_EMIT closeWanted(); // and what is unsaved still is asked about
        else
            beforeReplacing(std::move(then));
    });
    connect(&m_project, &ProjectFile::saveFailed, this, &UnsavedGuard::forget);
    connect(&m_project.undoStack(), &QUndoStack::indexChanged, this, [this] {
        m_discarded = false;
        if (isAsking() && m_asking == Asking::Replacing && !m_project.isDirty())
            forget();
    });
}

QString UnsavedGuard::text() const
{
    return m_bar->text();
}

bool UnsavedGuard::isAsking() const
{
    return m_asking != Asking::Nothing && !m_bar->text().isEmpty();
}

bool UnsavedGuard::projectWouldBeLost() const
{
    return m_project.isDirty() && !m_project.path().isEmpty();
}

bool UnsavedGuard::modelWouldBeLost() const
{
    return m_session.hasUnsavedModel();
}

void UnsavedGuard::beforeReplacing(std::function<void()> then)
{
    forget();
    if (!m_project.isDirty()) {
        then();
        return;
    }
    m_then = std::move(then);
    ask(Asking::Replacing);
}

bool UnsavedGuard::mayClose()
{
    const bool project = projectWouldBeLost();
    const bool model = modelWouldBeLost();
    if (m_discarded || (!project && !model))
        return true;
    if (!project && isAsking() && m_asking == Asking::Closing)
        return true;
    forget();
    ask(Asking::Closing);
    return false;
}

void UnsavedGuard::ask(Asking what)
{
    m_asking = what;
    const bool closing = what == Asking::Closing;
    const bool model = closing && modelWouldBeLost();
    const bool project = !closing || projectWouldBeLost();
    m_saveProject->setText(m_project.path().isEmpty() ? tr("Save as…") : tr("Save"));
    m_saveProject->setVisible(project);
    m_saveModel->setVisible(model);
    m_discard->setText(closing ? tr("Close without saving") : tr("Go on without saving"));
    const auto text = !project
        ? tr("The trained model is not saved and would be lost. Close again to go without it.")
        : model ? tr("The changes of the project %1 and the trained model are not saved, and would "
                     "be lost.")
                      .arg(m_project.name())
        : m_project.path().isEmpty()
        ? tr("The settings here are not saved in any project, and would be lost.")
        : tr("The changes of the project %1 are not saved, and would be lost.")
              .arg(m_project.name());
    m_bar->showMessage(MessageBar::Kind::Warning, text);
}

void UnsavedGuard::giveUp()
{
    const auto asked = m_asking;
    const auto then = std::move(m_then);
    forget();
    if (asked == Asking::Closing) {
        m_discarded = true;
        Q_EMIT closeWanted();
    } else if (then) {
        then();
    }
}

void UnsavedGuard::forget()
{
    m_asking = Asking::Nothing;
    m_then = {};
    m_bar->clear();
}

} // namespace augury
