// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that were this window's, or that it restored, and that another program goes on with: a store
// in the test plays that one.
#include "tests/core/store/made_runs.h"
#include "tests/session/session_runs.h"
#include "tests/support/tiny_data.h"
#include "ui/session/compared_runs.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using namespace augury::testing;
using test::s_patience;

class ComparedRunsElsewhereTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_file = m_dir.filePath(QStringLiteral("%1.sqlite").arg(++m_count)).toStdString();
    }

    void aRestoredRunGrows()
    {
        const auto id = RunStore::open(m_file).add(madeDocument({0, 1}), "repeat");
        Session session;
        session.setHistory(m_file);
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        session.restoreLastRun();
        QTRY_VERIFY_WITH_TIMEOUT(compared.front() != nullptr, s_patience);
        QCOMPARE(compared.front()->outcome.repeats.size(), std::size_t(2));
        QVERIFY(!compared.front()->running);

        auto store = RunStore::open(m_file);
        store.resume(id);
        QTRY_VERIFY_WITH_TIMEOUT(compared.front()->running, s_patience);
        QVERIFY(!session.run()->running); // the Run button is not its
        store.addRepeat(id, madeRepeat(2));
        QTRY_COMPARE_WITH_TIMEOUT(
            compared.front()->outcome.repeats.size(), std::size_t(3), s_patience);
        store.addRepeat(id, madeRepeat(3));
        store.finish(id, madeDocument({0, 1, 2, 3}));
        checkFinished(session, compared, id);
        compared.remove(id);
        compared.open(id); // what the session has of it is not old, either
        QTRY_VERIFY_WITH_TIMEOUT(compared.front() != nullptr, s_patience);
        checkFinished(session, compared, id);
    }

    void openedAfterItGrewUnseen()
    {
        const auto id = RunStore::open(m_file).add(madeDocument({0, 1}), "repeat");
        Session session;
        session.setHistory(m_file);
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        session.restoreLastRun();
        QTRY_VERIFY_WITH_TIMEOUT(compared.front() != nullptr, s_patience);
        compared.remove(id); // nothing is shown that could be followed
        {
            auto store = RunStore::open(m_file);
            store.resume(id);
            store.addRepeat(id, madeRepeat(2));
            store.finish(id, madeDocument({0, 1, 2, 3}));
        }
        QSignalSpy listed(&history, &RunHistory::listed);
        history.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(listed.count() > 0 && history.isIdle(), s_patience);
        QCOMPARE(session.run()->outcome.repeats.size(), std::size_t(2));
        compared.open(id);
        QTRY_VERIFY_WITH_TIMEOUT(compared.front() != nullptr, s_patience);
        checkFinished(session, compared, id);
    }

    void oneThatAnotherIsAtIsNotTheSessionsJob()
    {
        auto store = RunStore::open(m_file);
        const auto id = store.begin(madeDocument({}), "repeat");
        store.addRepeat(id, madeRepeat(0));
        store.addRepeat(id, madeRepeat(1));
        Session session;
        session.setHistory(m_file);
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        QTRY_VERIFY_WITH_TIMEOUT(history.model().rowCount() == 1, s_patience);
        session.restoreLastRun();
        QTRY_VERIFY_WITH_TIMEOUT(session.run() != nullptr, s_patience);
        QVERIFY(!session.run()->running);
        QVERIFY(!session.isAt(id));
        QTRY_VERIFY_WITH_TIMEOUT(compared.front() && compared.front()->running, s_patience);
        store.finish(id, madeDocument({0, 1, 2, 3}));
        checkFinished(session, compared, id);
    }

    void aRunStoppedHereKeepsItsNetworks()
    {
        const auto data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(data));
        Session session;
        session.setHistory(m_file);
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        QVERIFY(test::open(session, data));
        test::settle(session.settings());
        session.settings().edit([](ExperimentConfig& c) { c.repeats = 4; });
        connect(&session, &Session::repeatFinished, &session, [&] { session.stop(); });
        QSignalSpy over(&session, &Session::runEnded);
        session.runRepeats();
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        const auto id = session.run()->id;
        const auto done = session.run()->outcome.repeats.size();
        const auto networks = session.run()->models.size();
        QVERIFY(done >= 1 && done < 4 && networks >= 1);
        QTRY_VERIFY_WITH_TIMEOUT(history.isIdle(), s_patience);
        QVERIFY(compared.front()->dataset == session.dataset()); // nothing newer was read

        auto store = RunStore::open(m_file);
        const auto record = store.resume(id);
        for (int index = 0; index < 4; ++index)
            if (std::ranges::find(record.repeats, index, &RepeatResult::index)
                == record.repeats.end())
                store.addRepeat(id, madeRepeat(index));
        auto document = store.get(id).document;
        document["stopped"] = false;
        store.finish(id, document);
        checkFinished(session, compared, id);
        QCOMPARE(compared.front()->models.size(), networks);
        QVERIFY(compared.front()->dataset == session.dataset());
        compared.open(id);
        checkFinished(session, compared, id);
    }

private:
    static void checkFinished(const Session& session, const ComparedRuns& compared, std::int64_t id)
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            compared.front() && !compared.front()->running && !compared.front()->outcome.stopped,
            s_patience);
        QCOMPARE(compared.front()->id, id);
        QCOMPARE(compared.front()->outcome.repeats.size(), std::size_t(4));
        QVERIFY(session.run() && session.run()->id == id && !session.run()->running);
        QCOMPARE(session.run()->outcome.repeats.size(), std::size_t(4));
    }

    QTemporaryDir m_dir;
    std::filesystem::path m_file;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(ComparedRunsElsewhereTest)
#include "tst_compared_runs_elsewhere.moc"
