// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/epochs_model.h"
#include "ui/session/repeats_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

using namespace augury;

namespace {

RepeatResult repeat(int index, std::int64_t baseline, std::int64_t tta)
{
    RepeatResult result;
    result.index = index;
    result.seed = 4'000'000'000U + static_cast<unsigned>(index);
    result.comparison.images = 1000;
    result.comparison.baselineCorrect = baseline;
    result.comparison.ttaCorrect = tta;
    result.comparison.fixed = 30;
    result.comparison.broken = 18;
    result.comparison.forwardPasses = 2000;
    result.trainSeconds = 10.25;
    result.evaluateSeconds = 1.5;
    return result;
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class ModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void repeatsKeepTheContractOfModels()
    {
        RepeatsModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.add(repeat(2, 680, 690));
        model.add(repeat(0, 686, 698));
        model.add(repeat(1, 690, 688));
        QCOMPARE(model.rowCount(), 3);
        model.setRepeats({repeat(1, 1, 2), repeat(0, 3, 4)});
        QCOMPARE(model.repeats().front().index, 0);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void repeatsAreSortedAndWritten()
    {
        RepeatsModel model;
        model.add(repeat(1, 690, 688));
        model.add(repeat(0, 686, 698));
        QCOMPARE(cell(model, 0, RepeatsModel::Repeat), QStringLiteral("1"));
        QCOMPARE(cell(model, 0, RepeatsModel::Seed), QStringLiteral("4000000000"));
        QCOMPARE(cell(model, 0, RepeatsModel::Baseline), QStringLiteral("68.60 %"));
        QCOMPARE(cell(model, 0, RepeatsModel::Tta), QStringLiteral("69.80 %"));
        QCOMPARE(cell(model, 0, RepeatsModel::Lift), QStringLiteral("+1.20"));
        QCOMPARE(cell(model, 1, RepeatsModel::Lift), QStringLiteral("−0.20"));
        QCOMPARE(cell(model, 0, RepeatsModel::Fixed), QStringLiteral("30"));
        QCOMPARE(cell(model, 0, RepeatsModel::Broken), QStringLiteral("18"));
        QCOMPARE(cell(model, 0, RepeatsModel::Seconds), QStringLiteral("11.8"));
        for (int column = 0; column < model.columnCount(); ++column) {
            QVERIFY(
                !model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
            QVERIFY(
                !model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        }
    }

    void epochsKeepTheContractOfModels()
    {
        EpochsModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        EpochMetrics plain{1.25, 0.5, {}, {}, 3.14};
        EpochMetrics validated{1.0, 0.625, 1.1, 0.6, 3};
        model.add(plain);
        model.add(validated);
        QCOMPARE(cell(model, 0, EpochsModel::TrainLoss), QStringLiteral("1.2500"));
        QCOMPARE(cell(model, 0, EpochsModel::ValidationAccuracy), QStringLiteral("–"));
        QCOMPARE(cell(model, 1, EpochsModel::ValidationAccuracy), QStringLiteral("60.00 %"));
        model.setEpochs({plain});
        QCOMPARE(model.rowCount(), 1);
    }
};

QTEST_GUILESS_MAIN(ModelsTest)
#include "tst_models.moc"
