// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector against core's own functions.
#include "core/tta/uncertainty.h"
#include "tests/session/inspector_fixture.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>

#include <algorithm>
#include <numeric>

using namespace augury;

class InspectorTest : public test::InspectorFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeModel(); }
    void init() { begin(); }
    void cleanup() { end(); }

    void picturesComeBeforeAModel()
    {
        openData();
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->look() != nullptr, s_patience);
        const auto look = m_inspector->look();
        QVERIFY(!look->hasVotes());
        QCOMPARE(look->name, QStringLiteral("Test image 0"));
        QVERIFY(!look->tiles.empty());
        QVERIFY(!m_inspector->canEvaluate());
        loadModel();
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->look()->hasVotes(), s_patience);
        QVERIFY(m_inspector->lookError().isEmpty());
        QVERIFY(m_inspector->canEvaluate());
    }

    void aLookIsWhatVotes()
    {
        openAll();
        edit([](ExperimentConfig& c) {
            c.policy.rotationRange = 20;
            c.copies = 6;
            c.training.seed = 77;
            c.vote.rule = VoteRule::GeometricMean;
        });
        m_inspector->select(13);
        waitForLook(13);
        const auto table = reference({13});
        const auto look = m_inspector->look();
        const auto vote = mergeVotes(table, 6, look->config.vote);
        QCOMPARE(look->tiles.size(), std::size_t(7));
        for (int slot = 0; slot <= 6; ++slot) {
            const auto expected = table.view(0, slot);
            const auto shown = look->variants.table.view(0, slot);
            for (std::size_t k = 0; k < expected.size(); ++k)
                QVERIFY(std::abs(shown[k] - expected[k]) < 1e-6F);
        }
        for (std::size_t k = 0; k < vote.scores.size(); ++k)
            QVERIFY(std::abs(look->vote.scores[k] - vote.scores[k]) < 1e-6);
        QCOMPARE(look->vote.merged.predicted, vote.decisions[0].predicted);
    }

    void evaluatesOnceAndCountsAtOnce()
    {
        openAll();
        edit([](ExperimentConfig& c) {
            c.policy.rotationRange = 30;
            c.copies = 8;
        });
        QCOMPARE(m_inspector->votes(), Inspector::Votes::None);
        evaluate();
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Current);
        const auto table = m_session->evaluation()->table;
        std::vector<std::uint32_t> all(60);
        std::iota(all.begin(), all.end(), 0U);
        const auto expected = reference(all);
        for (const int copies : {8, 5, 1}) {
            for (const auto rule : {VoteRule::Mean, VoteRule::Majority, VoteRule::Max}) {
                for (const double blend : {0.0, 0.25}) {
                    edit([&](ExperimentConfig& c) {
                        c.copies = copies;
                        c.vote.rule = rule;
                        c.vote.blend = blend;
                    });
                    const auto vote = m_session->settings().config().vote;
                    QTRY_VERIFY_WITH_TIMEOUT(m_inspector->tally()
                            && m_inspector->tally()->copies == copies
                            && m_inspector->tally()->vote == vote,
                        s_patience);
                    const auto comparison = compare(expected, copies, vote);
                    const auto& shown = *m_inspector->tally()->comparison;
                    QCOMPARE(shown.images, comparison.images);
                    QCOMPARE(shown.ttaCorrect, comparison.ttaCorrect);
                    QCOMPARE(shown.fixed, comparison.fixed);
                    QCOMPARE(shown.broken, comparison.broken);
                    QCOMPARE(shown.forwardPasses, comparison.forwardPasses);
                    QCOMPARE(m_inspector->votes(), Inspector::Votes::Current);
                }
            }
        }
        QCOMPARE(m_session->evaluation()->table, table); // no network pass
    }

    void moreCopiesAreAdded()
    {
        openAll();
        edit([](ExperimentConfig& c) {
            c.policy.rotationRange = 30;
            c.copies = 3;
        });
        evaluate();
        const auto before = m_session->evaluation()->table;
        edit([](ExperimentConfig& c) { c.copies = 7; });
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Short);
        QVERIFY(m_inspector->votesNote().contains(QStringLiteral("other 4")));
        QVERIFY(m_inspector->tally() != nullptr); // what there is stays
        evaluate();
        QCOMPARE(m_inspector->votes(), Inspector::Votes::Current);
        const auto after = m_session->evaluation()->table;
        QCOMPARE(after->copies, 7);
        QVERIFY(std::equal(before->probabilities.begin(), before->probabilities.end(),
            after->probabilities.begin())); // predicted once
    }

    void agreementCountsTheOriginalWhereItVotes()
    {
        openAll();
        edit([](ExperimentConfig& c) {
            c.policy.rotationRange = 90;
            c.vote.includeOriginal = true;
        });
        for (std::size_t position = 0; position < 60; position += 7) {
            m_inspector->select(position);
            waitForLook(position);
            QTRY_VERIFY_WITH_TIMEOUT(m_inspector->look()->config.vote.includeOriginal, s_patience);
            const auto table = reference({static_cast<std::uint32_t>(position)});
            const auto counts = voteCounts(table, 0, 7, true);
            QCOMPARE(m_inspector->look()->agreeing(), *std::ranges::max_element(counts));
            QCOMPARE(m_inspector->look()->views(), 8);
        }
    }

    void looksAtTheModelsValidationImages()
    {
        openAll();
        edit([](ExperimentConfig& c) { // not the model's: they must not count
            c.validationFraction = 0;
            c.splitSeed = 1;
        });
        m_inspector->setKind(SplitKind::Validation);
        auto config = m_session->settings().config();
        config.validationFraction = 0.25;
        config.splitSeed = 9;
        const auto expected = splitsFor(*m_session->dataset(), config).validation;
        QCOMPARE(m_inspector->split().indices, expected.indices);
        QVERIFY(expected.size() > 0);
        evaluate();
        QCOMPARE(m_session->evaluation(SplitKind::Validation)->table->size(), expected.size());
        QCOMPARE(m_session->evaluation(SplitKind::Test), nullptr);
        m_inspector->setKind(SplitKind::Test);
        QCOMPARE(m_inspector->votes(), Inspector::Votes::None);
        m_inspector->setKind(SplitKind::Validation);
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->tally() != nullptr, s_patience); // kept
    }

    void pinsAnImage()
    {
        openAll();
        m_inspector->select(3);
        waitForLook(3);
        m_inspector->pinImage();
        QCOMPARE(m_inspector->pin(), Inspector::Pin::Image);
        const auto pinned = m_inspector->pinned();
        edit([](ExperimentConfig& c) { c.policy.rotationRange = 15; });
        m_inspector->select(4);
        waitForLook(4);
        QCOMPARE(m_inspector->pinned(), pinned);
        QCOMPARE(pinned->image.position, std::size_t(3));
        m_inspector->pinImage();
        QCOMPARE(m_inspector->pin(), Inspector::Pin::None);
        QVERIFY(!m_inspector->pinned());
    }

    void pinsSettings()
    {
        openAll();
        m_inspector->pinSettings();
        edit([](ExperimentConfig& c) {
            c.policy.rotationRange = 15;
            c.copies = 3;
        });
        m_inspector->select(5);
        waitForLook(5);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_inspector->pinned()->image.position, std::size_t(5), s_patience);
        QCOMPARE(m_inspector->pinned()->config.policy, tutorialPolicy());
        QCOMPARE(m_inspector->pinned()->copies(), 7);
        QCOMPARE(m_inspector->look()->copies(), 3);
        // From pinned settings to a pinned image, and away.
        m_inspector->pinImage();
        QCOMPARE(m_inspector->pin(), Inspector::Pin::Image);
        m_inspector->pinImage();
        QCOMPARE(m_inspector->pin(), Inspector::Pin::None);
    }

    void showsOwnImages()
    {
        openAll();
        const QDir folder(m_dir.filePath(QStringLiteral("own")));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        for (int i = 0; i < 3; ++i) {
            QImage image(40, 30, QImage::Format_RGB888);
            image.fill(QColor(80 * i, 200 - 60 * i, 90));
            QVERIFY(image.save(folder.filePath(QStringLiteral("photo %1.png").arg(i))));
        }
        QFile notes(folder.filePath(QStringLiteral("notes.txt")));
        QVERIFY(notes.open(QIODevice::WriteOnly) && notes.write("no image") > 0);
        notes.close();
        m_session->openImages({folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(m_inspector->kind(), SplitKind::Own, s_patience);
        QCOMPARE(m_session->ownImages()->refused.size(), std::size_t(1));
        QVERIFY(m_session->ownImages()->refused[0].reason.find("notes.txt") != std::string::npos);
        QCOMPARE(m_inspector->split().size(), std::size_t(3));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_inspector->look() && m_inspector->look()->image.kind == SplitKind::Own, s_patience);
        QCOMPARE(m_inspector->look()->name, QStringLiteral("photo 0.png"));
        QVERIFY(!m_inspector->look()->isLabelled());
        QVERIFY(m_inspector->look()->hasVotes());
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy(), s_patience);
        evaluate();
        QCOMPARE(m_inspector->tally()->images.size(), std::size_t(3));
        QVERIFY(!m_inspector->tally()->comparison);

        QSignalSpy ended(m_session.get(), &Session::taskEnded);
        m_session->openImages({folder.filePath(QStringLiteral("notes.txt"))});
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QCOMPARE(ended[0][1].value<JobEnd>(), JobEnd::Failed);
        QVERIFY(ended[0][2].toString().contains(QStringLiteral("notes.txt")));
        QCOMPARE(m_inspector->split().size(), std::size_t(3)); // nothing is lost
    }

    void followsTheChosenVariantsCopy()
    {
        openAll();
        edit([](ExperimentConfig& c) { c.policy.rotationRange = 30; });
        waitForLook(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_inspector->look()->tiles.size(), std::size_t(8), s_patience);
        m_inspector->selectVariant(4);
        QCOMPARE(m_inspector->variant(), 4);
        edit([](ExperimentConfig& c) { c.policy = tutorialPolicy(); });
        QTRY_COMPARE_WITH_TIMEOUT(m_inspector->look()->tiles.size(), std::size_t(2), s_patience);
        const auto& slots =
            m_inspector->look()->variants.variants[std::size_t(m_inspector->variant())].slots;
        QVERIFY(std::ranges::count(slots, 4) == 1);
        edit([](ExperimentConfig& c) { c.copies = 2; });
        QTRY_COMPARE_WITH_TIMEOUT(m_inspector->look()->copies(), 2, s_patience);
        QCOMPARE(m_inspector->variant(), -1);
    }
};

QTEST_GUILESS_MAIN(InspectorTest)
#include "tst_inspector.moc"
