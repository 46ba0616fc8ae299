// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_history.h"

#include "core/experiment/report.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/support/json_file.h"
#include "ui/session/file_path.h"

#include <nlohmann/json.hpp>

#include <QPointer>

#include <limits>
#include <sys/stat.h>
#include <utility>

namespace augury {

namespace {

constexpr int s_watchEvery = 1500; // ms
constexpr int s_all = std::numeric_limits<int>::max();

/// Which file it is; another one may come to stand under the same name.
struct Identity {
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const Identity&) const = default;
};

std::optional<Identity> identityOf(const std::filesystem::path& file)
{
    struct ::stat status { };
    if (::stat(file.c_str(), &status) != 0)
        return {};
    return Identity{status.st_dev, status.st_ino};
}

} // namespace

/// The file as it is open now. Used by one job at a time, on the worker's thread.
class RunHistory::Book {
public:
    explicit Book(std::filesystem::path file)
        : m_file(std::move(file))
    {
    }

    /// To look at; null while there is no file. Throws Error.
    const RunStore* toRead()
    {
        const auto identity = identityOf(m_file);
        if (m_store && identity == m_identity)
            return &*m_store;
        const bool wasThere = m_store.has_value() || m_gone;
        close();
        if (!identity) {
            m_gone = wasThere;
            if (m_gone)
                throw Error("The run history " + m_file.string()
                    + " is not there any more. Put it back, and its runs are shown again; the "
                      "next run begins a new one.");
            return nullptr;
        }
        m_gone = false;
        m_store = RunStore::openToRead(m_file);
        m_identity = identity;
        return &*m_store;
    }

    /// To change. Creates none in place of one that is gone. Throws Error.
    RunStore& toWrite(bool mayCreate = false)
    {
        if (mayCreate && identityOf(m_file) != m_identity)
            close();
        else if (!mayCreate && !toRead())
            throw Error("There is no run history " + m_file.string() + ".");
        if (!m_writable) {
            m_store = RunStore::open(m_file);
            m_identity = identityOf(m_file);
            m_version.reset();
            m_writable = true;
            m_gone = false;
        }
        return *m_store;
    }

    /// Nothing when all is as it was at the last call.
    std::optional<std::vector<RunInfo>> list(bool always)
    {
        const auto* store = toRead();
        if (!store) {
            m_listed = false;
            return std::vector<RunInfo>();
        }
        const auto version = store->dataVersion();
        if (!always && m_listed && version == m_version && !m_anyRunning)
            return {};
        auto runs = store->list(s_all);
        m_version = version;
        m_listed = true;
        m_anyRunning = false; // that ends without a word when its process is killed
        for (const auto& run : runs)
            m_anyRunning = m_anyRunning || run.status == RunStatus::Running;
        return runs;
    }

    void close()
    {
        m_store.reset();
        m_identity.reset();
        m_version.reset();
        m_writable = m_listed = false;
    }

private:
    const std::filesystem::path m_file;
    std::optional<RunStore> m_store;
    std::optional<Identity> m_identity;
    std::optional<std::int64_t> m_version;
    bool m_writable = false;
    bool m_listed = false;
    bool m_anyRunning = false;
    bool m_gone = false; ///< it was there, and is no more
};

