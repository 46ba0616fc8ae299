// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/compared_runs.h"

#include "tests/core/store/made_runs.h"
#include "tests/support/tiny_data.h"
#include "ui/session/session.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace augury;
using namespace augury::testing;

namespace {
constexpr int s_patience = 60'000; // ms

std::vector<std::int64_t> ids(const ComparedRuns& compared)
{
    std::vector<std::int64_t> all;
    for (const auto& run : compared.runs())
        all.push_back(run->id);
    return all;
}
using Ids = std::vector<std::int64_t>;
} // namespace

class ComparedRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(m_data));
    }

    void init()
    {
        m_file = m_dir.filePath(QStringLiteral("%1.sqlite").arg(++m_count)).toStdString();
    }

    void namesRuns()
    {
        RepeatsRun run;
        run.id = -1;
        run.config.copies = 7;
        run.config.policy = {};
        run.config.policy.verticalFlip = true; // no preset
        QCOMPARE(run.title(), QStringLiteral("vertical flip × 7"));
        run.id = 12;
        run.config.policy = {};
        run.config.policy.views = ViewSets{.horizontalFlip = true};
        QCOMPARE(run.title(), QStringLiteral("12 · hflip × 7"));
        run.name = QStringLiteral("100 %1 mine");
        QCOMPARE(run.title(), QStringLiteral("12 · 100 %1 mine"));
    }

    void opensAddsAndRemoves()
    {
        std::vector<std::int64_t> made;
        {
            auto store = RunStore::open(m_file);
            for (int i = 0; i < 4; ++i)
                made.push_back(store.add(madeDocument({0, 1, 2, 3}), "repeat"));
        }
        Session session;
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        QSignalSpy opened(&compared, &ComparedRuns::opened);
        QSignalSpy failed(&compared, &ComparedRuns::failed);
        QVERIFY(!compared.front());
        compared.open(made[1]);
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, s_patience);
        QCOMPARE(ids(compared), (Ids{made[1]}));
        compared.add({made[3], made[0]});
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 2, s_patience);
        QCOMPARE(ids(compared), (Ids{made[1], made[3], made[0]}));
        QCOMPARE(compared.front()->id, made[0]);
        compared.add({made[3]}); // is shown: comes to the front
        QCOMPARE(ids(compared).size(), std::size_t(3));
        QCOMPARE(compared.front()->id, made[3]);
        compared.bringToFront(made[1]);
        QCOMPARE(compared.front()->id, made[1]);
        compared.bringToFront(999);
        QCOMPARE(compared.front()->id, made[1]);

        // Three tests of the same differences: Holm makes all of them three times as large.
        const double p = summarise(compared.front()->outcome.repeats).pValue;
        for (const double adjusted : compared.adjustedPs())
            QCOMPARE(adjusted, std::min(1.0, 3 * p));

        compared.remove(made[1]);
        QCOMPARE(compared.front()->id, made[0]);
        compared.removeOthers();
        QCOMPARE(ids(compared), (Ids{made[0]}));
        compared.remove(made[0]);
        QVERIFY(!compared.front());
        QVERIFY(compared.adjustedPs().empty());
        QCOMPARE(failed.count(), 0);
        QVERIFY(RunStore::openToRead(m_file).list().size() == 4); // of the page alone
    }

    /// As the list does for several runs: whatever of them is shown already.
    void showsExactlyTheseRuns()
    {
        Ids made;
        {
            auto store = RunStore::open(m_file);
            for (int i = 0; i < 4; ++i)
                made.push_back(store.add(madeDocument({0, 1, 2, 3}), "repeat"));
        }
        Session session;
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        QSignalSpy failed(&compared, &ComparedRuns::failed);
        const auto show = [&](const Ids& wanted) {
            compared.open(wanted.front());
            compared.add({wanted.begin() + 1, wanted.end()});
            QTRY_VERIFY_WITH_TIMEOUT(history.isIdle(), s_patience);
            auto shown = ids(compared);
            std::ranges::sort(shown, std::ranges::greater());
            QCOMPARE(shown, wanted);
        };
        show({made[2], made[1], made[0]});
        show({made[3], made[0]}); // the first is new, the other is shown
        show({made[3], made[1]}); // the other way round
        show({made[3], made[1]});
        compared.open(made[0] + 77); // which there is not
        QTRY_VERIFY_WITH_TIMEOUT(history.isIdle(), s_patience);
        show({made[2], made[1]});
        QCOMPARE(failed.count(), 0);
    }

    void saysWhatCannotBeShown()
    {
        std::int64_t training = 0;
        std::int64_t begun = 0;
        auto store = RunStore::open(m_file);
        auto document = madeDocument({0});
        document.erase("repeats");
        document["history"] = nlohmann::json::array();
        training = store.add(document, "train");
        begun = store.begin(madeDocument({}), "repeat");
        Session session;
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        QSignalSpy failed(&compared, &ComparedRuns::failed);
        QSignalSpy opened(&compared, &ComparedRuns::opened);
        compared.open(training);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("training")));
        compared.open(begun);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, s_patience);
        QVERIFY(failed[1][0].toString().contains(QStringLiteral("no finished repeat")));
        QCOMPARE(opened.count(), 0);
        QVERIFY(!compared.front());
    }

    void followsAnotherProgramsRunAndNames()
    {
        auto store = RunStore::open(m_file);
        const auto id = store.begin(madeDocument({}), "repeat");
        store.addRepeat(id, madeRepeat(0));
        Session session;
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        compared.open(id);
        QTRY_VERIFY_WITH_TIMEOUT(compared.front() != nullptr, s_patience);
        QVERIFY(compared.front()->running);
        QSignalSpy grew(&compared, &ComparedRuns::grew);
        QSignalSpy changed(&compared, &ComparedRuns::runsChanged);
        store.addRepeat(id, madeRepeat(2));
        QTRY_COMPARE_WITH_TIMEOUT(
            compared.front()->outcome.repeats.size(), std::size_t(2), s_patience);
        QVERIFY(grew.count() >= 1);
        history.rename(id, QStringLiteral("mine"));
        QTRY_COMPARE_WITH_TIMEOUT(compared.front()->name, QStringLiteral("mine"), s_patience);
        QVERIFY(changed.count() >= 1);
        store.finish(id, madeDocument({0, 1, 2, 3}));
        QTRY_VERIFY_WITH_TIMEOUT(!compared.front()->running, s_patience);
        QCOMPARE(compared.front()->outcome.repeats.size(), std::size_t(4));
        QVERIFY(!compared.front()->outcome.stopped);
    }

    void growsWithTheSessionsRun()
    {
        const auto old = RunStore::open(m_file).add(madeDocument({0, 1, 2, 3}), "repeat");
        Session session;
        session.setHistory(m_file);
        RunHistory history(m_file);
        ComparedRuns compared(session, history);
        session.openData(m_data);
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.repeats = 2;
            c.copies = 2;
        });
        session.restoreLastRun();
        QTRY_VERIFY_WITH_TIMEOUT(compared.front() != nullptr, s_patience);
        QCOMPARE(compared.front()->id, old);
        QCOMPARE(compared.front()->classNames.size(), std::size_t(2));

        QSignalSpy grew(&compared, &ComparedRuns::grew);
        QSignalSpy opened(&compared, &ComparedRuns::opened);
        session.runRepeats();
        QCOMPARE(compared.runs().size(), std::size_t(1)); // in the place of the one before
        QVERIFY(compared.front()->running);
        QVERIFY(compared.front()->id < 0);
        const auto first = compared.front();
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        const auto id = session.run()->id;
        QVERIFY(id > old);
        QCOMPARE(ids(compared), (Ids{id}));
        QCOMPARE(compared.front()->outcome.repeats.size(), std::size_t(2));
        QCOMPARE(compared.front()->models.size(), std::size_t(2));
        QVERIFY(compared.front()->dataset == session.dataset());
        QVERIFY(compared.front()->document);
        QCOMPARE(first->outcome.repeats.size(), std::size_t(0)); // what was handed out stays
        QVERIFY(grew.count() >= 3);
        QCOMPARE(opened.count(), 0); // nobody asked for the page

        // Beside others it stays beside them, and its own name is the history's.
        compared.add({old});
        QTRY_COMPARE_WITH_TIMEOUT(compared.runs().size(), std::size_t(2), s_patience);
        history.rename(id, QStringLiteral("first"));
        QTRY_COMPARE_WITH_TIMEOUT(compared.runs()[0]->name, QStringLiteral("first"), s_patience);
        session.runRepeats();
        QCOMPARE(compared.runs().size(), std::size_t(3));
        compared.open(session.run()->id); // while it runs
        QCOMPARE(compared.runs().size(), std::size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        QCOMPARE(ids(compared), (Ids{session.run()->id}));
        QCOMPARE(compared.front()->outcome.repeats.size(), std::size_t(2));
        // Taken off the page while it runs, it does not come back.
        session.runRepeats();
        compared.remove(session.run()->id);
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        QVERIFY(compared.runs().empty());
    }

    void keepsTheNegligibleZone()
    {
        Session session;
        RunHistory history({});
        ComparedRuns compared(session, history);
        QSignalSpy changed(&compared, &ComparedRuns::negligibleChanged);
        compared.setNegligible(0.5);
        compared.setNegligible(0.5);
        compared.setNegligible(-1);
        compared.setNegligible(std::nan(""));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(compared.negligible(), 0.5);
    }

private:
    QTemporaryDir m_dir;
    QString m_data;
    std::filesystem::path m_file;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(ComparedRunsTest)
#include "tst_compared_runs.moc"
