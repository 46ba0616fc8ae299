// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"

#include <QDockWidget>

#include <cstdint>
#include <vector>

class QTableView;

namespace augury {

class MessageBar;
class RunHistory;
class RunsFilter;

/// The history of runs: a table to search, sort and edit, and what can be done with a run.
class RunsDock : public QDockWidget {
    Q_OBJECT

public:
    explicit RunsDock(RunHistory& history, QWidget* parent = nullptr);

    void setBusy(bool busy); ///< a job runs: nothing can be resumed now
    std::vector<std::int64_t> selected() const;
    QTableView* table() const { return m_table; }
    QString messageText() const;

Q_SIGNALS:
    void openWanted(std::int64_t id); ///< on the Compare page, alone
    void compareWanted(const std::vector<std::int64_t>& ids); ///< beside what is shown there
    void resumeWanted(std::int64_t id);
    /// The settings of a run, for the project in the window.
    void settingsWanted(const augury::ExperimentConfig& config, const QString& title);
    void reportWanted(std::int64_t id); ///< a file of it is to be written
    void told(const QString& message); ///< for the status bar

private:
    RunHistory& m_history;
    RunsFilter* m_filter = nullptr;
    QTableView* m_table = nullptr;
    MessageBar* m_message = nullptr;
};

} // namespace augury
