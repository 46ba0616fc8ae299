// SPDX-License-Identifier: GPL-3.0-or-later
// What the charts of tuning draw, against hand-made trials.
#include "tests/ui/tune_charts_data.h"
#include "ui/charts/tune_data.h"

#include <QtTest>

#include <cmath>

using namespace augury;
namespace made = tune_charts_data;

namespace {

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class TestTuneData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesAreSeriesOfPolicies()
    {
        const TuneSpec spec = made::copiesSpec(2, 3);
        auto trials = plannedTrials(spec);
        QCOMPARE(trials.size(), std::size_t(6));
        std::vector<Trial> begun;
        for (Trial& trial : trials) {
            const int n = trial.configuration.copies;
            made::fill(trial, 1000, 700, 20 + n, 10, 1.0 + n);
            if (!(trial.place[0] == 1 && n == 3)) // not begun
                begun.push_back(trial);
        }
        std::reverse(begun.begin(), begun.end()); // their order does not matter
        const TuneCurve curve = copiesCurves(spec, begun, TuneMeasure::Accuracy);
        QCOMPARE(curve.series.size(), std::size_t(2));
        QCOMPARE(curve.series[0].name, QStringLiteral("tutorial"));
        QCOMPARE(curve.series[1].name, QStringLiteral("gentle"));
        QCOMPARE(curve.series[0].points.size(), std::size_t(3));
        QCOMPARE(curve.series[1].points.size(), std::size_t(2));
        QVERIFY(curve.wholeX && curve.thumbnails.empty());
        QVERIFY(curve.baseline && near(*curve.baseline, 70.0));
        for (int n = 1; n <= 3; ++n) {
            const TunePoint& point = curve.series[0].points[std::size_t(n - 1)];
            QCOMPARE(point.x, double(n));
            QVERIFY(near(point.y, 70 + 1 + 0.1 * n));
            // Wilson's interval by its formula.
            const double p = point.y / 100;
            const double z = 1.959963984540054;
            const double z2 = z * z / 1000;
            const double middle = (p + z2 / 2) / (1 + z2);
            const double half = z / (1 + z2) * std::sqrt(p * (1 - p) / 1000 + z2 / 4 / 1000);
            QVERIFY2(std::abs(point.low - 100 * (middle - half)) < 0.002,
                qPrintable(QString::number(point.low)));
            QVERIFY(std::abs(point.high - 100 * (middle + half)) < 0.002);
            QCOMPARE(point.trial, n - 1);
        }
        const TuneCurve lift = copiesCurves(spec, begun, TuneMeasure::Lift);
        QVERIFY(near(lift.series[1].points[1].y, 1.2));
        QCOMPARE(*lift.baseline, 0.0);
        const Interval expected = bootstrapLift(1000, 22, 10);
        QVERIFY(near(lift.series[1].points[1].low, 100 * expected.low));
        QVERIFY(near(lift.series[1].points[1].high, 100 * expected.high));
        const TuneCurve nll = copiesCurves(spec, begun, TuneMeasure::Nll);
        QVERIFY(near(nll.series[0].points[0].y, 0.9 - 2.0 * 11 / 1000));
        QVERIFY(near(*nll.baseline, 0.94));
        QVERIFY(nll.series[0].points[0].low < nll.series[0].points[0].y);
    }

    /// A ring only where the curve is whole and stops before its end.
    void aRingWhereItStopsGaining()
    {
        const TuneSpec spec = made::copiesSpec(1, 4);
        auto trials = plannedTrials(spec);
        const std::vector<int> fixed{0, 40, 41, 41}; // 1 is beaten, 2 is not
        for (std::size_t i = 0; i < 4; ++i)
            made::fill(trials[i], 1000, 700, fixed[i], 0, 2.0 + double(i));
        const TuneCurve whole = copiesCurves(spec, trials, TuneMeasure::Accuracy);
        QVERIFY(whole.series[0].ringed.has_value());
        QCOMPARE(*whole.series[0].ringed, std::size_t(1));
        QVERIFY(!whole.ringName.isEmpty());
        const std::vector<Trial> part(trials.begin(), trials.begin() + 3);
        QVERIFY(!copiesCurves(spec, part, TuneMeasure::Accuracy).series[0].ringed);
        auto running = trials;
        running[3].state = Trial::State::Waiting;
        QVERIFY(!copiesCurves(spec, running, TuneMeasure::Accuracy).series[0].ringed);
        made::fill(trials[3], 1000, 700, 90, 0, 5); // still gains at its end
        QVERIFY(!copiesCurves(spec, trials, TuneMeasure::Accuracy).series[0].ringed);
    }

