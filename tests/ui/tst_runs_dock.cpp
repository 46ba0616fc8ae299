// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/photographer.h"
#include "tests/ui/runs_dock_fixture.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace augury;
using namespace augury::test;
using namespace augury::testing;

class RunsDockTest : public QObject, RunsDockFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void searchesAndFilters()
    {
        auto* search = named<QLineEdit>(*m_dock, QStringLiteral("Search runs"));
        QVERIFY(search);
        QTest::keyClicks(search, QStringLiteral("BEST apples"));
        QCOMPARE(shown(), (QList<std::int64_t>{m_finished}));
        QTest::keyClicks(search, QStringLiteral("x"));
        QVERIFY(shown().isEmpty());
        QVERIFY(!m_dock->emptyText().isEmpty()); // says why nothing is there
        search->clear();
        QVERIFY(m_dock->emptyText().isEmpty());
        auto* kind = named<QComboBox>(*m_dock, QStringLiteral("Kind of run"));
        kind->setCurrentIndex(3);
        QCOMPARE(shown(), (QList<std::int64_t>{m_training}));
        kind->setCurrentIndex(0);
        auto* status = named<QComboBox>(*m_dock, QStringLiteral("Status of the run"));
        status->setCurrentIndex(1);
        QCOMPARE(shown(), (QList<std::int64_t>{m_live}));
        status->setCurrentIndex(3);
        QCOMPARE(shown(), (QList<std::int64_t>{m_stopped}));
        status->setCurrentIndex(0);
        QCOMPARE(shown().size(), 4);
    }

    void sortsByAHeading()
    {
        QCOMPARE(shown().first(), m_live); // the newest first
        auto* header = m_dock->table()->horizontalHeader();
        const int x = header->sectionViewportPosition(RunsModel::Data) + 8;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
        QCOMPARE(header->sortIndicatorSection(), int(RunsModel::Data));
        const auto order = header->sortIndicatorOrder();
        auto names = QStringList();
        for (int row = 0; row < 4; ++row)
            names << cell(row, RunsModel::Data);
        auto sorted = names;
        std::sort(sorted.begin(), sorted.end());
        if (order == Qt::DescendingOrder)
            std::reverse(sorted.begin(), sorted.end());
        QCOMPARE(names, sorted);
    }

    void offersOnlyWhatCanBeDone()
    {
        const auto can = [&](const char* name) {
            return m_dock->action(QString::fromLatin1(name))->isEnabled();
        };
        select({});
        for (const char* name : {"open", "add", "resume", "settings", "report", "export", "rename",
                 "tags", "note", "delete", "copy"})
            QVERIFY2(!can(name), name);
        QVERIFY(can("import"));
        select({m_stopped});
        QVERIFY(can("resume") && can("open") && can("settings") && can("report"));
        m_dock->setBusy(true);
        QVERIFY(!can("resume"));
        QVERIFY(can("open"));
        m_dock->setBusy(false);
        QVERIFY(can("resume"));
        select({m_finished});
        QVERIFY(!can("resume"));
        select({m_live});
        QVERIFY(!can("resume") && !can("delete"));
        QCOMPARE(cell(rowOf(m_live), RunsModel::Status), QStringLiteral("running 1 of 10"));
        select({m_training});
        QVERIFY(!can("open") && !can("add") && !can("resume") && can("settings"));
        select({m_training, m_finished, m_stopped});
        QVERIFY(can("open") && can("add") && !can("resume") && can("delete"));
        QVERIFY(!can("rename") && !can("tags") && !can("note"));
        QSignalSpy compare(m_dock, &RunsDock::compareWanted);
        m_dock->action(QStringLiteral("add"))->trigger();
        QCOMPARE(compare[0][0].value<std::vector<std::int64_t>>(),
            (std::vector<std::int64_t>{m_stopped, m_finished})); // as they are listed
        // Several are opened beside each other, the first of them in place of all that was there.
        QSignalSpy open(m_dock, &RunsDock::openWanted);
        connect(m_dock, &RunsDock::compareWanted, &open, [&] { QVERIFY(open.count() > 0); });
        m_dock->action(QStringLiteral("open"))->trigger();
        QTest::keyClick(m_dock->table(), Qt::Key_Return);
        for (const int time : {0, 1}) {
            QCOMPARE(open[time][0].value<std::int64_t>(), m_stopped);
            QCOMPARE(compare[time + 1][0].value<std::vector<std::int64_t>>(),
                (std::vector<std::int64_t>{m_finished}));
        }
        QCOMPARE(open.count() + compare.count(), 5);
        // What stops while it is selected can be resumed without another click.
        select({m_live});
        m_running.reset();
        QTRY_VERIFY_WITH_TIMEOUT(can("resume"), s_patience);
    }

    void asksForWhatAUserWants()
    {
        QSignalSpy open(m_dock, &RunsDock::openWanted);
        QSignalSpy resume(m_dock, &RunsDock::resumeWanted);
        QSignalSpy report(m_dock, &RunsDock::reportWanted);
        QSignalSpy settings(m_dock, &RunsDock::settingsWanted);
        select({m_stopped});
        QTest::keyClick(m_dock->table(), Qt::Key_Return);
        QCOMPARE(open.count(), 1);
        QCOMPARE(open[0][0].value<std::int64_t>(), m_stopped);
        auto* table = m_dock->table();
        const auto data = table->model()->index(rowOf(m_finished), RunsModel::Data);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(data).center());
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(data).center());
        QCOMPARE(open.count(), 2);
        select({m_training});
        QTest::keyClick(m_dock->table(), Qt::Key_Return); // nothing to compare in it
        QCOMPARE(open.count(), 2);
        select({m_stopped});
        m_dock->action(QStringLiteral("resume"))->trigger();
        QCOMPARE(resume[0][0].value<std::int64_t>(), m_stopped);
        m_dock->action(QStringLiteral("report"))->trigger();
        QCOMPARE(report[0][0].value<std::int64_t>(), m_stopped);
        m_dock->action(QStringLiteral("settings"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(settings.count(), 1, s_patience);
        QVERIFY(settings[0][0].value<ExperimentConfig>() == madeConfig(4));
        QCOMPARE(settings[0][1].toString(), QStringLiteral("run %1").arg(m_stopped));
        QTest::keyClick(m_dock->table(), Qt::Key_C, Qt::ControlModifier);
        const auto lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 3); // headings, the row, the end
        QVERIFY(lines[0].startsWith(QStringLiteral("Run\tName\tStatus\tStarted\tData\t")));
        QVERIFY(lines[1].contains(QStringLiteral("\tstopped 2 of 4\t")));
        QCOMPARE(lines[0].count(QLatin1Char('\t')), lines[1].count(QLatin1Char('\t')));
    }

    void keepsSelectionAndColumns()
    {
        select({m_finished});
        RunStore::open(m_file).add(madeDocument({0}), "repeat");
        QTRY_COMPARE_WITH_TIMEOUT(m_history->model().rowCount(), 5, s_patience);
        QCOMPARE(m_dock->selected(), (std::vector<std::int64_t>{m_finished}));

        auto* header = m_dock->table()->horizontalHeader();
        const int place = header->visualIndex(RunsModel::Lift);
        header->moveSection(place, 2);
        m_dock->table()->setColumnHidden(RunsModel::Data, true);
        m_dock->table()->sortByColumn(RunsModel::Lift, Qt::AscendingOrder);
        const auto state = m_dock->saveColumns();
        RunsDock other(*m_history);
        auto* restored = other.table()->horizontalHeader();
        other.restoreColumns(state);
        QCOMPARE(restored->visualIndex(RunsModel::Lift), 2);
        QVERIFY(restored->isSectionHidden(RunsModel::Data));
        QCOMPARE(restored->sortIndicatorSection(), int(RunsModel::Lift));
        QCOMPARE(other.table()->model()->index(0, RunsModel::Id).data().toString(),
            cell(0, RunsModel::Id));
        other.restoreColumns(QByteArray("nonsense"));
        QCOMPARE(restored->visualIndex(RunsModel::Lift), place);
        QVERIFY(!restored->isSectionHidden(RunsModel::Data));

        // The header's menu hides and shows.
        Q_EMIT header->customContextMenuRequested({5, 5});
        auto* menu = m_dock->table()->findChild<QMenu*>();
        QVERIFY(menu);
        for (auto* action : menu->actions()) {
            if (action->text() == QStringLiteral("Vote"))
                action->trigger();
            if (action->text() == QStringLiteral("Name"))
                QVERIFY(!action->isEnabled());
        }
        QVERIFY(!header->isSectionHidden(RunsModel::Vote));
        menu->close();
    }

    void showsProblemsInPlace()
    {
        m_history->rename(999, QStringLiteral("x"));
        QTRY_VERIFY_WITH_TIMEOUT(m_dock->messageText().contains(QStringLiteral("999")), s_patience);
        RunHistory none({});
        RunsDock empty(none);
        QVERIFY(!empty.emptyText().isEmpty());
        QVERIFY(!empty.action(QStringLiteral("import"))->isEnabled());
        RunHistory young(m_dir.filePath(QStringLiteral("young.sqlite")).toStdString());
        RunsDock first(young);
        QVERIFY(first.emptyText().contains(QStringLiteral("augury-cli")));
        QTRY_VERIFY_WITH_TIMEOUT(young.isIdle(), s_patience);
    }

    void canBeUsedWithoutAMouse()
    {
        for (auto* widget : m_dock->findChildren<QWidget*>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
                continue;
            auto* accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(),
                widget->metaObject()->className());
        }
        // A narrow dock leaves buttons out and makes nobody wide.
        m_window->resize(500, 320);
        QTRY_COMPARE_WITH_TIMEOUT(m_dock->width(), 500, s_patience);
        for (auto* button : m_dock->findChildren<QToolButton*>()) {
            if (button->isVisible() && button->parentWidget() != m_dock)
                QVERIFY(button->mapTo(m_dock, button->rect().bottomRight()).x() <= 500);
        }
        auto* more = named<QToolButton>(*m_dock, QStringLiteral("All that can be done with runs"));
        QVERIFY(more && more->isVisible());
        QVERIFY(more->menu()->actions().contains(m_dock->action(QStringLiteral("report"))));
    }

    void picture()
    {
        const auto folder = QStringLiteral(AUGURY_BUILD_DIR "/runs-dock");
        QVERIFY(QDir().mkpath(folder));
        m_running->rename(m_finished, "Figure 2: flips");
        m_running->setTags(m_finished, {"paper"});
        for (int i = 0; i < 5; ++i)
            m_running->add(madeDocument({0, 1, 2, 3}, 4, "Fashion-MNIST", 200.0 * i), "repeat");
        QTRY_COMPARE_WITH_TIMEOUT(m_history->model().rowCount(), 9, s_patience);
        select({m_stopped});
        m_window->resize(1440, 220);
        test::Photographer photographer(folder, QStringLiteral("1"));
        photographer.take(*m_dock, "runs");
        m_history->remove({m_training});
        QTRY_VERIFY_WITH_TIMEOUT(!m_dock->messageText().isEmpty(), s_patience);
        m_window->resize(800, 260);
        photographer.take(*m_dock, "runs-narrow");
        RunHistory none(m_dir.filePath(QStringLiteral("none.sqlite")).toStdString());
        RunsDock empty(none);
        empty.resize(1440, 220);
        photographer.take(empty, "runs-empty");
        QTRY_VERIFY_WITH_TIMEOUT(none.isIdle(), s_patience);
    }
};

QTEST_MAIN(RunsDockTest)
#include "tst_runs_dock.moc"
