// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/presets.h"
#include "tests/ui/made_search.h"
#include "ui/charts/chart_widget.h"
#include "ui/views/tune/confirmations_pane.h"
#include "ui/views/tune/cost_limit.h"
#include "ui/views/tune/greedy_pane.h"
#include "ui/views/tune/honesty_strip.h"
#include "ui/views/tune/search_charts.h"
#include "ui/views/tune/trial_bar.h"
#include "ui/views/tune/trials_model.h"
#include "ui/views/tune/trials_pane.h"
#include "ui/views/tune/tune_results.h"
#include "ui/views/tune/view_pictures.h"
#include "ui/widgets/results_table.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace augury;
using made_search::shown;

class TestTuneResults : public QObject {
    Q_OBJECT

private:
    static TrialsPane& trialsOf(const TuneResults& results)
    {
        return *static_cast<TrialsPane*>(results.pane(TuneResults::Trials));
    }

private Q_SLOTS:
    void honestyCounts()
    {
        HonestyFacts facts;
        QVERIFY(honestyText(facts).contains(QStringLiteral("No")));
        facts = {5000, 5000, 240, 10000, 2};
        auto text = honestyText(facts).replace(QChar(QChar::Nbsp), QLatin1Char(' '));
        QCOMPARE(text,
            QStringLiteral("Choosing on 5,000 validation images · 240 configurations tried · "
                           "10,000 test images, confirmed on 2 times so far"));
        facts.searchImages = 2000;
        facts.confirmations = 1;
        text = honestyText(facts).replace(QChar(QChar::Nbsp), QLatin1Char(' '));
        QVERIFY(text.startsWith(QStringLiteral("Choosing on 2,000 of 5,000 validation images")));
        QVERIFY(text.endsWith(QStringLiteral("confirmed on once so far")));
    }

