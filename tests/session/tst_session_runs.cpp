// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as the history keeps them while the window works: saved as they go, gone on with after any
// end, their networks in hand again.
#include "core/store/run_store.h"
#include "core/support/error.h"
#include "tests/session/session_runs.h"
#include "tests/support/tiny_data.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <random>
#include <thread>

using namespace augury;
using namespace augury::test;

class SessionRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(m_data));
        m_other = m_dir.filePath(QStringLiteral("other"));
        QVERIFY(test::writeTinyIdx(m_other, {16, 3, 30, 12}));
        // What an uninterrupted run finds.
        Session session;
        QVERIFY(open(session, m_data));
        settle(session.settings());
        QSignalSpy over(&session, &Session::runEnded);
        session.runRepeats();
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        m_whole = *session.run();
        QCOMPARE(m_whole.outcome.repeats.size(), std::size_t(s_repeats));
        QVERIFY(m_whole.id < 0); // in no history
        QCOMPARE(m_whole.models.size(), std::size_t(s_repeats));
    }

    void init()
    {
        m_file = m_dir.filePath(QStringLiteral("runs%1.sqlite").arg(++m_count)).toStdString();
    }

    void eachRepeatIsKeptAsItEnds()
    {
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data));
        settle(session.settings());
        std::vector<int> kept; // as another program sees it, at each repeat that is told
        bool alwaysRunning = true;
        connect(&session, &Session::repeatFinished, this, [&] {
            const auto info = RunStore::openToRead(m_file).get(session.run()->id).info;
            kept.push_back(info.repeatsDone);
            alwaysRunning = alwaysRunning
                && (info.status == RunStatus::Running || info.repeatsDone == s_repeats);
        });
        QSignalSpy started(&session, &Session::runKept);
        QSignalSpy over(&session, &Session::runEnded);
        QSignalSpy failed(&session, &Session::historyFailed);
        session.runRepeats();
        QVERIFY(session.run()->id < 0);
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        QCOMPARE(started.count(), 1);
        QCOMPARE(failed.count(), 0);
        QCOMPARE(kept.size(), std::size_t(s_repeats));
        for (std::size_t i = 0; i < kept.size(); ++i)
            QVERIFY(kept[i] > static_cast<int>(i));
        QVERIFY(alwaysRunning);
        const auto store = RunStore::openToRead(m_file);
        QCOMPARE(store.list().size(), std::size_t(1));
        const auto record = store.get(session.run()->id);
        QCOMPARE(record.info.status, RunStatus::Finished);
        QCOMPARE(record.info.repeatsDone, s_repeats);
        QCOMPARE(documentText(record.document), *session.run()->document);
        QVERIFY(found(record.repeats) == found(m_whole.outcome.repeats));
    }

    void aRunThatCameToNothingLeavesNothing()
    {
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data));
        settle(session.settings());
        session.settings().edit([](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy started(&session, &Session::runKept);
        QSignalSpy over(&session, &Session::runEnded);
        session.runRepeats();
        QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, s_patience);
        session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        QVERIFY(session.run()->id < 0);
        QCOMPARE(RunStore::openToRead(m_file).list().size(), std::size_t(0));
    }

    void aHistoryThatCannotBeWrittenCostsAMessageAlone()
    {
        QVERIFY(QDir().mkpath(QString::fromStdString(m_file.string()))); // a folder
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data));
        settle(session.settings());
        QSignalSpy over(&session, &Session::runEnded);
        QSignalSpy failed(&session, &Session::historyFailed);
        session.runRepeats();
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        QVERIFY(failed.count() >= 1);
        QVERIFY(failed[0][0].toString().contains(QString::fromStdString(m_file.string())));
        QVERIFY(found(session.run()->outcome.repeats) == found(m_whole.outcome.repeats));
        QVERIFY(session.run()->id < 0);
    }

    void aStoppedRunEndsWithTheSameTable()
    {
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data));
        settle(session.settings());
        const auto id = stopAfterOne(session);
        const auto before = session.run()->outcome.repeats.size();
        QVERIFY(before >= 1 && before < s_repeats);
        QCOMPARE(RunStore::openToRead(m_file).get(id).info.status, RunStatus::Stopped);

        // Settings and data in hand are others by now, and stay so.
        QVERIFY(open(session, m_other));
        session.settings().edit([](ExperimentConfig& c) { c.copies = 9; });
        const auto settings = session.settings().config();
        QSignalSpy repeats(&session, &Session::repeatFinished);
        QVERIFY2(resume(session, id).isEmpty(), "failed");
        QCOMPARE(repeats.count(), s_repeats - static_cast<int>(before));
        QVERIFY(session.settings().config() == settings);
        QCOMPARE(session.dataset()->classes(), 3);
        QCOMPARE(session.run()->dataset->classes(), 4);
        QCOMPARE(session.run()->id, id);
        QVERIFY(!session.run()->outcome.stopped);
        QVERIFY(found(session.run()->outcome.repeats) == found(m_whole.outcome.repeats));
        const auto record = RunStore::openToRead(m_file).get(id);
        QCOMPARE(record.info.status, RunStatus::Finished);
        QVERIFY(found(record.repeats) == found(m_whole.outcome.repeats));
        QCOMPARE(documentText(record.document), *session.run()->document);
    }

    void aKilledWindowLosesNoFinishedRepeat()
    {
        std::mt19937 random(3);
        int resumed = 0;
        for (int round = 0; round < 6; ++round) {
            init();
            QProcess child;
            child.setProcessChannelMode(QProcess::ForwardedChannels);
            child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--child"), QString::fromStdString(m_file.string()), m_data});
            QVERIFY(child.waitForStarted());
            const int wanted = 1 + round % (s_repeats - 1);
            int seen = 0; // what another program was told is kept
            QVERIFY(QTest::qWaitFor(
                [&] {
                    try {
                        for (const auto& info : RunStore::openToRead(m_file).list())
                            seen = info.repeatsDone;
                    } catch (const Error&) {
                        // not there yet
                    }
                    return seen >= wanted;
                },
                s_patience));
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 30'000));
            ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
            QVERIFY(child.waitForFinished());

            Session session;
            session.setHistory(m_file);
            const auto id = RunStore::openToRead(m_file).list().front().id;
            const auto record = RunStore::openToRead(m_file).get(id);
            QVERIFY(static_cast<int>(record.repeats.size()) >= seen);
            if (record.info.status != RunStatus::Finished) {
                QCOMPARE(record.info.status, RunStatus::Stopped);
                if (record.info.isComplete())
                    continue; // killed between its last repeat and its end
                QVERIFY2(resume(session, id).isEmpty(), "failed");
                ++resumed;
            }
            const auto after = RunStore::openToRead(m_file).get(id);
            QVERIFY(found(after.repeats) == found(m_whole.outcome.repeats));
        }
        QVERIFY(resumed >= 2); // else the kills came too late to say anything
    }

    void saysWhyARunCannotBeResumed()
    {
        const auto folder = m_dir.filePath(QStringLiteral("moving%1").arg(m_count));
        QVERIFY(test::writeTinyIdx(folder));
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, folder));
        settle(session.settings());
        const auto id = stopAfterOne(session);
        const auto shown = session.run()->outcome.repeats.size();

        Session later;
        later.setHistory(m_file);
        QVERIFY(resume(later, 999).contains(QStringLiteral("999")));
        QVERIFY(!later.run());
        QVERIFY(!later.isBusy());
        QVERIFY(QDir().rename(folder, folder + QStringLiteral(" moved")));
        QVERIFY(resume(later, id).contains(folder));
        QVERIFY(test::writeTinyIdx(folder, {16, 4, 96, 44})); // other images
        QVERIFY(resume(later, id).contains(QStringLiteral("not those that run")));
        QVERIFY(!later.run());
        // Nothing of that did it harm: where the data are open, wherever they lie, it goes on.
        QVERIFY(open(later, folder + QStringLiteral(" moved")));
        QVERIFY2(resume(later, id).isEmpty(), "failed");
        QVERIFY(found(later.run()->outcome.repeats) == found(m_whole.outcome.repeats));
        QVERIFY(resume(later, id).contains(QStringLiteral("all of its")));
        QCOMPARE(later.run()->outcome.repeats.size(), std::size_t(s_repeats)); // still shown
        QCOMPARE(session.run()->outcome.repeats.size(), shown);
    }

    void aNetworkOfARunComesBackToTheLastBit()
    {
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data));
        settle(session.settings());
        constexpr int repeat = 2;
        const auto& original = *m_whole.models.at(repeat);

        session.trainRepeat(m_whole.config, m_whole.outcome.threadsPerFit, repeat);
        QCOMPARE(session.task(), Session::Task::Train);
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), s_patience);
        const auto trained = session.model();
        QVERIFY(sameWeights(trained->checkpoint, original));
        QVERIFY(trained->checkpoint.settings == original.settings);
        QCOMPARE(trained->checkpoint.dataName, original.dataName);
        QCOMPARE(trained->checkpoint.validationFraction, 0.25);
        QCOMPARE(trained->origin->repeat, repeat);
        QVERIFY(!session.hasUnsavedModel());
        std::error_code error;
        QVERIFY(!std::filesystem::exists(m_file, error)); // no training of the user's

        session.useModel(m_whole.models.at(repeat), m_whole.config);
        QVERIFY(session.model() != trained);
        QVERIFY(sameWeights(session.model()->checkpoint, original));
        QCOMPARE(session.model()->origin->repeat, repeat);
        QVERIFY(!session.hasUnsavedModel());

        // With its seed it gives the repeat's numbers again.
        session.settings().edit(
            [&](ExperimentConfig& c) { c.training.seed = session.model()->config->training.seed; });
        session.evaluate(SplitKind::Test, Session::Keep::Nowhere);
        QTRY_VERIFY_WITH_TIMEOUT(session.evaluation() && !session.isBusy(), s_patience);
        const auto& now = *session.evaluation()->comparison;
        const auto& then = m_whole.outcome.repeats[repeat].comparison;
        QCOMPARE(now.baselineCorrect, then.baselineCorrect);
        QCOMPARE(now.ttaCorrect, then.ttaCorrect);
        QCOMPARE(now.fixed, then.fixed);
        QCOMPARE(now.broken, then.broken);
        QCOMPARE(now.forwardPasses, then.forwardPasses);
    }

    void aRepeatIsNotTrainedOnOtherImages()
    {
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data));
        settle(session.settings());
        const auto id = stopAfterOne(session);
        QVERIFY(open(session, m_other));
        QSignalSpy ended(&session, &Session::taskEnded);
        const auto config = session.run()->config;
        session.trainRepeat(config, 1, 0, id);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QCOMPARE(ended[0][1].value<JobEnd>(), JobEnd::Failed);
        QVERIFY(ended[0][2].toString().contains(m_data));
        QVERIFY(!session.model());
    }

    void trainingsAndEvaluationsEnterTheHistory()
    {
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data));
        settle(session.settings());
        session.train();
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), s_patience);
        QCOMPARE(kinds(), (std::vector<std::string>{"train"}));
        const auto idle = [&] { return !session.isBusy() && session.isIdle(); };
        const auto evaluate = [&](SplitKind kind, Session::Keep keep) {
            session.evaluate(kind, keep);
            QTRY_VERIFY_WITH_TIMEOUT(idle(), s_patience);
        };
        evaluate(SplitKind::Validation, Session::Keep::InHistory);
        QCOMPARE(kinds().size(), std::size_t(1));
        evaluate(SplitKind::Test, Session::Keep::InHistory);
        QCOMPARE(kinds(), (std::vector<std::string>{"evaluate", "train"}));
        const auto store = RunStore::openToRead(m_file);
        const auto record = store.get(store.list().front().id);
        const auto& comparison = *session.evaluation()->comparison;
        QCOMPARE(record.info.baseline, std::optional(comparison.baselineAccuracy()));
        QCOMPARE(record.info.tta, std::optional(comparison.ttaAccuracy()));
        QCOMPARE(record.info.copies, 3);
        QCOMPARE(record.document.at("curve").at("points").size(), std::size_t(3));
        QVERIFY(record.document.at("tta").at("nll").is_number());
        QCOMPARE(record.document.at("settings").at("validation_fraction").get<double>(), 0.25);

        // More copies are added, another rule counts anew: no new run.
        session.settings().edit([](ExperimentConfig& c) { c.copies = 5; });
        evaluate(SplitKind::Test, Session::Keep::InHistory);
        QCOMPARE(session.evaluation()->table->copies, 5);
        session.settings().edit([](ExperimentConfig& c) { c.vote.rule = VoteRule::Majority; });
        evaluate(SplitKind::Test, Session::Keep::InHistory);
        QCOMPARE(kinds().size(), std::size_t(2));
        session.settings().edit([](ExperimentConfig& c) { c.training.seed = 12; });
        evaluate(SplitKind::Test, Session::Keep::Nowhere);
        QCOMPARE(kinds().size(), std::size_t(2));
        session.settings().edit([](ExperimentConfig& c) { c.training.seed = 13; });
        evaluate(SplitKind::Test, Session::Keep::InHistory);
        QCOMPARE(kinds().size(), std::size_t(3));
    }

