// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/cost_estimate.h"
#include "ui/session/eta.h"

#include <QTest>

using namespace augury;

class EtaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void estimatesFromThePace()
    {
        QCOMPARE(Eta::estimate(25, 100, 10).value(), 30.0);
        QVERIFY(!Eta::estimate(0, 100, 10)); // no pace yet
        QVERIFY(!Eta::estimate(25, 0, 10)); // total unknown
        QVERIFY(!Eta::estimate(50, 100, 0.5)); // too early
        QVERIFY(!Eta::estimate(50, 100, 4)); // a job of eight seconds: not worth telling
        QCOMPARE(Eta::estimate(100, 100, 20).value(), 0.0);
    }

    void writesClockTimes()
    {
        QCOMPARE(clockText(42.4), QStringLiteral("0:42"));
        QCOMPARE(clockText(725), QStringLiteral("12:05"));
        QCOMPARE(clockText(3725), QStringLiteral("1:02:05"));
        QCOMPARE(clockText(-3), QStringLiteral("0:00"));
    }

    void writesRoughTimes()
    {
        QCOMPARE(roughTimeText(4), QStringLiteral("a few seconds"));
        QCOMPARE(roughTimeText(44), QStringLiteral("40 seconds"));
        QCOMPARE(roughTimeText(600), QStringLiteral("10 minutes"));
        QCOMPARE(roughTimeText(7300), QStringLiteral("2 hours"));
    }

    void learnsTheMachinesPace()
    {
        Dataset dataset;
        auto images = std::make_shared<ImageSet>();
        images->shape = {1, 32, 32};
        images->labels.resize(1000);
        dataset.train = images;
        dataset.test = images;
        ExperimentConfig config;
        CostEstimate cost;
        const double repeats = cost.repeatsSeconds(dataset, config);
        cost.learn(dataset, config, 60);
        QCOMPARE(cost.trainSeconds(dataset, config), 60.0);
        config.training.epochs *= 2;
        QCOMPARE(cost.trainSeconds(dataset, config), 120.0);
        config.subsetTrain = 500;
        QCOMPARE(cost.trainSeconds(dataset, config), 60.0);
        QVERIFY(cost.repeatsSeconds(dataset, config) > repeats);
    }

    void countsDistinctViews()
    {
        Dataset dataset;
        auto images = std::make_shared<ImageSet>();
        images->shape = {1, 32, 32};
        images->labels.resize(1000);
        dataset.train = images;
        dataset.test = images;
        const CostEstimate cost;
        ExperimentConfig config;
        config.copies = 9;
        config.policy = {};
        const double once = cost.evaluateSeconds(dataset, config);
        config.policy.horizontalFlip = true;
        QCOMPARE(cost.evaluateSeconds(dataset, config) / once, 2.0);
        config.policy.rotationRange = 5;
        QCOMPARE(cost.evaluateSeconds(dataset, config) / once, 10.0);
    }
};

QTEST_GUILESS_MAIN(EtaTest)
#include "tst_eta.moc"
