// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_file.h"

#include "core/data/open_dataset.h"
#include "core/store/run_store.h"
#include "ui/session/project_edit.h"

#include <QFile>
#include <QFileInfo>

namespace augury {

namespace {

constexpr int s_undoLimit = 1000;

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(QFile::encodeName(path).toStdString());
}

QString toQString(const std::filesystem::path& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

/// As it is used: a project that names no data means the sample data set.
Project settled(Project project)
{
    if (project.experiment.dataPath.empty())
        project.experiment.dataPath = defaultDatasetPath().string();
    return project;
}

QString missingIn(const Project& project)
{
    QStringList lines;
    for (const auto& problem : missingFiles(project))
        lines << QString::fromStdString(
            "The project's " + problem.field + " " + problem.message + ".");
    return lines.join(QLatin1Char('\n'));
}

} // namespace

std::filesystem::path ProjectFile::defaultAutosaveFolder()
{
    return RunStore::defaultPath().parent_path() / "autosave";
}

ProjectFile::ProjectFile(Settings& settings, QObject* parent)
    : ProjectFile(settings, defaultAutosaveFolder(), {}, parent)
{
}

ProjectFile::ProjectFile(
    Settings& settings, std::filesystem::path autosaveFolder, AutosaveTimes times, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_folder(std::move(autosaveFolder))
    , m_times(times)
    , m_recent(QStringLiteral("recentProjects"))
    , m_autosave(m_folder)
    , m_worker(std::make_unique<Worker>(Worker::Priority::Window))
{
    m_state.experiment = m_settings.config();
    m_saved = m_state;
    m_undo.setUndoLimit(s_undoLimit);
    m_clock.start();
    m_idle.setSingleShot(true);
    m_most.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &ProjectFile::autosave);
    connect(&m_most, &QTimer::timeout, this, &ProjectFile::autosave);
    connect(&m_settings, &Settings::changed, this, &ProjectFile::onSettingsChanged);
    connect(m_worker.get(), &Worker::idle, this, &ProjectFile::idle);
}

ProjectFile::~ProjectFile()
{
    m_worker.reset();
    if (m_closed) // where nobody waited for it
        m_autosave.remove();
}

QString ProjectFile::name() const
{
    return m_path.isEmpty() ? tr("Untitled") : QFileInfo(m_path).completeBaseName();
}

QString ProjectFile::model() const
{
    return toQString(m_state.model);
}

void ProjectFile::setModel(const QString& path)
{
    auto now = m_state;
    // What comes with the program is no file that a project could name.
    now.model = path.startsWith(QLatin1Char(':')) ? std::filesystem::path() : toPath(path);
    record(now);
}

void ProjectFile::setNotes(const QString& notes)
{
    auto now = m_state;
    now.notes = notes.toStdString();
    record(now);
}

// ---- edits

void ProjectFile::onSettingsChanged()
{
    if (m_applying)
        return;
    auto now = m_state;
    now.experiment = m_settings.config();
    record(std::move(now));
}

void ProjectFile::record(Project now)
{
    if (now == m_state)
        return;
    const auto before = std::exchange(m_state, now);
    // A project that names no data gets what the window opens; that is no edit of the user's.
    if (before.experiment.dataPath.empty() && m_saved && m_saved->experiment.dataPath.empty()
        && changedFields(before, now) == std::set<std::string>{"data"}) {
        m_saved->experiment.dataPath = now.experiment.dataPath;
    } else {
        m_undo.push(new ProjectEdit(before, std::move(now), {m_clock.elapsed(), m_group},
            [this](const Project& project) { apply(project); }));
    }
    if (before.model != m_state.model)
        Q_EMIT modelChanged();
    touch();
}

void ProjectFile::apply(const Project& project)
{
    ++m_group; // what follows an undo is an edit of its own
    const auto before = std::exchange(m_state, project);
    m_applying = true;
    m_settings.setConfig(project.experiment);
    m_applying = false;
    m_state.experiment = m_settings.config(); // a control may have had a word in it
    if (before.model != m_state.model)
        Q_EMIT modelChanged();
    // The split seed decides which images of a folder are test images.
    if (before.experiment.dataPath != m_state.experiment.dataPath
        || before.experiment.splitSeed != m_state.experiment.splitSeed)
        Q_EMIT dataWanted(QString::fromStdString(m_state.experiment.dataPath));
    touch();
}

// ---- files

void ProjectFile::start(const QString& name, std::function<std::function<void()>()> work,
    std::function<void(JobEnd, const QString&)> ended)
{
    m_worker->start(
        {name, [work = std::move(work)](JobContext&) { return work(); }, std::move(ended)});
}

void ProjectFile::show(const Opened& opened, const QString& path, bool isSaved)
{
    m_saved.reset();
    if (isSaved)
        m_saved = opened.project;
    m_undo.clear();
    apply(opened.project);
    setPath(path);
    touch();
    Q_EMIT this->opened(path, opened.missing);
}

void ProjectFile::create()
{
    removeAutosave();
    show({settled({}), {}}, {}, true);
}

void ProjectFile::open(const QString& path)
{
    const auto absolute = QFileInfo(path).absoluteFilePath();
    start(
        tr("Opening the project"),
        [this, absolute]() -> std::function<void()> {
            Opened opened{settled(readProject(toPath(absolute))), {}};
            opened.project.autosaveOf.clear();
            opened.missing = missingIn(opened.project);
            m_autosave.remove();
            return [this, opened, absolute] {
                m_autosaved = m_autosaving;
                show(opened, absolute, true);
                m_recent.add(absolute);
                Q_EMIT recentChanged();
            };
        },
        [this](JobEnd end, const QString& message) {
            if (end == JobEnd::Failed)
                Q_EMIT openFailed(message);
        });
}

void ProjectFile::recover(const Recoverable& found)
{
    start(
        tr("Recovering the project"),
        [this, found]() -> std::function<void()> {
            m_autosave.adopt(found);
            const auto missing = missingIn(found.project);
            return [this, found, missing] {
                m_autosaved = true;
                show({found.project, missing}, toQString(found.of), false);
            };
        },
        [this](JobEnd end, const QString& message) {
            if (end == JobEnd::Failed)
                Q_EMIT openFailed(message);
        });
}

void ProjectFile::save()
{
    if (!m_path.isEmpty())
        saveTo(m_path);
}

void ProjectFile::saveAs(const QString& path)
{
    saveTo(toQString(withProjectSuffix(toPath(QFileInfo(path).absoluteFilePath()))));
}

void ProjectFile::saveTo(const QString& path)
{
    ++m_group; // undo leads back to what was saved
    start(
        tr("Saving the project"),
        [this, path, project = m_state]() -> std::function<void()> {
            writeProject(project, toPath(path));
            m_autosave.remove();
            return [this, path, project] { onSaved(project, path); };
        },
        [this](JobEnd end, const QString& message) {
            if (end != JobEnd::Failed)
                return;
            autosave();
            Q_EMIT saveFailed(message);
        });
}

void ProjectFile::onSaved(const Project& project, const QString& path)
{
    m_saved = project;
    m_autosaved = m_autosaving; // one that came after the saving
    setPath(path);
    m_recent.add(path);
    touch(); // what was changed meanwhile is unsaved
    Q_EMIT recentChanged();
    Q_EMIT saved(path);
}

void ProjectFile::close()
{
    m_closed = true;
    m_idle.stop();
    m_most.stop();
    if (m_autosaved)
        removeAutosave();
}

void ProjectFile::setPath(const QString& path)
{
    if (path == m_path)
        return;
    m_path = path;
    Q_EMIT pathChanged();
}

// ---- what is not saved yet

void ProjectFile::touch()
{
    m_closed = false;
    const bool dirty = m_saved != m_state;
    if (!dirty) {
        m_idle.stop();
        m_most.stop();
        if (m_autosaved)
            removeAutosave();
    } else if (!m_folder.empty()) {
        m_idle.start(m_times.idle);
        if (!m_most.isActive())
            m_most.start(m_times.most);
    }
    if (dirty != std::exchange(m_dirty, dirty))
        Q_EMIT dirtyChanged(dirty);
}

void ProjectFile::autosave()
{
    m_idle.stop();
    m_most.stop();
    if (!m_dirty || m_folder.empty())
        return;
    if (m_autosaving) { // a slow disk is not asked for more than it can do
        m_idle.start(m_times.idle);
        return;
    }
    m_autosaving = true;
    m_autosaved = true;
    start(
        tr("Keeping unsaved changes"),
        [this, project = m_state, of = toPath(m_path)]() -> std::function<void()> {
            m_autosave.write(project, of);
            return {};
        },
        [this](JobEnd end, const QString& message) {
            m_autosaving = false;
            const bool failed = end == JobEnd::Failed;
            if (failed && !m_autosaveFailed)
                Q_EMIT autosaveFailed(message);
            m_autosaveFailed = failed;
            if (failed && m_dirty && !m_most.isActive())
                m_most.start(m_times.most); // the disk may have room by then
        });
}

void ProjectFile::removeAutosave()
{
    m_autosaved = false;
    start(tr("Tidying up"), [this]() -> std::function<void()> {
        m_autosave.remove();
        return {};
    });
}

std::vector<Recoverable> ProjectFile::recoverable() const
{
    return m_folder.empty() ? std::vector<Recoverable>() : Autosave::find(m_folder);
}

void ProjectFile::discard(const Recoverable& found)
{
    start(
        tr("Tidying up"),
        [found]() -> std::function<void()> {
            Autosave::discard(found);
            return {};
        },
        [this](JobEnd end, const QString& message) {
            if (end == JobEnd::Failed)
                Q_EMIT autosaveFailed(message);
        });
}

} // namespace augury
