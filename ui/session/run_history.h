// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"
#include "ui/session/repeats_run.h"
#include "ui/session/runs_model.h"
#include "ui/session/worker.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace augury {

using RunRecords = std::vector<std::shared_ptr<const RunRecord>>;

/// The history of runs as the window works with it. Verbs return at once; the file is read and
/// written on a thread of its own, never behind a training, in the order of the calls. What other
/// programs add is seen within two seconds. Let it get idle before it goes. Lives on the window's
/// thread.
class RunHistory : public QObject {
    Q_OBJECT

public:
    /// `file` empty: there is no history, and every verb does nothing.
    explicit RunHistory(std::filesystem::path file, QObject* parent = nullptr);
    ~RunHistory() override;

    const std::filesystem::path& file() const { return m_file; }
    RunsModel& model() { return m_model; } ///< newest first, without removed ones
    bool isIdle() const { return m_worker->isIdle(); }
    /// Why the list may be old; empty while all is well.
    QString problem() const { return m_problem; }

    void refresh(); ///< reads the list anew

    // What a user does with runs. The list follows; failed() says what did not work.
    void rename(std::int64_t id, const QString& name);
    void setNote(std::int64_t id, const QString& note);
    void setTags(std::int64_t id, const QStringList& tags);
    void remove(const std::vector<std::int64_t>& ids); ///< removed() when it is done
    void restore(const std::vector<std::int64_t>& ids);

    /// Reads all of these runs and calls `then` with them, in the order of `ids`, unless `context`
    /// is gone by then; failed() where one cannot be read.
    void load(const std::vector<std::int64_t>& ids, QObject* context,
        std::function<void(const RunRecords&)> then);
    void exportRun(std::int64_t id, const QString& path); ///< as JSON; atomically
    void importRuns(const QStringList& paths);

Q_SIGNALS:
    void listed(); ///< the model is new
    void removed(const std::vector<std::int64_t>& ids);
    void exported(const QString& path);
    void imported(const std::vector<std::int64_t>& ids);
    void failed(const QString& message);
    void problemChanged();
    void idle();

private:
    class Book; // the file, on the worker's thread
    using Work = std::function<std::function<void()>(Book&)>;

    /// Failures of `work` become failed(). The list is read anew afterwards.
    void start(const QString& name, Work work);
    void edit(const QString& name, const std::vector<std::int64_t>& ids,
        std::function<void(RunStore&, std::int64_t)> change,
        std::function<void(const std::vector<std::int64_t>&)> changed = {});
    void list(bool always); ///< or else only when something may have changed
    void show(std::optional<std::vector<RunInfo>> runs, const QString& problem);

    const std::filesystem::path m_file;
    RunsModel m_model;
    QString m_problem;
    QTimer m_watch;
    bool m_lists = false; ///< a list is on its way, and no verb came after it was asked for
    std::shared_ptr<Book> m_book;
    std::unique_ptr<Worker> m_worker; // last: its thread ends before what its jobs use
};

/// A run of repeats out of its record. Throws Error for one of another kind, or a damaged document.
std::shared_ptr<const RepeatsRun> repeatsRun(const RunRecord& record);

} // namespace augury
