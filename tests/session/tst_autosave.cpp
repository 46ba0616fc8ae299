// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_projects.h"
#include "ui/session/project_file.h"

#include <QFile>
#include <QLockFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace augury;
using namespace augury::testing;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int s_patience = 60'000; // ms
constexpr ProjectFile::AutosaveTimes s_never{24h, 24h};
constexpr ProjectFile::AutosaveTimes s_whenIdle{0ms, 24h};
constexpr ProjectFile::AutosaveTimes s_whileBusy{24h, 0ms};

QString text(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

/// The lock of a process that was killed: written by one that has ended.
bool leaveLock(const fs::path& file)
{
    const pid_t child = fork();
    if (child == 0) {
        QLockFile lock(text(file) + QStringLiteral(".lock"));
        _exit(lock.tryLock() ? 0 : 1); // without the destructor that would unlock it
    }
    int status = 1;
    return waitpid(child, &status, 0) == child && status == 0
        && fs::exists(file.string() + ".lock");
}

} // namespace

class AutosaveTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_folder;
    fs::path m_autosaves;

    static void waitFor(const ProjectFile& project)
    {
        QTRY_VERIFY_WITH_TIMEOUT(project.isIdle(), s_patience);
    }
    static void setCopies(Settings& settings, int copies)
    {
        settings.edit([copies](ExperimentConfig& c) { c.copies = copies; });
    }
    std::vector<fs::path> files() const
    {
        std::vector<fs::path> found;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(m_autosaves, error)) {
            if (entry.path().extension() == ".augury")
                found.push_back(entry.path());
        }
        return found;
    }
    /// A window with unsaved changes of `of`, killed: its file is there and nobody holds it.
    void leaveBehind(const Project& project, const fs::path& of)
    {
        Autosave autosave(m_autosaves);
        autosave.write(project, of);
    }
    static Project projectWith(int copies)
    {
        Project project;
        project.experiment.dataPath = "/data";
        project.experiment.copies = copies;
        return project;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = fs::canonical(m_dir.path().toStdString()) / QTest::currentTestFunction();
        if (QTest::currentDataTag())
            m_folder /= QTest::currentDataTag();
        m_autosaves = m_folder / "user" / "autosave";
        fs::create_directories(m_folder);
    }

    void keepsWhatIsUnsaved_data()
    {
        QTest::addColumn<bool>("busy");
        QTest::newRow("when nothing is changed for a while") << false;
        QTest::newRow("while changes go on") << true;
    }
    void keepsWhatIsUnsaved()
    {
        QFETCH(const bool, busy);
        Settings settings;
        ProjectFile project(settings, m_autosaves, busy ? s_whileBusy : s_whenIdle);
        auto config = randomConfig(3);
        settings.setConfig(config);
        QTRY_VERIFY_WITH_TIMEOUT(files().size() == 1, s_patience);
        QCOMPARE(files()[0].filename().string(), std::string("untitled.augury"));
        QVERIFY(readProject(files()[0]).experiment == config);
        config.copies += 1;
        settings.setConfig(config);
        QTRY_VERIFY_WITH_TIMEOUT(readProject(files()[0]).experiment == config, s_patience);
        waitFor(project);
    }

    void isGoneOnceThereIsNothingUnsaved()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_whenIdle);
        setCopies(settings, 3);
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(1), s_patience);
        project.saveAs(text(m_folder / "p.augury"));
        waitFor(project);
        QVERIFY(files().empty());

        setCopies(settings, 4); // now under the project's own name
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(1), s_patience);
        QVERIFY(files()[0].filename() != "untitled.augury");
        QCOMPARE(readProject(files()[0]).autosaveOf.string(), (m_folder / "p.augury").string());
        project.undoStack().undo();
        waitFor(project);
        QVERIFY(files().empty());

        setCopies(settings, 5);
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(1), s_patience);
        project.close();
        waitFor(project);
        QVERIFY(files().empty());
        QVERIFY(fs::is_empty(m_autosaves)); // no lock, no temporary file
    }

    void isGoneWhenAnotherIsOpened()
    {
        writeProject(projectWith(9), m_folder / "p.augury");
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_whenIdle);
        setCopies(settings, 3);
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(1), s_patience);
        project.open(text(m_folder / "none.augury")); // fails
        waitFor(project);
        QCOMPARE(files().size(), std::size_t(1));
        project.open(text(m_folder / "p.augury"));
        waitFor(project);
        QVERIFY(files().empty());
    }

    void aWindowThatEndsInAHurryLeavesIt()
    {
        Settings settings;
        {
            ProjectFile project(settings, m_autosaves, s_whenIdle);
            setCopies(settings, 3);
            QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(1), s_patience);
            waitFor(project);
            QVERIFY(project.recoverable().empty()); // this window lives
        }
        Settings later;
        const ProjectFile project(later, m_autosaves, s_never);
        const auto found = project.recoverable();
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found[0].of.empty());
        QCOMPARE(found[0].project.experiment.copies, 3);
        QVERIFY(found[0].saved.secsTo(QDateTime::currentDateTime()) < 600);
    }

    void comesBackAfterAKill()
    {
        const auto file = m_folder / "p.augury";
        writeProject(projectWith(2), file);
        auto changed = projectWith(3);
        changed.notes = "unsaved";
        leaveBehind(changed, file);
        QCOMPARE(files().size(), std::size_t(1));
        QVERIFY(leaveLock(files()[0]));

        Settings settings;
        ProjectFile project(settings, m_autosaves, s_whenIdle);
        const auto found = project.recoverable();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].of.string(), file.string());
        QVERIFY(found[0].project == changed);
        QSignalSpy opened(&project, &ProjectFile::opened);
        project.recover(found[0]);
        waitFor(project);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(settings.config().copies, 3);
        QCOMPARE(project.notes(), QStringLiteral("unsaved"));
        QCOMPARE(project.path(), text(file));
        QVERIFY(project.isDirty());
        QCOMPARE(readProject(file).experiment.copies, 2); // not by itself
        QCOMPARE(files().size(), std::size_t(1)); // the same, until it is saved
        project.save();
        waitFor(project);
        QVERIFY(!project.isDirty());
        auto wanted = changed;
        QVERIFY(readProject(file) == wanted);
        QVERIFY(files().empty());
    }

    void twoWindowsHaveOneEach()
    {
        Settings one;
        Settings two;
        ProjectFile first(one, m_autosaves, s_whenIdle);
        ProjectFile second(two, m_autosaves, s_whenIdle);
        setCopies(one, 3);
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(1), s_patience);
        setCopies(two, 4);
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(2), s_patience);
        waitFor(first);
        waitFor(second);
        QVERIFY(first.recoverable().empty());
        first.close();
        waitFor(first);
        QCOMPARE(files().size(), std::size_t(1));
        QCOMPARE(readProject(files()[0]).experiment.copies, 4);
    }

    void whatIsNotRecoveredYetIsNotOverwritten()
    {
        leaveBehind(projectWith(3), {});
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_whenIdle);
        setCopies(settings, 4);
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(2), s_patience);
        waitFor(project);
        const auto found = project.recoverable();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].project.experiment.copies, 3);
        project.discard(found[0]);
        waitFor(project);
        QCOMPARE(files().size(), std::size_t(1));
        QCOMPARE(readProject(files()[0]).experiment.copies, 4);
    }

    void onlyOneWindowCanRecover()
    {
        leaveBehind(projectWith(3), {});
        Settings one;
        Settings two;
        ProjectFile first(one, m_autosaves, s_never);
        ProjectFile second(two, m_autosaves, s_never);
        const auto seen = first.recoverable();
        QCOMPARE(second.recoverable().size(), std::size_t(1));
        first.recover(seen[0]);
        waitFor(first);
        QSignalSpy failed(&second, &ProjectFile::openFailed);
        second.recover(seen[0]);
        second.discard(seen[0]);
        waitFor(second);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(files().size(), std::size_t(1));
        QVERIFY(!second.isDirty());
    }

    void onlyWhatIsNewerThanTheFileIsOffered()
    {
        const auto file = m_folder / "p.augury";
        leaveBehind(projectWith(3), file);
        QCOMPARE(Autosave::find(m_autosaves).size(), std::size_t(1)); // no such project any more
        const auto autosave = files()[0];
        writeProject(projectWith(2), file);
        const auto now = fs::last_write_time(autosave);
        fs::last_write_time(file, now + 10s);
        QVERIFY(Autosave::find(m_autosaves).empty());
        fs::last_write_time(file, now - 10s);
        QCOMPARE(Autosave::find(m_autosaves).size(), std::size_t(1));
        writeProject(projectWith(3), file); // the same
        fs::last_write_time(file, now - 10s);
        QVERIFY(Autosave::find(m_autosaves).empty());
    }

    void whatCannotBeReadIsLeftAlone()
    {
        leaveBehind(projectWith(3), {});
        QFile damaged(text(m_autosaves / "0123456789abcdef.augury"));
        QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write("{\"augury_project\": 2}") > 0);
        damaged.close();
        QCOMPARE(Autosave::find(m_autosaves).size(), std::size_t(1));
        QVERIFY(damaged.exists());
        QVERIFY(Autosave::find(m_folder / "none").empty());
    }

    void settingsThatDoNotFitComeBackToo()
    {
        auto project = projectWith(500);
        project.experiment.policy = {};
        project.experiment.policy.views = ViewSets{};
        QVERIFY(!project.experiment.validate().empty());
        leaveBehind(project, m_folder / "p.augury");
        const auto found = Autosave::find(m_autosaves);
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found[0].project == project);
    }

    void aFolderThatCannotBeWrittenTo_data()
    {
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("no folder") << false;
        QTest::newRow("read-only") << true;
    }
    void aFolderThatCannotBeWrittenTo()
    {
        QFETCH(const bool, readOnly);
        if (readOnly && geteuid() == 0)
            QSKIP("root may write everywhere");
        const auto place = m_folder / (readOnly ? "locked" : "a file");
        if (readOnly) {
            fs::create_directory(place);
            fs::permissions(place, fs::perms::owner_read | fs::perms::owner_exec);
        } else {
            QFile file(text(place));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        setCopies(settings, 3);
        QSignalSpy failed(&project, &ProjectFile::saveFailed);
        project.saveAs(text(place / "p.augury"));
        waitFor(project);
        QCOMPARE(failed.count(), 1);
        const auto message = failed[0][0].toString();
        QVERIFY2(message.contains(text(place / "p.augury")), qPrintable(message));
        QVERIFY(project.isDirty());
        QVERIFY(project.path().isEmpty());
        QCOMPARE(settings.config().copies, 3);
        QCOMPARE(readProject(files().at(0)).experiment.copies, 3); // at once, unasked
        project.saveAs(text(m_folder / "p.augury"));
        waitFor(project);
        QVERIFY(!project.isDirty());
        QVERIFY(files().empty());
        if (readOnly)
            fs::permissions(place, fs::perms::owner_all);
    }

    void aFullHomeIsToldOnce()
    {
        QFile file(text(m_folder / "user"));
        QVERIFY(file.open(QIODevice::WriteOnly)); // where the folder should be
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_whenIdle);
        QSignalSpy failed(&project, &ProjectFile::autosaveFailed);
        QSignalSpy tried(&project, &ProjectFile::idle);
        for (int i = 0; i < 3; ++i) {
            setCopies(settings, 20 + i);
            QTRY_COMPARE_WITH_TIMEOUT(tried.count(), i + 1, s_patience);
        }
        QCOMPARE(failed.count(), 1);
        QVERIFY2(failed[0][0].toString().contains(text(m_autosaves)),
            qPrintable(failed[0][0].toString()));
        QVERIFY(file.remove());
        setCopies(settings, 30);
        QTRY_COMPARE_WITH_TIMEOUT(files().size(), std::size_t(1), s_patience);
        QCOMPARE(failed.count(), 1);
        project.saveAs(text(m_folder / "p.augury"));
        waitFor(project);
        QVERIFY(!project.isDirty());
    }
};

QTEST_GUILESS_MAIN(AutosaveTest)
#include "tst_autosave.moc"
