// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector while settings, data and jobs change under it.
#include "core/augment/presets.h"
#include "tests/session/inspector_fixture.h"

#include <QDir>
#include <QImage>
#include <QSignalSpy>

using namespace augury;

class InspectorChangesTest : public test::InspectorFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeModel(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void theNewestSettingsWin()
    {
        openAll();
        QSignalSpy changed(m_inspector.get(), &Inspector::lookChanged);
        for (int angle = 1; angle <= 90; ++angle)
            edit([angle](ExperimentConfig& c) { c.policy.rotationRange = angle; });
        QTRY_VERIFY_WITH_TIMEOUT(
            m_inspector->look()->config.policy.rotationRange == 90, s_patience);
        QVERIFY(changed.count() < 90); // those between were dropped
    }

    void looksGoOnWhileAJobRuns()
    {
        openAll();
        edit([](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy epochs(m_session.get(), &Session::epochTrained);
        m_session->train();
        QTRY_VERIFY_WITH_TIMEOUT(epochs.count() >= 1, s_patience);
        edit([](ExperimentConfig& c) { c.policy.rotationRange = 33; });
        QTRY_VERIFY_WITH_TIMEOUT(
            m_inspector->look()->config.policy.rotationRange == 33, s_patience);
        QVERIFY(m_inspector->look()->hasVotes());
        QCOMPARE(m_session->task(), Session::Task::Train);
        m_session->stop();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy(), s_patience);
    }

    void settingsThatDoNotWorkAreTold()
    {
        openAll();
        const auto before = m_inspector->look();
        edit([](ExperimentConfig& c) { c.policy.rotationRange = 400; });
        QVERIFY(m_inspector->lookError().contains(QStringLiteral("rotation_range")));
        QCOMPARE(m_inspector->look(), before); // nothing is lost
        edit([](ExperimentConfig& c) { c.policy.rotationRange = 4; });
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->look() != before, s_patience);
        QVERIFY(m_inspector->lookError().isEmpty());
    }

    void saysWhatIsOutOfDate()
    {
        openAll();
        evaluate();
        QVERIFY(m_inspector->votesNote().isEmpty());
        const auto settings = m_session->settings().config();
        edit([](ExperimentConfig& c) { c.policy.rotationRange = 12; });
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Outdated);
        QVERIFY(m_inspector->votesNote().contains(QStringLiteral("augmentation")));
        QVERIFY(m_inspector->tally() != nullptr);
        m_session->settings().setConfig(settings);
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Current);
        m_inspector->drawAgain();
        QVERIFY(m_session->settings().config().training.seed != settings.training.seed);
        QVERIFY(m_inspector->votesNote().contains(QStringLiteral("seed")));
        m_session->settings().setConfig(settings);
        edit([](ExperimentConfig& c) { c.subsetTest = 20; });
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Outdated);
        QVERIFY(!m_inspector->tally()); // of other images
        QCOMPARE(m_inspector->split().size(), std::size_t(20));
        loadModel(); // again: its votes are not the former model's
        QCOMPARE(m_inspector->votes(), Inspector::Votes::None);
    }

    void whatIsOutdatedStaysAsItWas()
    {
        openAll();
        evaluate();
        const auto tally = m_inspector->tally();
        edit([](ExperimentConfig& c) {
            c.policy.rotationRange = 40;
            c.vote.rule = VoteRule::Majority;
            c.copies = 3;
        });
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Outdated);
        waitForLook(0); // behind it a count would have come
        QCOMPARE(m_inspector->tally(), tally);
        edit([](ExperimentConfig& c) { c.policy = tutorialPolicy(); });
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->tally()->vote.rule == VoteRule::Majority, s_patience);
        QCOMPARE(m_inspector->tally()->copies, 3);
    }

    void fixedViewsNeedNoSeed()
    {
        openAll();
        edit([](ExperimentConfig& c) {
            c.policy = findPreset("d4")->policy;
            c.copies = 8;
        });
        evaluate();
        m_inspector->drawAgain();
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Current);
    }

    void otherDataTakeTheOldImageAway()
    {
        openAll();
        m_inspector->pinSettings();
        const auto other = m_dir.filePath(QStringLiteral("other"));
        QVERIFY(test::writeTinyIdx(other, {20, 3, 12, 9}));
        QSignalSpy changed(m_inspector.get(), &Inspector::lookChanged);
        m_session->openData(other);
        QTRY_VERIFY_WITH_TIMEOUT(changed.count() >= 1, s_patience);
        // Whatever is shown from now on is of the new set.
        QVERIFY(!m_inspector->look() || m_inspector->look()->variants.shape.width == 20);
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->look() != nullptr, s_patience);
        QCOMPARE(m_inspector->look()->dataName, std::string("other"));
        QVERIFY(!m_inspector->look()->hasVotes()); // the model is of the former
        QVERIFY(!m_inspector->look()->model);
        QVERIFY(m_inspector->lookError().contains(QStringLiteral("16")));
        QVERIFY(!m_inspector->canEvaluate());
        QTRY_VERIFY_WITH_TIMEOUT(
            m_inspector->pinned() && m_inspector->pinned()->dataName == "other", s_patience);
    }

    void aStandardisedModelOfOtherChannelsLeavesPictures()
    {
        openData();
        edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.training.normalisation = NormalisationKind::Standardise;
        });
        m_session->train();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->model() && !m_session->isBusy(), s_patience);
        const QDir folder(m_dir.filePath(QStringLiteral("colours")));
        for (const char* name : {"red", "blue"}) {
            QVERIFY(folder.mkpath(QString::fromLatin1(name)));
            for (int i = 0; i < 5; ++i) {
                QImage image(16, 16, QImage::Format_RGB888);
                image.fill(name[0] == 'r' ? QColor(200 - i, 10, 9) : QColor(8, 10, 200 - i));
                QVERIFY(image.save(folder.filePath(
                    QStringLiteral("%1/%2.png").arg(QString::fromLatin1(name)).arg(i))));
            }
        }
        m_session->openData(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->dataset()->shape().channels == 3, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_inspector->look() && m_inspector->look()->variants.shape.channels == 3, s_patience);
        QVERIFY(m_inspector->lookError().contains(QStringLiteral("3×16×16")));
    }

    void dataUnderSettingsThatDoNotWorkShowNothingOld()
    {
        openAll();
        edit([](ExperimentConfig& c) { c.copies = 0; });
        const auto other = m_dir.filePath(QStringLiteral("other"));
        QVERIFY(test::writeTinyIdx(other, {20, 3, 12, 9}));
        m_session->openData(other);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_session->dataset()->shape().width == 20 && !m_session->isBusy(), s_patience);
        QCOMPARE(m_inspector->split().size(), std::size_t(0));
        QVERIFY(!m_inspector->look());
        edit([](ExperimentConfig& c) { c.copies = 2; });
        QCOMPARE(m_inspector->split().size(), std::size_t(9));
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->look() != nullptr, s_patience);
    }

    void ownImagesOfAnotherShapeStayInTheBackground()
    {
        openAll();
        QImage image(40, 30, QImage::Format_RGB888);
        image.fill(QColor(90, 120, 200));
        const auto file = m_dir.filePath(QStringLiteral("mine.png"));
        QVERIFY(image.save(file));
        QSignalSpy opened(m_session.get(), &Session::ownImagesOpened);
        m_session->openImages({file});
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, s_patience);
        QCOMPARE(m_inspector->kind(), SplitKind::Own);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy(), s_patience);
        m_inspector->setKind(SplitKind::Test);
        const auto other = m_dir.filePath(QStringLiteral("refit"));
        QVERIFY(test::writeTinyIdx(other, {20, 3, 60, 9}));
        m_session->openData(other);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_session->dataset()->shape().width == 20 && !m_session->isBusy(), s_patience);
        edit([](ExperimentConfig& c) { c.training.epochs = 1; });
        m_session->train(); // its model takes 20×20 pixels
        QTRY_VERIFY_WITH_TIMEOUT(
            m_session->ownImages()->images->shape.width == 20 && !m_session->isBusy(), s_patience);
        QCOMPARE(m_inspector->kind(), SplitKind::Test);
        QCOMPARE(opened.count(), 1);
        QVERIFY(m_inspector->split().images != m_session->ownImages()->images);
    }
};

QTEST_GUILESS_MAIN(InspectorChangesTest)
#include "tst_inspector_changes.moc"