RunHistory::RunHistory(std::filesystem::path file, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_book(std::make_shared<Book>(m_file))
    , m_worker(std::make_unique<Worker>(Worker::Priority::Window))
{
    connect(m_worker.get(), &Worker::idle, this, &RunHistory::idle);
    connect(&m_model, &RunsModel::nameEdited, this, &RunHistory::rename);
    connect(&m_model, &RunsModel::tagsEdited, this, &RunHistory::setTags);
    connect(&m_model, &RunsModel::noteEdited, this, &RunHistory::setNote);
    if (m_file.empty())
        return;
    m_watch.setInterval(s_watchEvery);
    connect(&m_watch, &QTimer::timeout, this, [this] {
        if (isIdle())
            list(false);
    });
    m_watch.start();
    refresh();
}

RunHistory::~RunHistory() = default;

void RunHistory::refresh()
{
    list(true);
}

void RunHistory::list(bool always)
{
    if (m_file.empty() || m_lists)
        return;
    m_lists = true;
    m_worker->start({tr("Reading the history"),
        [this, always, book = m_book](JobContext& job) -> std::function<void()> {
            // What is asked for from here on may change what is read.
            job.post([this] { m_lists = false; });
            try {
                auto runs = book->list(always);
                return [this, runs = std::move(runs)] { show(runs, {}); };
            } catch (const Error& error) {
                book->close(); // the file may be another one the next time
                const auto problem = QString::fromUtf8(error.what());
                return [this, problem] { show({}, problem); };
            }
        },
        [this](JobEnd, const QString&) { m_lists = false; }});
}

void RunHistory::show(std::optional<std::vector<RunInfo>> runs, const QString& problem)
{
    const bool isNew = problem != m_problem;
    m_problem = problem;
    if (runs) {
        m_model.setRuns(std::move(*runs));
        Q_EMIT listed();
    }
    if (isNew)
        Q_EMIT problemChanged();
}

void RunHistory::start(const QString& name, Work work)
{
    if (m_file.empty())
        return;
    m_worker->start(
        {name, [book = m_book, work = std::move(work)](JobContext&) { return work(*book); },
            [this](JobEnd end, const QString& message) {
                if (end == JobEnd::Failed)
                    Q_EMIT failed(message);
            }});
    m_lists = false;
    refresh();
}

void RunHistory::edit(const QString& name, const std::vector<std::int64_t>& ids,
    std::function<void(RunStore&, std::int64_t)> change,
    std::function<void(const std::vector<std::int64_t>&)> changed)
{
    if (ids.empty())
        return;
    start(name,
        [this, ids, change = std::move(change), changed = std::move(changed)](
            Book& book) -> std::function<void()> {
            std::vector<std::int64_t> done;
            QString problem;
            auto& store = book.toWrite();
            for (const auto id : ids) {
                try {
                    change(store, id);
                    done.push_back(id);
                } catch (const Error& error) {
                    problem = QString::fromUtf8(error.what());
                }
            }
            return [this, done, problem, changed] {
                if (changed && !done.empty())
                    changed(done);
                if (!problem.isEmpty())
                    Q_EMIT failed(problem);
            };
        });
}

void RunHistory::rename(std::int64_t id, const QString& name)
{
    edit(
        tr("Renaming a run"), {id}, [text = name.toStdString()](RunStore& store, std::int64_t run) {
            store.rename(run, text);
        });
}

void RunHistory::setNote(std::int64_t id, const QString& note)
{
    edit(
        tr("Writing a note"), {id}, [text = note.toStdString()](RunStore& store, std::int64_t run) {
            store.setNote(run, text);
        });
}

void RunHistory::setTags(std::int64_t id, const QStringList& tags)
{
    std::vector<std::string> words;
    for (const auto& tag : tags)
        words.push_back(tag.toStdString());
    edit(tr("Tagging a run"), {id},
        [words](RunStore& store, std::int64_t run) { store.setTags(run, words); });
}

void RunHistory::remove(const std::vector<std::int64_t>& ids)
{
    edit(
        tr("Deleting runs"), ids, [](RunStore& store, std::int64_t run) { store.remove(run); },
        [this](const std::vector<std::int64_t>& done) { Q_EMIT removed(done); });
}

void RunHistory::restore(const std::vector<std::int64_t>& ids)
{
    edit(tr("Restoring runs"), ids, [](RunStore& store, std::int64_t run) { store.restore(run); });
}

void RunHistory::load(const std::vector<std::int64_t>& ids, QObject* context,
    std::function<void(const RunRecords&)> then)
{
    if (ids.empty() || m_file.empty())
        return;
    // No change: the list needs no reading.
    m_worker->start({tr("Reading a run"),
        [ids, book = m_book, context = QPointer<QObject>(context), then = std::move(then)](
            JobContext&) -> std::function<void()> {
            const auto* store = book->toRead();
            if (!store)
                throw Error("There are no runs yet.");
            RunRecords records;
            for (const auto id : ids)
                records.push_back(std::make_shared<const RunRecord>(store->get(id)));
            return [records = std::move(records), context, then] {
                if (context)
                    then(records);
            };
        },
        [this](JobEnd end, const QString& message) {
            if (end == JobEnd::Failed)
                Q_EMIT failed(message);
        }});
}

void RunHistory::exportRun(std::int64_t id, const QString& path)
{
    start(tr("Exporting a run"), [this, id, path](Book& book) -> std::function<void()> {
        const auto* store = book.toRead();
        if (!store)
            throw Error("There are no runs yet.");
        writeFileAtomically(toPath(path), documentText(store->exportRun(id)));
        return [this, path] { Q_EMIT exported(path); };
    });
}

void RunHistory::importRuns(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    start(tr("Importing runs"), [this, paths](Book& book) -> std::function<void()> {
        std::vector<std::int64_t> ids;
        QStringList problems;
        for (const auto& path : paths) {
            try {
                const auto document = readJsonFile(toPath(path), "run", largestRunFile);
                ids.push_back(book.toWrite(true).importRun(document, path.toStdString()));
            } catch (const Error& error) {
                problems << QString::fromUtf8(error.what());
            }
        }
        return [this, ids, problems] {
            if (!ids.empty())
                Q_EMIT imported(ids);
            if (!problems.isEmpty())
                Q_EMIT failed(problems.join(QLatin1Char('\n')));
        };
    });
}

} // namespace augury
