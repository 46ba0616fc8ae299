// SPDX-License-Identifier: GPL-3.0-or-later
// Projects in the real window: open, edit, undo, save, close, and what is asked on the way.
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/widgets/job_bar.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace augury;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int s_patience = 60'000; // ms
constexpr ProjectFile::AutosaveTimes s_never{24h, 24h};

fs::path toFs(const QString& path)
{
    return fs::path(path.toStdString());
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

} // namespace

class ProjectWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        m_other = m_dir.filePath(QStringLiteral("other"));
        QVERIFY(test::writeTinyIdx(m_data));
        QVERIFY(test::writeTinyIdx(m_other, {16, 3, 60, 30}));
    }

    void init()
    {
        m_folder = m_dir.filePath(QString::fromLatin1(QTest::currentTestFunction()));
        QVERIFY(QDir().mkpath(m_folder));
        make();
    }

    void cleanup() { m_window.reset(); }

    void beginsUntitledAndClean()
    {
        open(m_data);
        QCOMPARE(m_window->windowTitle(), QStringLiteral("Untitled[*] – Augury"));
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(!action("undo")->isEnabled());
        slider()->setValue(11);
        QVERIFY(m_window->isWindowModified());
        QVERIFY(action("undo")->isEnabled());
        // Nobody is asked about settings that come back anyway.
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->close();
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
        make();
        QCOMPARE(config().copies, 12); // the slider counts from 0
        QVERIFY(!m_window->isWindowModified());
        QCOMPARE(slider()->value(), 11);
    }

    void undoesAndRedoesByKeyAndButton()
    {
        open(m_data);
        const auto before = config();
        slider()->setValue(11);
        const auto between = config();

        // Another field: an edit of its own.

        m_window->session().settings().edit([](ExperimentConfig& c) { c.repeats = 4; });
        const auto after = config();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->pages()->setFocus();
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(config() == between);
        action("undo")->trigger();
        QVERIFY(config() == before);
        QCOMPARE(slider()->value(), before.copies - 1);
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(!action("undo")->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Y, Qt::ControlModifier);
        QVERIFY(config() == after);
        QVERIFY(m_window->isWindowModified());
    }

    void aTextUndoesItsOwnTyping()
    {
        open(m_data);
        slider()->setValue(11);
        auto* edit = new QLineEdit(m_window->centralWidget());
        edit->show();
        edit->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("abc"));
        QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(edit->text().isEmpty());
        QCOMPARE(config().copies, 12);
    }

    void aSpinBoxLeavesUndoToTheSettings()
    {
        open(m_data);
        const auto before = config();
        auto* box = slider()->parentWidget()->findChild<QAbstractSpinBox*>();
        QVERIFY(box);
        box->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY(box->hasFocus());
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(config().copies, before.copies + 1);
        QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(config().copies, before.copies);
        QTest::keyClick(box, Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(config().copies, before.copies + 1);
    }

    void savesThroughTheDialogAndThenWithout()
    {
        open(m_data);
        slider()->setValue(11);
        action("save")->trigger();
        auto* dialog = m_window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QVERIFY(dialog->isVisible());
        const auto file = m_folder + QStringLiteral("/my run.augury");
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isWindowModified(), s_patience);
        QCOMPARE(m_window->windowTitle(), QStringLiteral("my run[*] – Augury"));
        QCOMPARE(readProject(toFs(file)).experiment.copies, 12);
        QTRY_VERIFY(m_window->jobBar()->text().contains(QStringLiteral("Saved")));
        QVERIFY(!action("save")->isEnabled());

        slider()->setValue(4);
        QVERIFY(m_window->isWindowModified());
        m_window->activateWindow(); // after the dialog
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isWindowModified(), s_patience);
        QCOMPARE(readProject(toFs(file)).experiment.copies, 5);

        m_window->close();
        make();
        const auto* recent = m_window->projectActions()->recent();
        QCOMPARE(recent->actions().size(), 1);
        QVERIFY(recent->actions().front()->text().contains(QStringLiteral("my run")));
        open(m_data);
        recent->actions().front()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->project().path(), file, s_patience);
        QCOMPARE(config().copies, 5);
    }

    void asksBeforeClosingAnEditedProject()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        open(file);
        QCOMPARE(config().copies, 3);
        slider()->setValue(8);
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        for (int i = 0; i < 3; ++i) { // once more does not throw it away
            m_window->close();
            QVERIFY(m_window->isVisible());
            QVERIFY(m_window->noticeText().contains(QStringLiteral("mine")));
        }
        QVERIFY(click("Cancel"));
        QVERIFY(m_window->noticeText().isEmpty());
        QVERIFY(m_window->isVisible());
        QCOMPARE(closed.count(), 0);
        m_window->close();
        QVERIFY(click("Save"));
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
        QVERIFY(m_window->isHidden());
        QCOMPARE(readProject(toFs(file)).experiment.copies, 9);
    }

    void closesWithoutSavingWhenTold()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        const auto before = contents(file);
        open(file);
        slider()->setValue(8);
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->close();
        QVERIFY(click("Close without saving"));
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
        QCOMPARE(contents(file), before);
        m_window.reset();
        make();
        open(m_data);
        QVERIFY(m_window->noticeText().isEmpty()); // nothing is offered again
    }

    void asksAboutProjectAndNetworkAtOnce()
    {
        const auto file = projectFile([](Project& p) { p.experiment.training.epochs = 1; });
        open(file);
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->session().hasUnsavedModel() && m_window->session().isIdle(), s_patience);
        slider()->setValue(8);
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->close();
        QVERIFY(m_window->noticeText().contains(QStringLiteral("mine and the trained model")));
        QVERIFY(test::visibleButton(*m_window->projectBars(), QStringLiteral("Save the model…")));
        QVERIFY(click("Save"));
        // The project is safe; the network still is not.
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->noticeText().contains(QStringLiteral("trained model is not")), s_patience);
        QVERIFY(!test::visibleButton(*m_window->projectBars(), QStringLiteral("Save")));
        QCOMPARE(closed.count(), 0);
        QCOMPARE(readProject(toFs(file)).experiment.copies, 9);
        m_window->session().saveModel(m_folder + QStringLiteral("/m.safetensors"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isIdle(), s_patience);
        QVERIFY(m_window->isVisible()); // it was not that button
        m_window->close(); // which asks about the project: it names a model now
        QVERIFY(click("Save"));
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
        QCOMPARE(readProject(toFs(file)).model, toFs(m_folder) / "m.safetensors");
    }

    void asksBeforeANewOneTakesThePlace()
    {
        open(m_data);
        slider()->setValue(11);
        action("create")->trigger();
        QCOMPARE(config().copies, 12);
        QVERIFY(m_window->noticeText().contains(QStringLiteral("not saved in any project")));
        QVERIFY(click("Cancel"));
        QCOMPARE(config().copies, 12);

        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        m_window->projectActions()->openFile(file);
        QVERIFY(m_window->project().path().isEmpty());
        QVERIFY(click("Go on without saving"));
        QTRY_COMPARE_WITH_TIMEOUT(m_window->project().path(), file, s_patience);
        QCOMPARE(config().copies, 3);
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(!action("undo")->isEnabled());

        slider()->setValue(8);
        action("create")->trigger();
        QVERIFY(click("Save"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->project().path().isEmpty(), s_patience);
        QCOMPARE(readProject(toFs(file)).experiment.copies, 9);
        QCOMPARE(config().copies, ExperimentConfig().copies);
        QCOMPARE(m_window->windowTitle(), QStringLiteral("Untitled[*] – Augury"));
    }

    void opensDataAndModelOfAProject()
    {
        const auto model = m_folder + QStringLiteral("/m.safetensors");
        open(m_data);
        m_window->session().settings().edit([](ExperimentConfig& c) { c.training.epochs = 1; });
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->session().model() && m_window->session().isIdle(), s_patience);
        m_window->session().saveModel(model);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isIdle(), s_patience);
        QCOMPARE(m_window->project().model(), model);
        m_window->close();
        QFile::remove(m_folder + QStringLiteral("/store.ini"));
        make();

        const auto file = projectFile([&](Project& p) {
            p.experiment.dataPath = toFs(m_other).string();
            p.experiment.copies = 3;
            p.model = toFs(model);
        });
        open(m_data);
        QVERIFY(!m_window->session().model());
        m_window->openDropped({file});
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().model() && m_window->session().isIdle()
                && m_window->project().isIdle(),
            s_patience);
        QCOMPARE(m_window->session().dataPath(), m_other);
        QCOMPARE(m_window->session().model()->path, model);
        QVERIFY(m_window->noticeText().isEmpty());
        QVERIFY(!m_window->isWindowModified());
        QCOMPARE(m_window->project().undoStack().count(), 0);

        // Undo of other data opens the former again.
        m_window->openFolder(m_data);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_data, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isBusy(), s_patience);
        QVERIFY(m_window->isWindowModified());
        action("undo")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_other, s_patience);
        QVERIFY(!m_window->isWindowModified());
    }

    void undoingOtherDataWaitsForTheTraining()
    {
        open(m_data);
        m_window->openFolder(m_other);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_other, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isBusy(), s_patience);
        m_window->session().settings().edit(
            [](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy epochs(&m_window->session(), &Session::epochTrained);
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(epochs.count() >= 1, s_patience);
        QVERIFY(!action("open")->isEnabled());
        QVERIFY(!action("create")->isEnabled());
        action("undo")->trigger();
        action("undo")->trigger();
        QCOMPARE(config().dataPath, m_data.toStdString());
        QVERIFY(m_window->session().task() == Session::Task::Train); // goes on
        m_window->session().stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_data, s_patience);
        QVERIFY(m_window->session().model()); // what was trained is there
    }

    void opensAProjectWhoseFilesAreMissing()
    {
        const auto file = projectFile([&](Project& p) {
            p.experiment.dataPath = (toFs(m_folder) / "no data").string();
            p.model = toFs(m_folder) / "no model.safetensors";
            p.experiment.copies = 3;
        });
        m_window->begin(file);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->project().path(), file, s_patience);
        QCOMPARE(config().copies, 3);
        QVERIFY(m_window->noticeText().contains(QStringLiteral("no data")));
        QVERIFY(m_window->noticeText().contains(QStringLiteral("no model.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().dataError().isEmpty(), s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isIdle(), s_patience);
        QVERIFY(!m_window->isWindowModified());
        QCOMPARE(m_window->project().model(), m_folder + QStringLiteral("/no model.safetensors"));
    }

    void leavesABrokenProjectAlone()
    {
        const auto file = m_folder + QStringLiteral("/broken.augury");
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("{\"augury_project\": 99, \"experiment\": {}}");
        out.close();
        const auto before = contents(file);
        m_window->session().settings().edit(
            [this](ExperimentConfig& c) { c.dataPath = m_data.toStdString(); });
        m_window->begin(file);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->noticeText().contains(QStringLiteral("broken.augury")), s_patience);
        QVERIFY(m_window->noticeText().contains(QStringLiteral("99")));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().dataset() != nullptr, s_patience);
        QVERIFY(m_window->project().path().isEmpty());
        QCOMPARE(contents(file), before);
    }

    void saysWhenAProjectCannotBeSaved()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        open(file);
        slider()->setValue(8);
        m_window->project().saveAs(QStringLiteral("/proc/no/such/p.augury"));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->noticeText().contains(QStringLiteral("/proc/no/such")), s_patience);
        QVERIFY(m_window->isWindowModified());
        QCOMPARE(m_window->project().path(), file);
    }

    void takesAProjectThatIsDropped()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        open(m_data);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(
            QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->project().path(), file, s_patience);
        QCOMPARE(config().copies, 3);
    }