    void theTableFollowsTheSearch()
    {
        TrialsModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const double done : {0.1, 0.5, 1.0}) {
            const auto search =
                shown({.method = TuneMethod::Sweep, .done = done, .running = done < 1});
            model.setSearch(search);
            QCOMPARE(model.rowCount(), static_cast<int>(search.trials.size()));
        }
        model.setSearch(shown({.method = TuneMethod::Greedy}));
        QVERIFY(model.sectionOf(TrialsModel::LogLikelihood) >= 0);
        QCOMPARE(model.sectionOf(TrialsModel::HeldOutNll), -1);
    }

    void figuresAreTheTrials()
    {
        TrialsModel model;
        const auto search = shown({.method = TuneMethod::Copies});
        model.setSearch(search);
        const auto& trial = search.trials[5];
        const auto cell = [&](TrialsModel::Column column, int role) {
            return model.index(5, model.sectionOf(column)).data(role);
        };
        QCOMPARE(
            cell(TrialsModel::Lift, TrialsModel::SortRole).toDouble(), trial.comparison.lift());
        QCOMPARE(cell(TrialsModel::Fixed, TrialsModel::SortRole).toLongLong(),
            static_cast<qlonglong>(trial.comparison.fixed));
        QCOMPARE(
            cell(TrialsModel::Cost, TrialsModel::SortRole).toDouble(), trial.comparison.cost());
        QCOMPARE(cell(TrialsModel::Configuration, Qt::DisplayRole).toString().toStdString(),
            describe(trial.configuration));
        const auto interval = trial.comparison.liftCi95();
        QVERIFY(cell(TrialsModel::Lift, Qt::DisplayRole)
                    .toString()
                    .contains(QLocale().toString(interval.high * 100, 'f', 2)));
    }

    /// The highest lift first, and what was dropped after few images behind all that was not,
    /// whichever way the table is sorted.
    void droppedOnesStandBehind()
    {
        TrialsPane pane;
        pane.setSearch(shown({.method = TuneMethod::Sweep}));
        for (const auto order : {Qt::DescendingOrder, Qt::AscendingOrder}) {
            pane.table()->sortByColumn(TrialsModel::Lift, order);
            const auto* rows = pane.table()->model();
            bool dropped = false;
            double last = order == Qt::DescendingOrder ? 1 : -1;
            for (int row = 0; row < rows->rowCount(); ++row) {
                const auto index = rows->index(row, TrialsModel::Lift);
                const bool isDropped = index.data(TrialsModel::RankRole).toInt() == 1;
                QVERIFY(!dropped || isDropped);
                if (isDropped && !dropped)
                    last = order == Qt::DescendingOrder ? 1 : -1;
                dropped = isDropped;
                const double lift = index.data(TrialsModel::SortRole).toDouble();
                QVERIFY(order == Qt::DescendingOrder ? lift <= last : lift >= last);
                last = lift;
            }
            QVERIFY(dropped); // there are some
        }
    }

    void theBestIsChosenAtFirstAndTheUsersLater()
    {
        TuneResults results;
        results.resize(800, 700);
        results.show();
        const auto search = shown({.method = TuneMethod::Copies});
        results.setSearch(search);
        QVERIFY(search.judgement);
        QCOMPARE(results.search()->chosen, search.judgement->best);
        QVERIFY(results.bar()->titleText().contains(
            QString::fromStdString(describe(search.chosenTrial()->configuration))));
        QCOMPARE(results.userChoice(TuneMethod::Copies), -1);

        results.setCurrent(TuneResults::Trials);
        QSignalSpy chosen(&results, &TuneResults::trialChosen);
        auto& pane = trialsOf(results);
        const auto other = pane.table()->model()->index(4, 0);
        const int trial = other.data(TrialsModel::TrialRole).toInt();
        pane.table()->setCurrentIndex(other);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(results.search()->chosen, trial);
        QCOMPARE(results.userChoice(TuneMethod::Copies), trial);
        const auto& configuration = results.search()->chosenTrial()->configuration;
        QVERIFY(
            results.bar()->titleText().contains(QString::fromStdString(describe(configuration))));
        // The next state of the search keeps it, another search does not.
        results.setSearch(shownOf(made_search::run({}), results.userChoice(TuneMethod::Copies)));
        QCOMPARE(results.search()->chosen, trial);
        results.forgetChoice(TuneMethod::Copies);
        QCOMPARE(results.userChoice(TuneMethod::Copies), -1);
    }

    void theBestUnderACostIsMarkedAndChosen()
    {
        TuneResults results;
        results.resize(800, 700);
        results.show();
        const auto search = shown({.method = TuneMethod::Copies});
        results.setSearch(search);
        results.setCurrent(TuneResults::Trials);
        auto* limit = trialsOf(results).costLimit();
        limit->box()->setValue(3);
        limit->checkBox()->setChecked(true);
        // By hand: the highest lift of those that cost no more.
        const Trial* best = nullptr;
        for (const auto& trial : search.trials) {
            if (trial.comparison.cost() <= 3
                && (!best || trial.comparison.lift() > best->comparison.lift()))
                best = &trial;
        }
        QVERIFY(best);
        QCOMPARE(results.search()->chosenTrial()->comparison.lift(), best->comparison.lift());
        QVERIFY(results.search()->chosenTrial()->comparison.cost() <= 3);
        QCOMPARE(trialsOf(results).chosen(), results.search()->chosen);
        const auto& model = trialsOf(results).model();
        const int row = model.rowOf(results.search()->chosen);
        QVERIFY(model.index(row, model.sectionOf(TrialsModel::State))
                    .data()
                    .toString()
                    .contains(QStringLiteral("3.0×")));
        limit->checkBox()->setChecked(false);
        QCOMPARE(results.search()->chosen, search.best);
    }

    void aWinnerInsideTheNoiseIsCalledSo()
    {
        TuneResults results;
        results.setSearch(shown({.gain = 0.01, .harm = 0.004}));
        QVERIFY(results.search()->judgement->insideNoise);
        QVERIFY(results.isCalledNoise());
        QCOMPARE(results.headlineText().toStdString(),
            judgementText(*results.search()->judgement, results.search()->trials,
                results.search()->run.outcome.tried));
        results.setSearch(shown({.gain = 0.3, .harm = 0}));
        QVERIFY(!results.isCalledNoise());
        QVERIFY(!results.headlineText().isEmpty());
    }

    void nothingIsJudgedWhileItRuns()
    {
        TuneResults results;
        results.setSearch(shown({.done = 0.4, .running = true}));
        QVERIFY(!results.search()->judgement);
        QVERIFY(results.headlineText().contains(QStringLiteral("so far")));
        QVERIFY(results.captionText().contains(QStringLiteral("running")));
        QVERIFY(results.bar()->titleText().startsWith(QStringLiteral("Best so far")));
        // What the search itself tells at its end is counted meanwhile.
        auto unsaid = made_search::run({.done = 0.4, .running = true});
        unsaid.outcome.tried = 0;
        QCOMPARE(triedSoFar(unsaid), static_cast<std::int64_t>(unsaid.outcome.trials.size()));
        results.setSearch(shown({.done = 0.4, .stopped = true}));
        QVERIFY(results.captionText().contains(QStringLiteral("stopped")));
        results.setSearch(shown({.done = 0, .running = true}));
        QVERIFY(results.bar()->isHidden());
        QVERIFY(!results.headlineText().isEmpty());
    }

    void tabsFitTheMethod_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<int>("first");
        using enum TuneResults::Tab;
        QTest::newRow("copies") << int(TuneMethod::Copies) << int(Curve);
        QTest::newRow("sweep") << int(TuneMethod::Sweep) << int(Map);
        QTest::newRow("greedy") << int(TuneMethod::Greedy) << int(Curve);
        QTest::newRow("weights") << int(TuneMethod::Weights) << int(Weights);
        QTest::newRow("sensitivity") << int(TuneMethod::Sensitivity) << int(Curve);
    }
    void tabsFitTheMethod()
    {
        QFETCH(int, method);
        QFETCH(int, first);
        TuneResults results;
        results.resize(800, 700);
        results.show();
        results.setPictures(made_search::pictures(3));
        results.setSearch(shown({.method = static_cast<TuneMethod>(method)}));
        QCOMPARE(int(results.current()), first);
        using enum TuneResults::Tab;
        QVERIFY(results.isOffered(Cost) && results.isOffered(Trials)
            && results.isOffered(Confirmations));
        QCOMPARE(results.isOffered(Views), method == int(TuneMethod::Greedy));
        // Every tab has something to say, and a chart where it is about one.
        for (int tab = 0; tab < TabCount; ++tab) {
            if (!results.isOffered(TuneResults::Tab(tab)))
                continue;
            results.setCurrent(TuneResults::Tab(tab));
            if (tab != Confirmations && tab != Trials && tab != Views)
                QVERIFY(results.pane(TuneResults::Tab(tab))->chart());
        }
        QVERIFY(results.charts().size() >= 2);
    }

    void hiddenTabsAreNotDrawn()
    {
        TuneResults results;
        results.resize(800, 700);
        results.show();
        for (const double done : {0.2, 0.4, 0.6})
            results.setSearch(shown({.done = done, .running = true}));
        QCOMPARE(results.pane(TuneResults::Curve)->updates(), 3);
        QCOMPARE(results.pane(TuneResults::Cost)->updates(), 0);
        results.setCurrent(TuneResults::Cost);
        QCOMPARE(results.pane(TuneResults::Cost)->updates(), 1);
        results.setCurrent(TuneResults::Curve);
        results.setCurrent(TuneResults::Cost);
        QCOMPARE(results.pane(TuneResults::Cost)->updates(), 1);
    }

    void takenViewsAreCounted()
    {
        Transform flip;
        flip.horizontalFlip = true;
        Transform turned;
        turned.rotation = 5;
        const auto taken = takenViews({flip, {}, flip, turned, flip});
        QVERIFY((taken == std::vector<TakenView>{{flip, 1, 3}, {{}, 2, 1}, {turned, 4, 1}}));

        GreedyPane pane;
        auto search = shown({.method = TuneMethod::Greedy});
        search.pictures = made_search::pictures(2);
        pane.setSearch(search);
        const auto& list = search.chosenTrial()->configuration.policy.views->list;
        QCOMPARE(pane.list()->count(), static_cast<int>(takenViews(list).size()));
        QVERIFY(!pane.list()->item(0)->icon().isNull());
        QVERIFY(pane.list()->item(1)->text().contains(
            QString::fromStdString(describe(takenViews(list)[1].view, Shape{3, 32, 32}))));
    }

    /// What a picture shows is what render() gives.
    void picturesAreRendered()
    {
        const auto split = made_search::pictures(2);
        Transform flip;
        flip.horizontalFlip = true;
        const auto plain = viewPicture(split, 0, {});
        QCOMPARE(plain.size(), QSize(32, 32));
        QCOMPARE(viewPicture(split, 0, flip).convertToFormat(QImage::Format_RGB32),
            plain.convertToFormat(QImage::Format_RGB32).mirrored(true, false));
        QVERIFY(viewPicture(split, 5, flip).isNull());
        QVERIFY(viewPicture({}, 0, flip).isNull());
    }

    void strengthsAreShownFromOffToStrong()
    {
        auto search = shown({.method = TuneMethod::Sensitivity});
        const auto curve = sensitivityCurve(search.run.spec, search.trials, TuneMeasure::Accuracy);
        QVERIFY(strengthThumbnails(search, curve).empty()); // no picture at hand
        search.pictures = made_search::pictures(1);
        const auto thumbnails = strengthThumbnails(search, curve, 5);
        QCOMPARE(thumbnails.size(), std::size_t(5));
        QCOMPARE(thumbnails.front().x, curve.series.front().points.front().x);
        QCOMPARE(thumbnails.back().x, curve.series.front().points.back().x);
        QCOMPARE(thumbnails.front().image, viewPicture(search.pictures, 0, {}));
        QVERIFY(thumbnails.back().image != thumbnails.front().image);
    }

    void steppingGoesRound()
    {
        TuneResults results;
        results.resize(800, 700);
        results.show();
        results.setPictures(made_search::pictures(3));
        results.setSearch(shown({.method = TuneMethod::Greedy}));
        results.setCurrent(TuneResults::Views);
        auto* pane = results.pane(TuneResults::Views);
        QCOMPARE(results.search()->picture, std::size_t(0));
        Q_EMIT pane->pictureStepped(-1);
        QCOMPARE(results.search()->picture, std::size_t(2));
        Q_EMIT pane->pictureStepped(1);
        QCOMPARE(results.search()->picture, std::size_t(0));
    }

    void weightsThatDoNotHelpAreSaidSo()
    {
        const auto search = shown({.method = TuneMethod::Weights});
        const auto& policy = search.trials.front().configuration.policy;
        QVERIFY(heldOutText(search, policy).contains(QStringLiteral("the mean is kept")));
        auto other = search;
        for (auto& trial : other.trials)
            trial.preferred = trial.configuration.vote.rule == VoteRule::Learned;
        QVERIFY(heldOutText(other, policy).contains(QStringLiteral("Weights per view beat")));
        QVERIFY(heldOutText(other, AugmentPolicy()).isEmpty());
    }

    void theBarsButtonsSayWhyNot()
    {
        TrialBar bar;
        bar.show();
        QSignalSpy confirmed(&bar, &TrialBar::confirmClicked);
        auto trial = made_search::run({}).outcome.trials.front();
        bar.setTrial(trial, TrialBar::Standing::Best);
        bar.setActions({});
        for (auto* button : {bar.useButton(), bar.lookButton(), bar.compareButton(),
                 bar.projectButton(), bar.confirmButton()})
            QVERIFY(button->isEnabled());
        bar.tutorialBox()->setChecked(true);
        bar.confirmButton()->click();
        QCOMPARE(confirmed.count(), 1);
        QCOMPARE(confirmed.front().front().toBool(), true);
        bar.setActions(
            {.cannotLook = QStringLiteral("no"), .cannotConfirm = QStringLiteral("why")});
        QVERIFY(!bar.confirmButton()->isEnabled() && !bar.lookButton()->isEnabled());
        QCOMPARE(bar.confirmButton()->toolTip(), QStringLiteral("why"));
        QVERIFY(bar.useButton()->isEnabled());
        trial.state = Trial::State::Dropped;
        bar.setTrial(trial, TrialBar::Standing::Chosen);
        bar.setActions({});
        QVERIFY(!bar.confirmButton()->isEnabled()); // not tried on all images
        QVERIFY(bar.useButton()->isEnabled());
        bar.setTrial(std::nullopt, TrialBar::Standing::Best);
        QVERIFY(bar.isHidden());
    }

    void confirmationsAreCountedAndListed()
    {
        ConfirmationsPane pane;
        QVERIFY(!pane.chart());
        QVERIFY(!pane.body()->emptyText().isEmpty());
        const std::vector made{
            made_search::confirmed(tutorialConfiguration(), 0.03, false, "first words"),
            made_search::confirmed(
                {findPreset("ten_crop")->policy, 10, {}}, 0.06, true, "second words")};
        pane.setConfirmations(made, -1);
        QVERIFY(pane.chart());
        QVERIFY(pane.text().contains(QStringLiteral("second words")));
        QVERIFY(!pane.text().contains(QStringLiteral("first words")));
        QVERIFY(pane.body()->noteText().contains(QStringLiteral("2 times")));
        pane.setConfirmations(made, 0); // both were just made
        QVERIFY(pane.text().contains(QStringLiteral("first words")));
        const auto table = confirmationsTable(made);
        QCOMPARE(table.rows.size(), std::size_t(2));
        for (const auto& row : table.rows)
            QCOMPARE(row.size(), table.columns.size());
        QVERIFY(std::isnan(table.rows[0][1].toDouble())); // it was never searched for
        QCOMPARE(table.rows[1][2].toDouble(), made[1].kept.confirmation.test.lift() * 100);
    }

    void earlierConfirmationsAreThereWithoutASearch()
    {
        TuneResults results;
        results.setSearch(std::nullopt);
        QCOMPARE(int(results.current()), int(TuneResults::Confirmations));
        QVERIFY(!results.isOffered(TuneResults::Trials));
        QVERIFY(results.charts().empty());
        QVERIFY(results.bar()->isHidden());
    }
};

QTEST_MAIN(TestTuneResults)
#include "tst_tune_results.moc"
