// SPDX-License-Identifier: GPL-3.0-or-later
// The window is really killed, SIGKILL, while it keeps and saves a project; and started again.
// This program is both sides: with an argument it is the window that is killed.
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/widgets/message_bar.h"

#include <QAction>
#include <QApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <utility>

using namespace augury;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int s_patience = 60'000; // ms
constexpr int s_kills = 20;
/// The program's own times, about thirty times faster.
constexpr ProjectFile::AutosaveTimes s_times{60ms, 1s};

fs::path toFs(const QString& path)
{
    return fs::path(path.toStdString());
}

std::unique_ptr<MainWindow> windowIn(const QString& folder)
{
    return test::makeWindow(
        folder + QStringLiteral("/store.ini"), test::filesIn(toFs(folder) / "user", s_times));
}

void say(const char* word)
{
    std::puts(word);
    std::fflush(stdout);
}

QString revision(int copies)
{
    return QStringLiteral("revision %1").arg(copies);
}

/// The window that is killed. "edit": opens the project and moves a slider once. "save": moves it
/// and saves, again and again, as fast as it can.
int beKilled(const QString& what, const QString& folder, const QString& file)
{
    auto window = windowIn(folder);
    window->show();
    window->begin(file);
    auto& project = window->project();
    auto* copies = test::setupSlider(*window, QStringLiteral("Copies"));
    const auto change = [&project, copies](int value) {
        copies->setValue(value - 1); // ticks from 0
        project.setNotes(revision(value));
    };
    const auto saveAnother = [&] { // always another one: what is saved cannot be saved again
        change(window->session().settings().config().copies % 90 + 1);
        window->projectActions()->save()->trigger();
    };
    bool saved = false;
    QObject::connect(&project, &ProjectFile::opened, window.get(), [&] {
        if (what == QStringLiteral("save"))
            return saveAnother();
        change(42);
        say("edited");
    });
    QObject::connect(&project, &ProjectFile::saved, window.get(), [&] {
        if (!std::exchange(saved, true))
            say("saved");
        saveAnother();
    });
    QTimer::singleShot(2 * s_patience, [] { std::_Exit(1); }); // whose parent is gone
    return QApplication::exec();
}

} // namespace

class ProjectKillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(m_data));
    }

    void init()
    {
        m_folder = m_dir.filePath(QString::fromLatin1(QTest::currentTestFunction()));
        QVERIFY(QDir().mkpath(m_folder));
        m_file = m_folder + QStringLiteral("/mine.augury");
        Project project;
        project.experiment.dataPath = m_data.toStdString();
        project.experiment.copies = 90;
        project.notes = revision(90).toStdString();
        writeProject(project, toFs(m_file));
    }

    void unsavedChangesAreOfferedAndRestored()
    {
        killAfterEdit();
        QCOMPARE(readProject(toFs(m_file)).experiment.copies, 90); // only the autosave has them

        auto window = windowIn(m_folder);
        window->show();
        window->begin(m_data);
        const auto* bar = window->projectBars()->recoveryBar();
        QVERIFY(bar->text().contains(QStringLiteral("Unsaved changes of mine from ")));
        QTRY_VERIFY_WITH_TIMEOUT(
            window->session().dataset() && window->session().isIdle(), s_patience);
        auto* restore = test::visibleButton(*bar, QStringLiteral("Restore"));
        QVERIFY(restore);
        QTest::mouseClick(restore, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(window->project().path(), m_file, s_patience);
        QVERIFY(!bar->isVisible());
        QCOMPARE(window->session().settings().config().copies, 42);
        QCOMPARE(window->project().notes(), revision(42));
        QCOMPARE(window->windowTitle(), QStringLiteral("mine[*] – Augury"));
        QVERIFY(window->isWindowModified());

        window->projectActions()->save()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!window->isWindowModified(), s_patience);
        QCOMPARE(readProject(toFs(m_file)).experiment.copies, 42);
        QTRY_VERIFY_WITH_TIMEOUT(window->project().isIdle(), s_patience);
        window.reset();
        window = windowIn(m_folder);
        window->begin(m_data);
        QVERIFY(window->projectBars()->recoveryBar()->text().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(window->session().isIdle(), s_patience);
    }

    void aKilledWindowOpensItsProjectAgain()
    {
        killAfterEdit();
        auto window = windowIn(m_folder);
        QCOMPARE(window->session().settings().config().copies, 42); // the last settings
        window->show();
        window->begin();
        QTRY_COMPARE_WITH_TIMEOUT(window->project().path(), m_file, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            window->session().dataset() && window->session().isIdle(), s_patience);
        // As it was saved; what was not is offered.
        QCOMPARE(window->windowTitle(), QStringLiteral("mine[*] – Augury"));
        QVERIFY(!window->isWindowModified());
        QCOMPARE(window->session().settings().config().copies, 90);
        const auto* bar = window->projectBars()->recoveryBar();
        QVERIFY(bar->text().contains(QStringLiteral("Unsaved changes of mine from ")));
        auto* restore = test::visibleButton(*bar, QStringLiteral("Restore"));
        QVERIFY(restore);
        QTest::mouseClick(restore, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(window->session().settings().config().copies, 42, s_patience);
        QCOMPARE(window->project().path(), m_file);
        QVERIFY(window->isWindowModified());
        QTRY_VERIFY_WITH_TIMEOUT(
            window->session().isIdle() && window->project().isIdle(), s_patience);
    }

    void unsavedChangesCanBeGivenUp()
    {
        killAfterEdit();
        auto window = windowIn(m_folder);
        window->show();
        window->begin(m_file);
        QTRY_COMPARE_WITH_TIMEOUT(window->project().path(), m_file, s_patience);
        const auto* bar = window->projectBars()->recoveryBar();
        auto* discard = test::visibleButton(*bar, QStringLiteral("Discard"));
        QVERIFY(discard);
        QTest::mouseClick(discard, Qt::LeftButton);
        QVERIFY(!bar->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(window->project().isIdle(), s_patience);
        QVERIFY(autosaves().empty());
        QCOMPARE(window->session().settings().config().copies, 90);
        QTRY_VERIFY_WITH_TIMEOUT(window->session().isIdle(), s_patience);
    }

    void aFileThatIsBeingSavedIsWhole()
    {
        std::mt19937 random(20240517);
        std::uniform_int_distribution<int> moment(0, 60'000); // µs
        std::map<int, int> seen;
        for (int kill = 0; kill < s_kills; ++kill) {
            QProcess child;
            QVERIFY(start(child, QStringLiteral("save")));
            QVERIFY(waitFor(child, "saved"));
            QTest::qWait(moment(random) / 1000);
            child.kill();
            QVERIFY(child.waitForFinished(s_patience));
            QCOMPARE(child.exitStatus(), QProcess::CrashExit); // it was the kill that ended it
            // Throws where the file is torn. Copies and notes were saved together.
            const auto project = readProject(toFs(m_file));
            ++seen[project.experiment.copies];
            QCOMPARE(project.notes, revision(project.experiment.copies).toStdString());
            QCOMPARE(project.experiment.dataPath, m_data.toStdString());
        }
        QVERIFY2(seen.size() > 3, "the kills always came at the same save");
        // What the kills left lying about must not keep the next window from working.
        auto window = windowIn(m_folder);
        window->show();
        window->begin(m_file);
        QTRY_COMPARE_WITH_TIMEOUT(window->project().path(), m_file, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(window->session().isIdle(), s_patience);
    }

private:
    bool start(QProcess& child, const QString& what)
    {
        child.setStandardErrorFile(QProcess::nullDevice());
        child.start(QApplication::applicationFilePath(),
            {QStringLiteral("--killed"), what, m_folder, m_file});
        return child.waitForStarted(s_patience);
    }

    static bool waitFor(QProcess& child, const char* word)
    {
        while (child.waitForReadyRead(s_patience)) {
            while (child.canReadLine()) {
                if (child.readLine().trimmed() == word)
                    return true;
            }
        }
        return false;
    }

    std::vector<fs::path> autosaves() const
    {
        std::vector<fs::path> files;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(toFs(m_folder) / "user/autosave", error)) {
            if (entry.path().extension() == projectSuffix)
                files.push_back(entry.path());
        }
        return files;
    }

    int lastCopies() const
    {
        Settings settings;
        settings.load(QSettings(m_folder + QStringLiteral("/store.ini"), QSettings::IniFormat));
        return settings.config().copies;
    }

    void killAfterEdit()
    {
        QProcess child;
        QVERIFY(start(child, QStringLiteral("edit")));
        QVERIFY(waitFor(child, "edited"));
        QTRY_VERIFY_WITH_TIMEOUT(!autosaves().empty(), s_patience);
        QTRY_COMPARE_WITH_TIMEOUT(lastCopies(), 42, s_patience); // the settings are kept, too
        child.kill();
        QVERIFY(child.waitForFinished(s_patience));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    }

    QTemporaryDir m_dir;
    QString m_data;
    QString m_folder;
    QString m_file;
};

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    const auto arguments = QApplication::arguments();
    if (arguments.size() == 5 && arguments[1] == QStringLiteral("--killed"))
        return beKilled(arguments[2], arguments[3], arguments[4]);
    ProjectKillTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_project_kill.moc"
