// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of images that the split seed parts into training and test images: what a run records is
// what it was made on, whenever that seed changes.
#include "core/data/fingerprint.h"
#include "core/data/open_dataset.h"
#include "core/store/run_store.h"
#include "core/support/error.h"
#include "tests/session/image_folder.h"
#include "tests/session/session_runs.h"
#include "ui/session/history.h"
#include "ui/session/run_history.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using namespace augury::test;

class SessionSplitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("folder"));
        QVERIFY(writeImageFolder(m_data));
        m_seed1 = fingerprintAsOnTheCommandLine(1);
        m_seed9 = fingerprintAsOnTheCommandLine(9);
        QVERIFY(m_seed1 != m_seed9); // else nothing here could fail
    }

    void init()
    {
        m_file = m_dir.filePath(QStringLiteral("runs%1.sqlite").arg(++m_count)).toStdString();
    }

    void aRunRightAfterTheChangeIsOfTheNewSplit()
    {
        Session session;
        session.setHistory(m_file);
        begin(session);
        setSeed(session, 9);
        const auto found = runAndRead(session); // in the same breath
        QCOMPARE(found, m_seed9);

        Session fresh;
        fresh.setHistory(m_file);
        setSeed(fresh, 9);
        begin(fresh);
        QCOMPARE(runAndRead(fresh), found);
    }

    void theDataAreOpenedAgainByThemselves()
    {
        Session session;
        begin(session);
        QSignalSpy changed(&session, &Session::dataChanged);
        const auto before = session.dataset();
        session.settings().edit([](ExperimentConfig& c) { c.copies = 7; });
        setSeed(session, 9);
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, s_patience);
        QVERIFY(session.dataset() != before);
        QCOMPARE(fingerprint(*session.dataset()), m_seed9);
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        QCOMPARE(session.dataPath(), m_data);
        QCOMPARE(session.opening().options.seed, std::uint64_t(9));
        setSeed(session, 1); // as an undo does
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2, s_patience);
        QCOMPARE(fingerprint(*session.dataset()), m_seed1);
    }

    void aChangeDuringARunWaitsForItsEnd()
    {
        Session session;
        session.setHistory(m_file);
        begin(session);
        connect(&session, &Session::runStarted, &session, [&] { setSeed(session, 9); });
        QCOMPARE(runAndRead(session), m_seed1);
        QTRY_COMPARE_WITH_TIMEOUT(fingerprint(*session.dataset()), m_seed9, s_patience);
    }

    void aTrainingAndAnEvaluationFollowToo()
    {
        Session session;
        session.setHistory(m_file);
        begin(session);
        setSeed(session, 9);
        session.train();
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), s_patience);
        QCOMPARE(newestFingerprint(), m_seed9);
        setSeed(session, 1);
        session.evaluate();
        QTRY_VERIFY_WITH_TIMEOUT(session.evaluation() && !session.isBusy(), s_patience);
        QCOMPARE(fingerprint(*session.evaluation()->dataset), m_seed1);
        QCOMPARE(newestFingerprint(), m_seed1);
    }

    void optionsOfOnesOwnStayAndAreRecorded()
    {
        OpenOptions options;
        options.testFraction = 0.5;
        options.imageSize = {12, 10};
        Session session;
        session.setHistory(m_file);
        session.openDataAs({options, m_data.toStdString()});
        QTRY_VERIFY_WITH_TIMEOUT(session.dataset() && !session.isBusy(), s_patience);
        settle(session.settings());
        setSeed(session, 9);
        options.seed = 9;
        const auto wanted = fingerprint(openDataset(m_data.toStdString(), options));
        QCOMPARE(runAndRead(session), wanted);
        const auto run = repeatsRun(RunStore::openToRead(m_file).get(session.run()->id));
        QCOMPARE(run->opening.options.testFraction, 0.5);
        QVERIFY(run->opening.options.imageSize == std::make_pair(12, 10));
        QVERIFY(session.hasDataOf(*run));
        session.openData(m_data);
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        QVERIFY(!session.hasDataOf(*run));
        session.openDataAs(openingOf(*run));
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        QVERIFY(session.hasDataOf(*run));
        QCOMPARE(fingerprint(*session.dataset()), wanted);
    }

    void dataThatAreGoneRunNothing()
    {
        const auto data = m_dir.filePath(QStringLiteral("going"));
        QVERIFY(writeImageFolder(data));
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, data));
        settle(session.settings());
        QVERIFY(QDir(data).removeRecursively());
        QSignalSpy ended(&session, &Session::taskEnded);
        QSignalSpy started(&session, &Session::runStarted);
        setSeed(session, 9);
        session.runRepeats();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QCOMPARE(ended[0][1].value<JobEnd>(), JobEnd::Failed);
        QVERIFY(session.dataError().contains(data));
        session.settings().edit([](ExperimentConfig& c) { c.copies = 7; });
        QCoreApplication::sendPostedEvents();
        QCOMPARE(session.task(), Session::Task::None); // not with each touch of a slider
        QCOMPARE(started.count(), 0);
        QVERIFY(!session.run());
    }

    void votesForARunAreOnItsImages()
    {
        Session session;
        session.setHistory(m_file);
        begin(session);
        QCOMPARE(runAndRead(session), m_seed1);
        const auto id = session.run()->id;
        const auto run = *session.run();
        session.useModel(run.models.at(0), run.config, id);
        QSignalSpy ended(&session, &Session::taskEnded);
        session.evaluate(SplitKind::Test, Session::Keep::Nowhere, id);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QCOMPARE(ended[0][1].value<JobEnd>(), JobEnd::Succeeded);
        OpenOptions options;
        options.testFraction = 0.5;
        session.openDataAs({options, m_data.toStdString()});
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, s_patience);
        session.evaluate(SplitKind::Test, Session::Keep::Nowhere, id);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 3, s_patience);
        QCOMPARE(ended[2][1].value<JobEnd>(), JobEnd::Failed);
        QVERIFY(ended[2][2].toString().contains(QStringLiteral("are not those")));
        // A run that cannot be asked about is none whose images these are.
        QVERIFY_EXCEPTION_THROWN(requireDataOf(m_file, id + 7, *session.dataset()), Error);
        QVERIFY_EXCEPTION_THROWN(
            requireDataOf(m_file.string() + ".none", id, *session.dataset()), Error);
        requireDataOf(m_file, -1, *session.dataset()); // in no history
        requireDataOf({}, id, *session.dataset());
    }