    void whatHasNotBegunIsNotDrawn()
    {
        const TuneSpec spec = made::copiesSpec(3);
        const auto planned = plannedTrials(spec);
        for (const TuneMeasure measure : {TuneMeasure::Accuracy, TuneMeasure::Lift,
                 TuneMeasure::Nll, TuneMeasure::LogLikelihood}) {
            const TuneCurve curve = copiesCurves(spec, planned, measure);
            QVERIFY(curve.series.empty());
            QVERIFY(!curve.baseline);
        }
        QVERIFY(paretoPoints(planned).empty());
        const HeatMap map = sweepMap(spec, planned, 0, 1);
        QCOMPARE(map.cells.size(), std::size_t(60));
        for (const HeatCell& cell : map.cells)
            QVERIFY(std::isnan(cell.value) && cell.trial == -1 && !cell.marked);
    }

    void greedySteps()
    {
        TuneSpec spec = defaultSpec(TuneMethod::Greedy);
        spec.steps = 3;
        std::vector<Trial> trials(2);
        for (int i = 0; i < 2; ++i) {
            Trial& trial = trials[std::size_t(i)];
            trial.index = i;
            trial.place = {i};
            made::fill(trial, 500, 300, 10 + i, 5, 2.0 + i);
            trial.logLikelihood = -0.9 + 0.1 * i;
            trial.temperature = 1.5;
        }
        const TuneCurve curve = greedyCurve(spec, trials, TuneMeasure::LogLikelihood);
        QCOMPARE(curve.series.size(), std::size_t(1));
        QCOMPARE(curve.series[0].points.size(), std::size_t(2));
        QCOMPARE(curve.series[0].points[1].x, 2.0);
        QVERIFY(near(curve.series[0].points[1].y, -0.8));
        QVERIFY(std::isnan(curve.series[0].points[1].low));
        QVERIFY(!curve.baseline);
        QVERIFY(curve.series[0].points[1].toolTip.contains(QStringLiteral("temperature 1.50")));
        QCOMPARE(*greedyCurve(spec, trials, TuneMeasure::Accuracy).baseline, 60.0);
    }

    /// In people's units.
    void sensitivityIsAgainstTheStrength()
    {
        TuneSpec spec = made::sensitivitySpec();
        spec.swept = {"shift_range", {0, 0.05, 0.125}};
        auto trials = plannedTrials(spec);
        for (std::size_t i = 0; i < 3; ++i)
            made::fill(trials[i], 500, 300, 10 + int(i), 5, 8);
        const TuneCurve shift = sensitivityCurve(spec, trials, TuneMeasure::Lift);
        QCOMPARE(shift.series.size(), std::size_t(1));
        QCOMPARE(shift.series[0].points.size(), std::size_t(3));
        QVERIFY(near(shift.series[0].points[1].x, 5) && near(shift.series[0].points[2].x, 12.5));
        QCOMPARE(shift.xTitle, QStringLiteral("shift (%)"));
        QVERIFY(!shift.wholeX);
        spec = made::sensitivitySpec();
        const auto turned = made::sensitivityTrials(spec);
        const TuneCurve rotation = sensitivityCurve(spec, turned, TuneMeasure::Accuracy);
        QCOMPARE(rotation.xTitle, QStringLiteral("rotation (°)"));
        QVERIFY(rotation.wholeX);
        QCOMPARE(rotation.series[0].points.back().x, 45.0);
    }

