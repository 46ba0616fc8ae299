// SPDX-License-Identifier: GPL-3.0-or-later
// What a user changes in the list of runs: names, tags, notes, deletions.
#include "tests/ui/runs_dock_fixture.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace augury;
using namespace augury::test;
using namespace augury::testing;

class RunsDockEditsTest : public QObject, RunsDockFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void editsInPlace()
    {
        select({m_finished});
        QTest::keyClick(m_dock->table(), Qt::Key_F2); // wherever the current cell is: the name
        type(QStringLiteral("mine"));
        QTRY_COMPARE_WITH_TIMEOUT(info(m_finished).name, std::string("mine"), s_patience);
        QCOMPARE(m_dock->selected(), (std::vector<std::int64_t>{m_finished}));
        for (const auto& [column, words] :
            {std::pair{RunsModel::Tags, "b, a"}, std::pair{RunsModel::Note, "a note"}}) {
            auto* table = m_dock->table();
            const auto index = table->model()->index(rowOf(m_finished), column);
            table->scrollTo(index);
            const auto at = table->visualRect(index).center();
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, at);
            QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, at);
            type(QString::fromLatin1(words));
        }
        QTRY_COMPARE_WITH_TIMEOUT(info(m_finished).note, std::string("a note"), s_patience);
        QCOMPARE(info(m_finished).tags, (std::vector<std::string>{"a", "b"}));
        // F2 renames whichever cell is the current one, and begins with what is shown.
        QTest::keyClick(m_dock->table(), Qt::Key_F2);
        auto* line = m_dock->table()->findChild<QLineEdit*>();
        QVERIFY(line);
        QCOMPARE(line->selectedText(), QStringLiteral("mine"));
        QTest::keyClick(line, Qt::Key_Escape);
        QTRY_VERIFY(!m_dock->table()->findChild<QLineEdit*>());
        // What changes meanwhile takes nothing away from who types.
        QTest::keyClick(m_dock->table(), Qt::Key_F2);
        QTest::keyClicks(m_dock->table()->findChild<QLineEdit*>(), QStringLiteral("half "));
        m_running->rename(m_finished, "by another");
        QTRY_COMPARE_WITH_TIMEOUT(info(m_finished).name, std::string("by another"), s_patience);
        QCOMPARE(m_dock->table()->findChild<QLineEdit*>()->text(), QStringLiteral("half "));
        type(QStringLiteral("my own"));
        QTRY_COMPARE_WITH_TIMEOUT(info(m_finished).name, std::string("my own"), s_patience);
        // Escape leaves things as they were.
        QTest::keyClick(m_dock->table(), Qt::Key_F2);
        auto* editor = m_dock->table()->findChild<QLineEdit*>();
        QVERIFY(editor);
        QTest::keyClicks(editor, QStringLiteral("not this"));
        QTest::keyClick(editor, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(m_history->isIdle(), s_patience);
        QCOMPARE(info(m_finished).name, std::string("my own"));
    }

    void renamesFromTheTitle()
    {
        select({m_live});
        auto* table = m_dock->table();
        const auto title = QString::fromStdString(info(m_live).title);
        QCOMPARE(cell(rowOf(m_live), RunsModel::Name), title);
        QTest::keyClick(table, Qt::Key_F2);
        auto* line = table->findChild<QLineEdit*>();
        QVERIFY(line);
        QCOMPARE(line->text(), title);
        QCOMPARE(line->selectedText(), title);
        m_running->addRepeat(m_live, madeRepeat(1)); // the title changes, and is selected still
        QTRY_COMPARE_WITH_TIMEOUT(info(m_live).repeatsDone, 2, s_patience);
        const auto next = QString::fromStdString(info(m_live).title);
        QVERIFY(next != title);
        QCOMPARE(line->selectedText(), next);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!table->findChild<QLineEdit*>());
        QTRY_VERIFY_WITH_TIMEOUT(m_history->isIdle(), s_patience);
        QCOMPARE(RunStore::openToRead(m_file).get(m_live).info.name, std::string());
        QTest::keyClick(table, Qt::Key_F2);
        line = table->findChild<QLineEdit*>();
        QVERIFY(line);
        QTest::keyClick(line, Qt::Key_End);
        QTest::keyClicks(line, QStringLiteral(" so far"));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(
            info(m_live).name, (next + QStringLiteral(" so far")).toStdString(), s_patience);
    }

    void editsTagsAndNotesFromTheMenu()
    {
        auto* table = m_dock->table();
        auto* more = named<QToolButton>(*m_dock, QStringLiteral("All that can be done with runs"));
        for (const auto& [name, column, text] : {std::tuple{"tags", RunsModel::Tags, "Edit Tags"},
                 std::tuple{"note", RunsModel::Note, "Edit Note"}}) {
            auto* action = m_dock->action(QString::fromLatin1(name));
            QVERIFY(action && more->menu()->actions().contains(action));
            QVERIFY(table->actions().contains(action)); // the context menu
            QCOMPARE(action->text(), QString::fromLatin1(text));
            QVERIFY(!action->toolTip().isEmpty());
            table->setColumnHidden(column, true);
            select({m_stopped});
            action->trigger();
            QVERIFY(!table->isColumnHidden(column));
            type(QStringLiteral("of %1").arg(QString::fromLatin1(name)));
        }
        QTRY_COMPARE_WITH_TIMEOUT(info(m_stopped).note, std::string("of note"), s_patience);
        QCOMPARE(info(m_stopped).tags, (std::vector<std::string>{"of tags"}));
    }

    void deletesAndBringsBack()
    {
        select({m_finished, m_stopped, m_live});
        QTest::keyClick(m_dock->table(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(m_history->model().rowCount(), 2, s_patience);
        QVERIFY(m_history->model().rowOf(m_live)); // somebody is at it
        QTRY_COMPARE_WITH_TIMEOUT(
            m_dock->messageText(), QStringLiteral("Deleted 2 runs."), s_patience);
        QPushButton* undo = nullptr;
        for (auto* button : m_dock->findChildren<QPushButton*>()) {
            if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Undo"))
                undo = button;
        }
        QVERIFY(undo && undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_history->model().rowCount(), 4, s_patience);
        QVERIFY(m_dock->messageText().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(m_dock->selected().size(), std::size_t(2), s_patience);
        select({m_stopped});
        m_dock->action(QStringLiteral("delete"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_dock->messageText(), QStringLiteral("Deleted run %1.").arg(m_stopped), s_patience);
    }

    /// The window has an Undo of its own, of settings.
    void bringsBackByKey()
    {
        QAction windows;
        windows.setShortcut(QKeySequence(QStringLiteral("Ctrl+Z")));
        m_window->addAction(&windows);
        QSignalSpy undone(&windows, &QAction::triggered);
        const auto press = [&] {
            auto* focus = m_window->focusWidget();
            [&] { QVERIFY(focus && m_dock->isAncestorOf(focus)); }();
            QTest::keyClick(focus, Qt::Key_Z, Qt::ControlModifier);
        };
        const auto isListed = [&] { return m_history->model().rowOf(m_finished).has_value(); };
        const auto remove = [&] {
            m_history->remove({m_finished});
            QTRY_VERIFY_WITH_TIMEOUT(!isListed() && !m_dock->messageText().isEmpty(), s_patience);
        };
        select({m_finished});
        press();
        QCOMPARE(undone.count(), 1); // nothing was deleted: the window's
        remove();
        m_dock->table()->setFocus();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(isListed(), s_patience);
        QVERIFY(m_dock->messageText().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_dock->selected(), (std::vector<std::int64_t>{m_finished}), s_patience);

        // In the search, letters come first; and the list may be empty.
        auto* search = named<QLineEdit>(*m_dock, QStringLiteral("Search runs"));
        search->setText(QStringLiteral("best apples"));
        remove();
        QVERIFY(!m_dock->emptyText().isEmpty());
        press();
        QTRY_VERIFY_WITH_TIMEOUT(isListed(), s_patience);
        remove();
        search->setFocus();
        QTest::keyClicks(search, QStringLiteral("x"));
        press();
        QCOMPARE(search->text(), QStringLiteral("best apples"));
        QVERIFY(m_history->isIdle() && !isListed());
        press();
        QTRY_VERIFY_WITH_TIMEOUT(isListed(), s_patience);
        QCOMPARE(undone.count(), 1);
        m_dock->table()->setFocus();
        press(); // it is back: the window's again
        QCOMPARE(undone.count(), 2);
    }
};

QTEST_MAIN(RunsDockEditsTest)
#include "tst_runs_dock_edits.moc"