private:
    std::string fingerprintAsOnTheCommandLine(std::uint64_t seed) const
    {
        OpenOptions options;
        options.seed = seed;
        return fingerprint(openDataset(m_data.toStdString(), options));
    }

    void begin(Session& session)
    {
        QVERIFY(open(session, m_data));
        settle(session.settings());
        session.settings().edit([](ExperimentConfig& c) { c.repeats = 1; });
    }

    static void setSeed(Session& session, std::uint64_t seed)
    {
        session.settings().edit([seed](ExperimentConfig& c) { c.splitSeed = seed; });
    }

    std::string newestFingerprint() const
    {
        const auto store = RunStore::openToRead(m_file);
        const auto document = store.get(store.list().front().id).document;
        return document.at("data").at("fingerprint").get<std::string>();
    }

    /// Of the data that the history has for a run made now.
    std::string runAndRead(Session& session)
    {
        QSignalSpy over(&session, &Session::runEnded);
        session.runRepeats();
        return QTest::qWaitFor([&] { return over.count() == 1; }, s_patience) ? newestFingerprint()
                                                                              : std::string();
    }

    QTemporaryDir m_dir;
    QString m_data;
    std::string m_seed1;
    std::string m_seed9;
    std::filesystem::path m_file;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(SessionSplitTest)
#include "tst_session_split.moc"