    void tooltipsHaveEveryFigure()
    {
        const TuneSpec spec = made::copiesSpec(1, 7);
        auto trials = plannedTrials(spec);
        made::fill(trials[6], 2000, 1400, 87, 46, 8);
        trials[6].seconds = 3.14;
        const TuneCurve curve = copiesCurves(spec, trials, TuneMeasure::Accuracy);
        const QString said = curve.series[0].points[0].toolTip;
        const Interval lift = bootstrapLift(2000, 87, 46);
        for (const QString& part : {QStringLiteral("tutorial × 7, mean"),
                 QStringLiteral("accuracy 72.05 % (95 % interval "),
                 QStringLiteral("baseline 70.00 %"), QStringLiteral("lift +2.05 ("),
                 QString::number(100 * lift.low, 'f', 2), QString::number(100 * lift.high, 'f', 2),
                 QStringLiteral("fixed 87, broken 46"),
                 QStringLiteral("NLL 0.8590 nats, baseline 0.9400"),
                 QStringLiteral("cost 8.00×, 3.1 s"), QStringLiteral("2,000 images")})
            QVERIFY2(said.contains(part), qPrintable(part + QStringLiteral(" in ") + said));
    }

    /// Two axes of a sweep: of trials that share a cell the one of most images, then the best.
    void aSweepAsAMap()
    {
        TuneSpec spec = defaultSpec(TuneMethod::Sweep);
        spec.policies = made::policies(2);
        spec.fields = {};
        spec.copyCounts = {1, 5};
        spec.rules = {VoteRule::Mean, VoteRule::Majority};
        spec.originals = {{}};
        auto trials = plannedTrials(spec);
        QCOMPARE(trials.size(), std::size_t(8));
        // policy 0 × 1 copy: mean dropped with a higher lift, majority finished
        const auto trialAt = [&](int policy, int copies, int rule) -> Trial& {
            for (Trial& trial : trials)
                if (trial.place == std::vector<int>{policy, copies, rule, 0})
                    return trial;
            qFatal("no such trial");
        };
        made::fill(trialAt(0, 0, 0), 100, 70, 9, 0, 2, Trial::State::Dropped);
        made::fill(trialAt(0, 0, 1), 1000, 700, 20, 5, 2);
        made::fill(trialAt(0, 1, 0), 1000, 700, 40, 5, 6);
        made::fill(trialAt(0, 1, 1), 1000, 700, 30, 5, 6);
        made::fill(trialAt(1, 0, 0), 100, 70, 1, 3, 2, Trial::State::Dropped);
        const HeatMap map = sweepMap(spec, trials, 0, 1);
        QCOMPARE(map.rows.size(), std::size_t(2));
        QCOMPARE(map.columns, (std::vector<QString>{QStringLiteral("1"), QStringLiteral("5")}));
        QCOMPARE(map.rowTitle, QStringLiteral("policy"));
        QCOMPARE(map.columnTitle, QStringLiteral("copies"));
        QVERIFY(map.diverging);
        QVERIFY(near(map.cells[0].value, 1.5) && !map.cells[0].faded && !map.cells[0].marked);
        QVERIFY(map.cells[0].toolTip.contains(QStringLiteral("the best of 2 configurations")));
        QVERIFY(near(map.cells[1].value, 3.5) && map.cells[1].marked);
        QCOMPARE(map.cells[1].trial, trialAt(0, 1, 0).index);
        QVERIFY(near(map.cells[2].value, -2) && map.cells[2].faded);
        QVERIFY(std::isnan(map.cells[3].value));
        // The other way round, and alone.
        const HeatMap turned = sweepMap(spec, trials, 1, 0);
        QVERIFY(near(turned.cells[2].value, 3.5));
        const HeatMap alone = sweepMap(spec, trials, 2, -1);
        QCOMPARE(
            alone.rows, (std::vector<QString>{QStringLiteral("mean"), QStringLiteral("majority")}));
        QCOMPARE(alone.cells.size(), std::size_t(2));
        QVERIFY(near(alone.cells[0].value, 3.5) && near(alone.cells[1].value, 2.5));
        QVERIFY(sweepMap(spec, trials, 9, 1).cells.empty());
    }

