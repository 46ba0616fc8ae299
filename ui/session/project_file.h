// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/autosave.h"
#include "ui/session/recent_paths.h"
#include "ui/session/settings.h"
#include "ui/session/worker.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QUndoStack>

#include <chrono>
#include <memory>
#include <optional>

namespace augury {

/// The project in the window: the settings with their undo and redo, the file they come from, and
/// the autosave of what is not saved yet. Verbs return at once; files are read and written on a
/// thread of its own, never behind a training, in the order of the calls. Let it get idle before it
/// goes. Lives on the window's thread.
class ProjectFile : public QObject {
    Q_OBJECT

public:
    /// How long unsaved changes may wait: until nothing was changed for `idle`, `most` at most.
    struct AutosaveTimes {
        std::chrono::milliseconds idle{2'000};
        std::chrono::milliseconds most{30'000};
    };

    /// Begins with the present settings as an untitled project without changes. Without an
    /// autosave folder (empty) what is unsaved is kept nowhere.
    ProjectFile(Settings& settings, std::filesystem::path autosaveFolder, AutosaveTimes times,
        QObject* parent = nullptr);
    explicit ProjectFile(Settings& settings, QObject* parent = nullptr);
    ~ProjectFile() override;

    /// $XDG_DATA_HOME/augury/autosave. Throws Error when there is no such place.
    static std::filesystem::path defaultAutosaveFolder();

    QString path() const { return m_path; } ///< empty: never saved
    QString name() const; ///< for a title: the file's name without its suffix, or "Untitled"
    bool isDirty() const { return m_dirty; }
    bool isIdle() const { return m_worker->isIdle(); }
    bool shows(const Project& project) const { return m_state == project; }

    /// Every edit of the settings, the model and the notes, by itself; edits of one field that
    /// follow closely are one. Whether there is something to save: isDirty().
    QUndoStack& undoStack() { return m_undo; }

    /// The network that `augury-cli run` evaluates instead of training; empty: it trains.
    QString model() const;
    void setModel(const QString& path);
    QString notes() const { return QString::fromStdString(m_state.notes); }
    void setNotes(const QString& notes);

    RecentPaths& recent() { return m_recent; } ///< "recentProjects" in QSettings

    // The unsaved changes are dropped by these three: ask before.
    void create(); ///< a new one, with the default settings
    void open(const QString& path);
    void recover(const Recoverable& found); ///< opens what was left behind, as unsaved changes

    void save(); ///< only with a path
    void saveAs(const QString& path); ///< .augury is appended where it has no project's suffix
    /// The window closes, or a user gives the changes up: removes the autosave.
    void close();

    /// What killed windows left behind, newest first. Reads a few small files; for the start.
    std::vector<Recoverable> recoverable() const;
    void discard(const Recoverable& found);

Q_SIGNALS:
    void pathChanged();
    void dirtyChanged(bool dirty);
    /// `missing`: the data or model that it names but that are not there, in words; or empty.
    void opened(const QString& path, const QString& missing);
    void openFailed(const QString& message); ///< what was open stays open
    void saved(const QString& path);
    void saveFailed(const QString& message); ///< the changes are still there, and in the autosave
    void autosaveFailed(const QString& message); ///< told once, until one succeeds again
    void recentChanged();
    void modelChanged();
    /// An opening, undo or redo asks for other data than before: Session::openData() it.
    void dataWanted(const QString& path);
    void idle(); ///< every file is written

private:
    struct Opened {
        Project project;
        QString missing;
    };

    void onSettingsChanged();
    void record(Project now);
    void apply(const Project& project);
    void show(const Opened& opened, const QString& path, bool isSaved);
    void saveTo(const QString& path);
    void onSaved(const Project& project, const QString& path);
    void touch(); ///< after every change
    void autosave();
    void removeAutosave();
    void start(const QString& name, std::function<std::function<void()>()> work,
        std::function<void(JobEnd, const QString&)> ended = {});
    void setPath(const QString& path);

    Settings& m_settings;
    const std::filesystem::path m_folder;
    const AutosaveTimes m_times;
    Project m_state; ///< with m_settings' experiment
    std::optional<Project> m_saved; ///< what the file holds; none after a recovery
    QString m_path;
    bool m_dirty = false;
    bool m_applying = false;
    QUndoStack m_undo;
    int m_group = 0; ///< of edits that may be merged
    QElapsedTimer m_clock;
    RecentPaths m_recent;
    QTimer m_idle;
    QTimer m_most;
    bool m_autosaving = false;
    bool m_autosaved = false; ///< there is, or will be, an autosave
    bool m_autosaveFailed = false;
    bool m_closed = false;
    Autosave m_autosave; ///< the worker's
    std::unique_ptr<Worker> m_worker;
};

} // namespace augury
