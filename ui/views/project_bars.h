// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/autosave.h"

#include <QWidget>

#include <vector>

namespace augury {

class MessageBar;
class ProjectFile;
class UnsavedGuard;

/// What is to be said about the project, above the pages: what went wrong with its file, what it
/// names but is not there, and what a killed program has left behind.
class ProjectBars : public QWidget {
    Q_OBJECT

public:
    ProjectBars(ProjectFile& project, QWidget* parent);

    void setGuard(UnsavedGuard& guard) { m_guard = &guard; }
    MessageBar* unsavedBar() const { return m_unsaved; } ///< the guard's

    /// Offers what is found, unless it is just what the window shows.
    void offerRecovery();
    void showWarning(const QString& text);
    void showError(const QString& text);

    QString text() const; ///< the most urgent of them
    MessageBar* recoveryBar() const { return m_recovery; }

private:
    void showNextRecovery();
    bool isShown(const Recoverable& found) const;

    ProjectFile& m_project;
    UnsavedGuard* m_guard = nullptr;
    MessageBar* m_message;
    MessageBar* m_unsaved;
    MessageBar* m_recovery;
    std::vector<Recoverable> m_found;
};

} // namespace augury
