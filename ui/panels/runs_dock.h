// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"

#include <QDockWidget>
#include <QList>

#include <cstdint>
#include <optional>
#include <vector>

class QAction;
class QLabel;
class QStackedWidget;
class QTableView;

namespace augury {

class MessageBar;
class RunHistory;
class RunsBar;
class RunsFilter;
class RunsTable;
struct RunInfo;

bool isComparable(const RunInfo& run); ///< repeats, and there is something to see
bool isResumable(const RunInfo& run); ///< stopped repeats or searches that are not all done
bool isSearch(const RunInfo& run); ///< and there is something to see

/// The history of runs: a table to search, sort and edit, and what can be done with a run. Files
/// of runs that are dropped on it are imported.
class RunsDock : public QDockWidget {
    Q_OBJECT

public:
    explicit RunsDock(RunHistory& history, QWidget* parent = nullptr);

    void setBusy(bool busy); ///< a job runs: nothing can be resumed now
    std::vector<std::int64_t> selected() const; ///< as the table shows them
    QTableView* table() const;
    QString messageText() const; ///< of what went wrong, or was deleted
    QString emptyText() const; ///< in place of the table; empty while there are rows
    /// Open, add, resume, settings, report, delete, rename, tags, note, copy, export, import: as
    /// in the menu.
    QAction* action(const QString& name) const;

    /// Order, widths and visibility of the columns, and what is sorted by.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

Q_SIGNALS:
    /// On the Compare page, alone; where several are opened, compareWanted() follows.
    void openWanted(std::int64_t id);
    void compareWanted(const std::vector<std::int64_t>& ids); ///< beside what is shown there
    void searchWanted(std::int64_t id); ///< on the Tune page
    void resumeWanted(std::int64_t id, bool search);
    /// The settings of a run, for the project in the window.
    void settingsWanted(const augury::ExperimentConfig& config, const QString& title);
    void reportWanted(std::int64_t id); ///< a file of it is to be written
    void told(const QString& message); ///< for the status bar

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void addActions();
    void connectHistory();
    QAction* add(
        const char* name, const QString& text, const QString& toolTip, void (RunsDock::*run)());
    std::vector<const RunInfo*> selectedRuns() const;
    std::vector<std::int64_t> comparable() const; ///< of those that are selected
    /// Ctrl+Z while a deletion can be undone: here it is that, not the window's.
    bool isForDeleted(const QEvent& event) const;
    void refresh(); ///< what can be done now
    void showPage();
    void select(const std::vector<std::int64_t>& ids);

    void openSelected();
    void compareSelected();
    void resumeSelected();
    void useSettings();
    void reportSelected();
    void askExport();
    void askImport();
    void renameSelected();
    void editTags();
    void editNote();
    void deleteSelected();
    void bringBack(); ///< what was deleted last
    void copySelected();

    RunHistory& m_history;
    RunsFilter* m_filter = nullptr;
    RunsBar* m_bar = nullptr;
    RunsTable* m_table = nullptr;
    QStackedWidget* m_pages = nullptr;
    QLabel* m_empty = nullptr;
    MessageBar* m_problem = nullptr; ///< as long as the history has one
    MessageBar* m_message = nullptr; ///< what failed
    MessageBar* m_deleted = nullptr; ///< with a button that brings it back
    QList<QAction*> m_actions;
    std::vector<std::int64_t> m_lastDeleted;
    std::vector<std::int64_t> m_toSelect; ///< once they are listed
    bool m_busy = false;
};

} // namespace augury
