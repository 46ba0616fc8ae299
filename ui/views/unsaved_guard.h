// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

class QPushButton;

namespace augury {

class MessageBar;
class ProjectFile;
class Session;

/// Asks in a bar before the changes of a project, or a network that was trained here, would be
/// lost. Nothing waits for the answer: what was to happen happens after it, or not at all.
class UnsavedGuard : public QObject {
    Q_OBJECT

public:
    /// `bar` is its alone.
    UnsavedGuard(Session& session, ProjectFile& project, MessageBar* bar);

    /// Does `then`, which gives the present project up: at once where nothing would be lost, else
    /// when the user has saved it or said that it may go.
    void beforeReplacing(std::function<void()> then);
    /// Whether the window may close now; otherwise it asks, and says closeWanted() in time. The
    /// settings of a project that was never saved come back at the next start: nobody is asked
    /// about them. A second request to close gives an unsaved network up, but no project.
    bool mayClose();
    QString text() const;

Q_SIGNALS:
    void saveProjectWanted();
    void saveModelWanted();
    void closeWanted();

private:
    enum class Asking { Nothing, Replacing, Closing };

    void ask(Asking what);
    void giveUp();
    void forget();
    bool projectWouldBeLost() const;
    bool modelWouldBeLost() const;
    bool isAsking() const; ///< the bar has not been closed

    Session& m_session;
    ProjectFile& m_project;
    MessageBar* m_bar;
    QPushButton* m_saveProject;
    QPushButton* m_saveModel;
    QPushButton* m_discard;
    Asking m_asking = Asking::Nothing;
    std::function<void()> m_then;
    bool m_discarded = false; ///< all that is unsaved now
    bool m_closeWhenSaved = false; ///< the model
};

} // namespace augury