    /// The place in the span is not the trial's index where some were not begun.
    void theBestIsFoundByItsIndex()
    {
        const TuneSpec spec = made::copiesSpec(1, 5);
        auto trials = plannedTrials(spec);
        std::vector<Trial> begun{trials[2], trials[4]};
        made::fill(begun[0], 100, 50, 3, 0, 4);
        made::fill(begun[1], 100, 50, 7, 0, 6);
        const auto points = paretoPoints(begun);
        QCOMPARE(points.size(), std::size_t(2));
        QVERIFY(!points[0].best && points[1].best);
        QCOMPARE(points[1].trial, 4);
    }

    void weights()
    {
        Trial trial = made::learned(2, 3, true);
        trial.configuration.vote.weights = {1, 2, 3, 0, 2, 0, 3, 4, 0}; // original, two views
        const std::vector<std::string> names{"cat", "dog"};
        const HeatMap map = weightsMap(trial, names);
        QVERIFY(!map.diverging);
        QCOMPARE(map.rows,
            (std::vector<QString>{
                QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("class 2")}));
        QCOMPARE(map.columns.size(), std::size_t(3));
        QCOMPARE(map.columns[0], QStringLiteral("original"));
        QCOMPARE(map.columns[1], QStringLiteral("view 1"));
        std::vector<double> values;
        for (const HeatCell& cell : map.cells)
            values.push_back(cell.value);
        QCOMPARE(values, (std::vector<double>{1, 0, 3, 2, 2, 4, 3, 0, 0}));
        QVERIFY(map.cells[2].toolTip.contains(QStringLiteral("75.0 %"))); // 3 of 4
        Trial one = made::learned(4, 0, false);
        QCOMPARE(weightsMap(one, names).rows.size(), std::size_t(1));
        QCOMPARE(weightsMap(one, names).columns[0], QStringLiteral("view 1"));
        one.configuration.vote.weights.pop_back(); // do not fit
        QVERIFY(weightsMap(one, names).cells.empty());
        one.configuration.vote = {};
        QVERIFY(weightsMap(one, names).cells.empty());
    }

    void points()
    {
        const TuneSpec spec = made::copiesSpec(1, 4);
        auto trials = plannedTrials(spec);
        made::fill(trials[0], 1000, 700, 10, 5, 2); // +0.5: the cheapest
        made::fill(trials[1], 1000, 700, 8, 5, 3); // beaten by the first
        made::fill(trials[2], 1000, 700, 25, 5, 4); // +2.0: the best
        made::fill(trials[3], 100, 70, 5, 1, 1.5, Trial::State::Dropped);
        const auto points = paretoPoints(trials);
        QCOMPARE(points.size(), std::size_t(4));
        const std::vector<bool> front{true, false, true, false};
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(bool(points[i].onFront), bool(front[i]));
            QCOMPARE(points[i].best, i == 2);
            QCOMPARE(points[i].faded, i == 3);
        }
        QVERIFY(near(points[2].cost, 4) && near(points[2].lift, 2));
        QVERIFY(std::isnan(points[1].low) && points[1].facts);
        const Interval expected = bootstrapLift(1000, 25, 5);
        QVERIFY(
            near(points[2].low, 100 * expected.low) && near(points[2].high, 100 * expected.high));
    }

    void confirmationsAsRows()
    {
        const auto confirmations = made::confirmations(2);
        const auto rows = forestRows(confirmations);
        QCOMPARE(rows.size(), std::size_t(2));
        QVERIFY(rows[0].name.startsWith(QStringLiteral("tutorial × 5")));
        QVERIFY(near(rows[0].test.lift, 1.21));
        QVERIFY(rows[0].search && near(rows[0].search->lift, 2.1));
        QVERIFY(!rows[1].search);
        QVERIFY(rows[0].test.low < 1.21 && rows[0].test.high > 1.21);
    }
};

QTEST_GUILESS_MAIN(TestTuneData)
#include "tst_tune_data.moc"
