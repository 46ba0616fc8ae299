// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "tests/support/tiny_data.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using Task = Session::Task;

namespace {
constexpr int s_patience = 60'000; // ms
}

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(m_data));
        m_other = m_dir.filePath(QStringLiteral("other"));
        QVERIFY(test::writeTinyIdx(m_other, {16, 3, 30, 12}));
    }

    void opensData()
    {
        Session session;
        open(session, m_data);
        QCOMPARE(session.dataset()->test->size(), std::size_t(40));
        QCOMPARE(session.samples().size(), 4);
        QCOMPARE(session.samples()[2].image.size(), QSize(16, 16));
        QCOMPARE(session.settings().config().dataPath, m_data.toStdString());
        QVERIFY(session.trainEstimate().has_value());
    }

    void tellsWhyDataCannotBeOpened()
    {
        Session session;
        QSignalSpy ended(&session, &Session::taskEnded);
        session.openData(m_dir.filePath(QStringLiteral("nothing here")));
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QCOMPARE(ended[0][1].value<JobEnd>(), JobEnd::Failed);
        QVERIFY(session.dataError().contains(QStringLiteral("nothing here")));
        QVERIFY(!session.dataset());
        QVERIFY(!session.isBusy());

        // What was open stays open.
        open(session, m_data);
        QVERIFY(session.dataError().isEmpty());
        session.openData(m_dir.filePath(QStringLiteral("nothing here")));
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        QVERIFY(!session.dataError().isEmpty());
        QCOMPARE(session.dataset()->test->size(), std::size_t(40));
        QCOMPARE(session.settings().config().dataPath, m_data.toStdString());
    }

    void showsTheDataOpenedLast()
    {
        Session session;
        QSignalSpy changed(&session, &Session::dataChanged);
        session.openData(m_data);
        session.openData(m_other);
        QTRY_VERIFY_WITH_TIMEOUT(session.isIdle(), s_patience);
        QCOMPARE(session.dataset()->classes(), 3);
        QCOMPARE(changed.count(), 1); // the first one's result was dropped
        QCOMPARE(session.task(), Task::None);
    }

    void aFinishedRunComesBackFromTheHistory()
    {
        const auto file = m_dir.filePath(QStringLiteral("runs.sqlite")).toStdString();
        std::string document;
        {
            Session session;
            session.setHistory(file);
            QSignalSpy failed(&session, &Session::historyFailed);
            open(session, m_data);
            session.settings().edit([](ExperimentConfig& c) {
                c.training.epochs = 1;
                c.training.batchSize = 16;
                c.repeats = 2;
            });
            session.runRepeats();
            QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
            QCOMPARE(failed.count(), 0);
            QVERIFY(session.run()->document);
            document = *session.run()->document;
        }
        Session later;
        later.setHistory(file);
        QSignalSpy restored(&later, &Session::runRestored);
        later.restoreLastRun();
        QTRY_COMPARE_WITH_TIMEOUT(restored.count(), 1, s_patience);
        QCOMPARE(later.run()->outcome.repeats.size(), std::size_t(2));
        QCOMPARE(later.run()->config.repeats, 2);
        QVERIFY(later.run()->finished.isValid());
        QCOMPARE(*later.run()->document, document);
    }

    void aBrokenHistoryIsToldAndHarmsNothing()
    {
        const auto path = m_dir.filePath(QStringLiteral("broken.sqlite"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        Session session;
        session.setHistory(path.toStdString());
        QSignalSpy failed(&session, &Session::historyFailed);
        session.restoreLastRun();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("broken.sqlite")));
        QVERIFY(!session.run());
    }

    void trainsTestsSavesAndLoads()
    {
        Session session;
        open(session, m_data);
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 2;
            c.training.batchSize = 16;
            c.validationFraction = 0.25;
            c.copies = 3;
        });
        QSignalSpy epochs(&session, &Session::epochTrained);
        int batches = 0;
        connect(
            &session, &Session::batchesTrained, this, [&](const std::vector<BatchProgress>& some) {
                batches += static_cast<int>(some.size());
            });
        session.train();
        QCOMPARE(session.task(), Task::Train);
        session.runRepeats(); // busy: nothing happens
        QVERIFY(!session.run());
        QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), s_patience);
        QVERIFY(session.model());
        QCOMPARE(epochs.count(), 2);
        QCOMPARE(batches, 2 * 5); // 72 training images in batches of 16
        QVERIFY(session.hasUnsavedModel());
        QVERIFY(session.model()->checkpoint.history[1].validationLoss.has_value());
        QVERIFY(!session.isTrainingOutdated(*session.model()->config));

        session.evaluate();
        QTRY_VERIFY_WITH_TIMEOUT(session.evaluation() != nullptr, s_patience);
        QCOMPARE(session.evaluation()->comparison->images, std::int64_t(40));

        const auto file = m_dir.filePath(QStringLiteral("modèle 1.safetensors"));
        session.saveModel(file);
        QTRY_VERIFY_WITH_TIMEOUT(!session.hasUnsavedModel(), s_patience);
        QCOMPARE(session.model()->path, file);

        const auto tested = *session.evaluation()->comparison;
        Session later;
        open(later, m_data);
        later.settings().setConfig(session.settings().config());
        later.loadModel(file);
        QTRY_VERIFY_WITH_TIMEOUT(later.model() != nullptr, s_patience);
        later.evaluate();
        QTRY_VERIFY_WITH_TIMEOUT(later.evaluation() != nullptr, s_patience);
        QCOMPARE(later.evaluation()->comparison->baselineCorrect, tested.baselineCorrect);
        QCOMPARE(later.evaluation()->comparison->ttaCorrect, tested.ttaCorrect);
    }

    void refusesAModelOfOtherData()
    {
        Session session;
        open(session, m_data);
        session.settings().edit([](ExperimentConfig& c) { c.training.epochs = 1; });
        session.train();
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), s_patience);
        open(session, m_other);
        QSignalSpy ended(&session, &Session::taskEnded);
        session.evaluate();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QCOMPARE(ended[0][1].value<JobEnd>(), JobEnd::Failed);
        QVERIFY(!ended[0][2].toString().isEmpty());
    }

    void stopsATraining()
    {
        Session session;
        open(session, m_data);
        session.settings().edit([](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy epochs(&session, &Session::epochTrained);
        QSignalSpy ended(&session, &Session::taskEnded);
        session.train();
        QTRY_VERIFY_WITH_TIMEOUT(epochs.count() >= 2, s_patience);
        session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QCOMPARE(ended[0][1].value<JobEnd>(), JobEnd::Stopped);
        QVERIFY(session.model());
        QVERIFY(session.model()->stoppedEarly);
    }

    void runsRepeatsAndHandsOutEach()
    {
        Session session;
        open(session, m_data);
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.repeats = 3;
            c.copies = 2;
        });
        QSignalSpy repeats(&session, &Session::repeatFinished);
        QSignalSpy over(&session, &Session::runEnded);
        session.runRepeats();
        QVERIFY(session.run()->running);
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        QCOMPARE(repeats.count(), 3);
        QCOMPARE(session.run()->outcome.repeats.size(), std::size_t(3));
        QVERIFY(!session.run()->running);
        QVERIFY(!session.run()->outcome.stopped);
        QVERIFY(!session.isOutdated(session.run()->config));
        session.settings().edit([](ExperimentConfig& c) { c.copies = 5; });
        QVERIFY(session.isOutdated(session.run()->config));
    }

    void keepsFinishedRepeatsWhenStopped()
    {
        Session session;
        open(session, m_data);
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.repeats = 1000;
        });
        QSignalSpy repeats(&session, &Session::repeatFinished);
        QSignalSpy over(&session, &Session::runEnded);
        session.runRepeats();
        QTRY_VERIFY_WITH_TIMEOUT(repeats.count() >= 2, s_patience);
        session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        QVERIFY(session.run()->outcome.stopped);
        QVERIFY(session.run()->outcome.repeats.size() >= 2);
        QVERIFY(session.run()->outcome.repeats.size() < 1000);
    }

    void doesNothingWithInvalidSettings()
    {
        Session session;
        open(session, m_data);
        session.settings().edit([](ExperimentConfig& c) { c.copies = 0; });
        session.train();
        session.runRepeats();
        QVERIFY(!session.isBusy());
        QVERIFY(!session.run());
    }

    void canBeDestroyedWhileTraining()
    {
        Session session;
        open(session, m_data);
        session.settings().edit([](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy batches(&session, &Session::batchesTrained);
        session.train();
        QTRY_VERIFY_WITH_TIMEOUT(batches.count() >= 1, s_patience);
    }

private:
    void open(Session& session, const QString& folder)
    {
        QSignalSpy changed(&session, &Session::dataChanged);
        session.openData(folder);
        QTRY_VERIFY_WITH_TIMEOUT(changed.count() >= 1 && !session.isBusy(), s_patience);
        QVERIFY2(session.dataError().isEmpty(), qPrintable(session.dataError()));
    }

    QTemporaryDir m_dir;
    QString m_data;
    QString m_other;
};

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
