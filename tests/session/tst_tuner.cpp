// SPDX-License-Identifier: GPL-3.0-or-later
// Searches as the Tune page works with them: live, kept as they go, gone on with, confirmed.
#include "core/evaluate/comparison.h"
#include "core/experiment/evaluate_model.h"
#include "core/store/run_store.h"
#include "core/support/error.h"
#include "core/tune/judgement.h"
#include "tests/session/session_runs.h"
#include "tests/support/tiny_data.h"
#include "ui/session/run_history.h"
#include "ui/session/tuner.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using namespace augury::test;

namespace {

/// A window without one, with a trained network.
struct Desk {
    explicit Desk(const std::filesystem::path& file)
        : history(file)
    {
        session.setHistory(file);
        QObject::connect(&tuner, &Tuner::failed, &tuner,
            [](const QString& message) { qInfo().noquote() << message; });
    }
    ~Desk() { [[maybe_unused]] const bool idle = wait(); }
    bool isIdle() const { return session.isIdle() && tuner.isIdle() && history.isIdle(); }

    bool train(const QString& data, double validation = 0.25)
    {
        if (!open(session, data))
            return false;
        settle(session.settings());
        session.settings().edit([&](ExperimentConfig& c) {
            c.validationFraction = validation;
            c.training.threads = 1;
        });
        session.train();
        return QTest::qWaitFor([this] { return isIdle(); }, s_patience) && session.model();
    }
    bool wait()
    {
        return QTest::qWaitFor([this] { return isIdle(); }, s_patience);
    }

    Session session;
    RunHistory history;
    Tuner tuner{session, history};
};

TuneSpec sweep()
{
    TuneSpec spec;
    spec.method = TuneMethod::Sweep;
    AugmentPolicy shifts;
    shifts.widthShiftRange = 0.1;
    spec.policies = {tutorialPolicy(), shifts};
    spec.copyCounts = {1, 3};
    spec.rules = {VoteRule::Mean, VoteRule::Majority};
    spec.halving = false;
    return spec;
}

/// What was found, without how long it took.
auto found(const std::vector<Trial>& trials)
{
    std::vector<
        std::tuple<int, std::int64_t, std::int64_t, std::int64_t, std::vector<std::uint64_t>>>
        all;
    for (const auto& trial : trials)
        all.emplace_back(trial.index, trial.comparison.images, trial.comparison.ttaCorrect,
            trial.comparison.forwardPasses, trial.right);
    return all;
}

} // namespace

class TunerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(writeTinyIdx(m_data));
    }
    void init()
    {
        m_file = m_dir.filePath(QStringLiteral("runs%1.sqlite").arg(++m_count)).toStdString();
    }

    void obstaclesSayWhatToDo()
    {
        Desk desk(m_file);
        QVERIFY(desk.tuner.obstacle().contains(QStringLiteral("Open a data set")));
        QVERIFY(open(desk.session, m_data));
        QVERIFY(desk.tuner.obstacle().contains(QStringLiteral("Train one")));
        QVERIFY(desk.train(m_data, 0));
        QVERIFY(desk.tuner.lacksValidation());
        QVERIFY(desk.tuner.obstacle().contains(QStringLiteral("validation")));
        QSignalSpy changed(&desk.tuner, &Tuner::runChanged);
        desk.tuner.start(sweep());
        QVERIFY(!desk.tuner.run(TuneMethod::Sweep));
        QCOMPARE(changed.count(), 0);
        QVERIFY(desk.train(m_data));
        QVERIFY2(desk.tuner.obstacle().isEmpty(), qPrintable(desk.tuner.obstacle()));
        QVERIFY(desk.tuner.validationImages() > 0);
    }

    void aSearchIsOfTheValidationImagesAlone()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data));
        QSignalSpy over(&desk.tuner, &Tuner::ended);
        desk.tuner.start(sweep());
        QVERIFY(desk.tuner.run(TuneMethod::Sweep)->running);
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        const auto* run = desk.tuner.run(TuneMethod::Sweep);
        QVERIFY(!run->running && !run->outcome.stopped);
        QCOMPARE(run->outcome.trials.size(), std::size_t(8));
        // Each as the evaluation of the validation images has it.
        const auto& checkpoint = desk.session.model()->checkpoint;
        const auto splits = splitsFor(*desk.session.dataset(), run->config, checkpoint);
        const auto classifier = makeClassifier(checkpoint, "cpu", 1);
        for (const auto& trial : run->outcome.trials) {
            const auto& tried = trial.configuration;
            const auto table = predictVotes(*classifier, splits.validation,
                {.policy = tried.policy,
                    .copies = tried.copies,
                    .seed = run->spec.seed,
                    .threads = 1});
            const auto expected = compare(table, tried.copies, tried.vote);
            QCOMPARE(trial.comparison.images, expected.images);
            QCOMPARE(trial.comparison.baselineCorrect, expected.baselineCorrect);
            QCOMPARE(trial.comparison.ttaCorrect, expected.ttaCorrect);
            QCOMPARE(trial.comparison.forwardPasses, expected.forwardPasses);
        }
        QVERIFY(desk.tuner.estimate(sweep()).value_or(-1) > 0);

        // The history has it, as another window opens it.
        const auto record = RunStore::openToRead(m_file).get(run->id);
        QCOMPARE(record.info.status, RunStatus::Finished);
        Desk other(m_file);
        QVERIFY(open(other.session, m_data));
        QSignalSpy opened(&other.tuner, &Tuner::opened);
        other.tuner.open(run->id);
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, s_patience);
        const auto* read = other.tuner.run(TuneMethod::Sweep);
        QCOMPARE(read->spec, run->spec);
        QVERIFY(found(read->outcome.trials) == found(run->outcome.trials));
        QVERIFY(!other.tuner.isCurrent(*read)); // no model there
        QVERIFY(desk.tuner.isCurrent(*run));
    }

    void anotherRuleTakesNoPasses()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data));
        desk.tuner.start(sweep());
        QVERIFY(desk.wait());
        QVERIFY(desk.tuner.run(TuneMethod::Sweep)->outcome.passes > 0);
        auto spec = sweep();
        spec.rules = {VoteRule::GeometricMean, VoteRule::Rank};
        spec.copyCounts = {2};
        spec.originals = {{true, 0}, {false, 0.25}};
        desk.tuner.start(spec);
        QVERIFY(desk.wait());
        const auto* run = desk.tuner.run(TuneMethod::Sweep);
        QCOMPARE(run->outcome.trials.size(), std::size_t(8));
        QCOMPARE(run->outcome.passes, std::int64_t(0));
    }

    void aStoppedSearchGoesOnInAnotherWindow()
    {
        Desk whole({});
        QVERIFY(whole.train(m_data));
        whole.tuner.start(sweep());
        QVERIFY(whole.wait());
        const auto expected = found(whole.tuner.run(TuneMethod::Sweep)->outcome.trials);

        Desk desk(m_file);
        QVERIFY(desk.train(m_data)); // the same network, to the last bit
        const auto stopping = connect(&desk.tuner, &Tuner::runChanged, this, [&desk] {
            if (!desk.tuner.run(TuneMethod::Sweep)->outcome.trials.empty())
                desk.session.stop();
        });
        desk.tuner.start(sweep());
        QVERIFY(desk.wait());
        disconnect(stopping);
        const auto id = desk.tuner.run(TuneMethod::Sweep)->id;
        if (id < 0)
            QSKIP("It was stopped before anything was found.");
        Desk other(m_file);
        QVERIFY(other.train(m_data));
        if (!desk.tuner.run(TuneMethod::Sweep)->outcome.stopped)
            return; // it was through before the stop: nothing to go on with
        other.tuner.resume(id);
        QVERIFY(other.wait());
        const auto* run = other.tuner.run(TuneMethod::Sweep);
        QVERIFY(run);
        QCOMPARE(run->id, id);
        QVERIFY(!run->outcome.stopped);
        QVERIFY(found(run->outcome.trials) == expected);
        QCOMPARE(RunStore::openToRead(m_file).get(id).info.status, RunStatus::Finished);
    }

    void anotherNetworkIsNotGoneOnWith()
    {
        std::int64_t id = 0;
        {
            Desk desk(m_file);
            QVERIFY(desk.train(m_data));
            desk.tuner.start(sweep());
            QVERIFY(desk.wait());
            id = desk.tuner.run(TuneMethod::Sweep)->id;
        }
        Desk other(m_file);
        QVERIFY(other.train(m_data));
        QSignalSpy failed(&other.tuner, &Tuner::failed);
        other.tuner.resume(id); // finished
        QVERIFY(other.wait());
        QCOMPARE(failed.count(), 1);
        QVERIFY(!other.tuner.run(TuneMethod::Sweep));
    }

    void confirmationsAreCountedAndCorrected()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data));
        desk.tuner.start(sweep());
        QVERIFY(desk.wait());
        const auto* run = desk.tuner.run(TuneMethod::Sweep);
        const auto best = judge(run->outcome.trials, run->outcome.tried).best;
        QVERIFY(best >= 0);
        QSignalSpy confirmed(&desk.tuner, &Tuner::confirmed);
        desk.tuner.confirm(TuneMethod::Sweep, {best}, true);
        QVERIFY(desk.wait());
        QCOMPARE(confirmed.count(), 1);
        QCOMPARE(confirmed.front().at(1).toInt(), 0);
        QCOMPARE(desk.tuner.confirmations().size(), std::size_t(2));
        const auto& chosen = desk.tuner.confirmations()[0].kept;
        QCOMPARE(chosen.run, std::optional(run->id));
        QVERIFY(chosen.confirmation.configuration == run->trial(best)->configuration);
        QCOMPARE(chosen.confirmation.test.images, std::int64_t(desk.tuner.testImages()));
        QVERIFY(chosen.confirmation.search.has_value());
        QCOMPARE(chosen.confirmation.tried, run->outcome.tried);
        const auto& beside = desk.tuner.confirmations()[1].kept;
        QVERIFY(beside.confirmation.configuration == tutorialConfiguration());
        QVERIFY(!beside.confirmation.search.has_value());

        // Once more, and in another window: it is counted.
        desk.tuner.confirm(TuneMethod::Sweep, {best}, false);
        QVERIFY(desk.wait());
        QCOMPARE(confirmed.back().at(1).toInt(), 2);
        QCOMPARE(desk.tuner.confirmations().size(), std::size_t(3));
        QVERIFY2(desk.tuner.confirmations()[2].text.contains(QStringLiteral("2")),
            qPrintable(desk.tuner.confirmations()[2].text));
        Desk other(m_file);
        QVERIFY(open(other.session, m_data));
        settle(other.session.settings());
        QTRY_COMPARE_WITH_TIMEOUT(other.tuner.confirmations().size(), std::size_t(3), s_patience);
        // Other test images were not used.
        other.session.settings().edit([](ExperimentConfig& c) { c.subsetTest = 5; });
        QTRY_COMPARE_WITH_TIMEOUT(other.tuner.confirmations().size(), std::size_t(0), s_patience);
    }

    void withoutAHistoryConfirmationsAreCountedAllTheSame()
    {
        Desk desk({});
        QVERIFY(desk.train(m_data));
        desk.tuner.start(sweep());
        QVERIFY(desk.wait());
        for (std::size_t i = 1; i <= 2; ++i) {
            desk.tuner.confirm(TuneMethod::Sweep, {0}, false);
            QVERIFY(desk.wait());
            QCOMPARE(desk.tuner.confirmations().size(), i);
        }
    }

    void whatWasFoundIsOneStepInTheSettings()
    {
        Desk desk(m_file);
        Configuration found;
        found.policy.views = ViewSets{.horizontalFlip = true};
        found.copies = 2;
        found.vote = {.rule = VoteRule::Learned, .weights = {0.25, 0.75}};
        QSignalSpy changed(&desk.session.settings(), &Settings::changed);
        desk.tuner.use(found);
        QCOMPARE(changed.count(), 1);
        const auto& config = desk.session.settings().config();
        QVERIFY(config.policy == found.policy && config.vote == found.vote);
        QCOMPARE(config.copies, 2);
        QVERIFY(desk.session.settings().problems().empty());
    }

private:
    QTemporaryDir m_dir;
    QString m_data;
    std::filesystem::path m_file;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TunerTest)
#include "tst_tuner.moc"