private:
    /// Stopped with one repeat or more, and less than all. 0 when that fails.
    std::int64_t stopAfterOne(Session& session)
    {
        QSignalSpy over(&session, &Session::runEnded);
        const auto connection =
            connect(&session, &Session::repeatFinished, &session, [&session] { session.stop(); });
        session.runRepeats();
        if (!QTest::qWaitFor([&] { return over.count() == 1; }, s_patience))
            return 0;
        disconnect(connection);
        return session.run()->id;
    }

    /// What went wrong; empty when it succeeded.
    QString resume(Session& session, std::int64_t id)
    {
        QSignalSpy ended(&session, &Session::taskEnded);
        session.resumeRun(id);
        if (!QTest::qWaitFor([&] { return ended.count() == 1; }, s_patience))
            return QStringLiteral("too long");
        return ended[0][1].value<JobEnd>() == JobEnd::Succeeded
            ? QString()
            : QStringLiteral("failed: ") + ended[0][2].toString();
    }

    std::vector<std::string> kinds() const
    {
        std::vector<std::string> all;
        for (const auto& info : RunStore::openToRead(m_file).list())
            all.push_back(info.kind);
        return all;
    }

    QTemporaryDir m_dir;
    QString m_data;
    QString m_other;
    RepeatsRun m_whole;
    std::filesystem::path m_file;
    int m_count = 0;
};

int main(int argc, char** argv)
{
    if (argc == 4 && std::string_view(argv[1]) == "--child")
        return runAsChild(argc, argv);
    QCoreApplication application(argc, argv);
    SessionRunsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_session_runs.moc"