private:
    void make()
    {
        m_window = test::makeWindow(m_folder + QStringLiteral("/store.ini"),
            test::filesIn(toFs(m_folder) / "user", s_never));
        m_window->show();
    }

    /// And waits until everything of it is there.
    void open(const QString& path)
    {
        m_window->begin(path);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().dataset() && m_window->session().isIdle()
                && m_window->project().isIdle(),
            s_patience);
    }

    template <typename Change> QString projectFile(Change change)
    {
        Project project;
        project.experiment.dataPath = m_data.toStdString();
        change(project);
        const auto path = m_folder + QStringLiteral("/mine.augury");
        writeProject(project, toFs(path));
        return path;
    }

    const ExperimentConfig& config() { return m_window->session().settings().config(); }
    QSlider* slider() const { return test::setupSlider(*m_window, QStringLiteral("Copies")); }

    QAction* action(const std::string& name) const
    {
        const auto* actions = m_window->projectActions();
        return name == "undo" ? actions->undo()
            : name == "save"  ? actions->save()
            : name == "open"  ? actions->open()
                              : actions->create();
    }

    bool click(const char* text)
    {
        auto* button = test::visibleButton(*m_window->projectBars(), QString::fromUtf8(text));
        if (button)
            QTest::mouseClick(button, Qt::LeftButton);
        return button != nullptr;
    }

    QTemporaryDir m_dir;
    QString m_data;
    QString m_other;
    QString m_folder;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(ProjectWindowTest)
#include "tst_project_window.moc"
