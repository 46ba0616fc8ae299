// SPDX-License-Identifier: GPL-3.0-or-later
// Projects in the real window: edit, undo, save, close, and what is asked on the way.
#include "tests/ui/project_window_fixture.h"
#include "ui/widgets/job_bar.h"

#include <QAbstractSpinBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTabWidget>

using namespace augury;
using test::contents;
using test::s_patience;
using test::toFs;

class ProjectWindowTest : public QObject, private test::ProjectWindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(writeData()); }
    void init() { QVERIFY(begin()); }
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

    void whatWasGivenUpDoesNotComeBack()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        open(file);
        slider()->setValue(8);
        m_window->close();
        QVERIFY(click("Close without saving"));
        startAgain();
        QCOMPARE(m_window->project().path(), file);
        QCOMPARE(m_window->windowTitle(), QStringLiteral("mine[*] – Augury"));
        QCOMPARE(config().copies, 3);
        QCOMPARE(slider()->value(), 2);
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(m_window->noticeText().isEmpty());
        QVERIFY(!action("undo")->isEnabled());
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
};

QTEST_MAIN(ProjectWindowTest)
#include "tst_project_window.moc"
