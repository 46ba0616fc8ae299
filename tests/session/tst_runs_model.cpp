// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/runs_model.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QItemSelectionModel>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace augury;

namespace {

RunInfo run(std::int64_t id)
{
    RunInfo info;
    info.id = id;
    info.kind = "repeat";
    info.title = "bands: 4 repeats, 70.0 → 71.0 %";
    info.started = "2024-05-01T12:34:56Z";
    info.repeatsDone = info.repeatsWanted = 4;
    info.data = "bands";
    info.policy = "horizontal flip";
    info.vote = "mean";
    info.copies = 7;
    info.baseline = 0.7;
    info.tta = 0.71;
    info.lift = 0.01;
    info.seconds = 5;
    return info;
}

QList<qlonglong> ids(const QAbstractItemModel& model)
{
    QList<qlonglong> all;
    for (int row = 0; row < model.rowCount(); ++row)
        all << model.index(row, RunsModel::Id).data(RunsModel::SortRole).toLongLong();
    return all;
}

QString text(const RunsModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class RunsModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void saysWhatARunIs()
    {
        RunsModel model;
        auto running = run(3);
        running.status = RunStatus::Running;
        running.repeatsDone = 3;
        running.repeatsWanted = 10;
        running.name = "mine";
        running.tags = {"a", "b c"};
        auto stopped = running;
        stopped.id = 2;
        stopped.status = RunStatus::Stopped;
        stopped.name.clear();
        auto training = run(1);
        training.kind = "train";
        training.repeatsDone = training.repeatsWanted = 0;
        training.baseline = training.tta = training.lift = std::nullopt;
        model.setRuns({running, stopped, training});

        QCOMPARE(text(model, 0, RunsModel::Status), QStringLiteral("running 3 of 10"));
        QCOMPARE(text(model, 1, RunsModel::Status), QStringLiteral("stopped 3 of 10"));
        QCOMPARE(text(model, 2, RunsModel::Status), QStringLiteral("finished"));
        QCOMPARE(text(model, 0, RunsModel::Name), QStringLiteral("mine"));
        QCOMPARE(text(model, 1, RunsModel::Name), QString::fromStdString(stopped.title));
        QCOMPARE(text(model, 0, RunsModel::Tags), QStringLiteral("a, b c"));
        QCOMPARE(text(model, 0, RunsModel::Baseline), QStringLiteral("70.00 %"));
        QCOMPARE(text(model, 0, RunsModel::Lift), QStringLiteral("+1.00"));
        for (const int empty : {RunsModel::Lift, RunsModel::Copies, RunsModel::Fixed,
                 RunsModel::Repeats, RunsModel::Policy, RunsModel::Vote})
            QCOMPARE(text(model, 2, empty), QString());
        // An edit begins with what is shown.
        QCOMPARE(
            model.index(0, RunsModel::Name).data(Qt::EditRole).toString(), QStringLiteral("mine"));
        QCOMPARE(model.index(1, RunsModel::Name).data(Qt::EditRole).toString(),
            QString::fromStdString(stopped.title));
        QVERIFY(
            model.index(0, RunsModel::Lift).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QCOMPARE(model.rowOf(2), std::optional(1));
        QVERIFY(!model.rowOf(9));
    }

    void tellsWhatAUserTypes()
    {
        RunsModel model;
        model.setRuns({run(5)});
        QSignalSpy names(&model, &RunsModel::nameEdited);
        QSignalSpy tags(&model, &RunsModel::tagsEdited);
        QSignalSpy notes(&model, &RunsModel::noteEdited);
        const auto type = [&](int column, const char* words) {
            return model.setData(model.index(0, column), QString::fromLatin1(words), Qt::EditRole);
        };
        QVERIFY(!model.setData(model.index(0, RunsModel::Name), // the title does not become a name
            text(model, 0, RunsModel::Name), Qt::EditRole));
        QCOMPARE(names.count(), 0);
        QVERIFY(type(RunsModel::Name, "new"));
        QVERIFY(type(RunsModel::Tags, "b, a ,,"));
        QVERIFY(type(RunsModel::Note, "why"));
        QVERIFY(!type(RunsModel::Note, "")); // as it is
        QVERIFY(!type(RunsModel::Data, "x"));
        QCOMPARE(names.count(), 1);
        QCOMPARE(names[0][0].toLongLong(), 5);
        QCOMPARE(names[0][1].toString(), QStringLiteral("new"));
        QCOMPARE(tags[0][1].toStringList().size(), 2); // the store trims and sorts them
        QCOMPARE(notes.count(), 1);
        // The model itself waits for the history.
        QCOMPARE(model.run(0).name, std::string());
        for (int column = 0; column < RunsModel::ColumnCount; ++column) {
            const bool editable =
                column == RunsModel::Name || column == RunsModel::Tags || column == RunsModel::Note;
            QCOMPARE(bool(model.flags(model.index(0, column)) & Qt::ItemIsEditable), editable);
        }
    }

    void changesAsLittleAsItCan()
    {
        RunsModel model;
        RunsFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filterTester(
            &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QItemSelectionModel selection(&filter);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setRuns({run(4), run(3), run(1)});
        selection.select(
            filter.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.setRuns({run(4), run(3), run(1)});
        QCOMPARE(changed.count() + inserted.count() + removed.count(), 0);

        auto renamed = run(3);
        renamed.name = "mine";
        model.setRuns({run(7), run(6), renamed, run(1), run(0)});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(inserted.count(), 2); // 7 and 6 at once, 0
        QCOMPARE(removed.count(), 1);
        QCOMPARE(resets.count(), 0);
        const auto rows = selection.selectedRows(RunsModel::Id);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].data(RunsModel::SortRole).toLongLong(), 3);
    }

    void becomesWhatItIsGivenWhateverWasThere()
    {
        RunsModel model;
        RunsFilter filter;
        filter.setSourceModel(&model);
        filter.sort(RunsModel::Name);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filterTester(
            &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(5);
        for (int round = 0; round < 60; ++round) {
            std::vector<RunInfo> runs;
            QList<qlonglong> expected;
            for (std::int64_t id = 12; id > 0; --id) {
                if (random() % 2 == 0)
                    continue;
                runs.push_back(run(id));
                runs.back().name = "name " + std::to_string(random() % 3);
                expected << id;
            }
            const auto given = runs;
            model.setRuns(runs);
            QCOMPARE(ids(model), expected);
            for (int row = 0; row < model.rowCount(); ++row) {
                const auto& name = given[static_cast<std::size_t>(row)].name;
                QCOMPARE(model.run(row).name, name);
                QVERIFY(model.searchText(row).contains(QString::fromStdString(name)));
            }
            QCOMPARE(filter.rowCount(), model.rowCount());
        }
    }

    void sortsNumbersAsNumbersAndGapsLast()
    {
        RunsModel model;
        RunsFilter filter;
        filter.setSourceModel(&model);
        auto low = run(4);
        low.lift = -0.02;
        auto high = run(3);
        high.lift = 0.1;
        auto none = run(2);
        none.lift = std::nullopt;
        auto nine = run(1);
        nine.lift = 0.09;
        model.setRuns({low, high, none, nine});
        filter.sort(RunsModel::Lift, Qt::AscendingOrder);
        QCOMPARE(ids(filter), (QList<qlonglong>{4, 1, 3, 2}));
        filter.sort(RunsModel::Lift, Qt::DescendingOrder);
        QCOMPARE(ids(filter), (QList<qlonglong>{3, 1, 4, 2}));
        filter.sort(RunsModel::Id, Qt::AscendingOrder);
        QCOMPARE(ids(filter), (QList<qlonglong>{1, 2, 3, 4}));
        QCOMPARE(model.index(0, RunsModel::Started).data(RunsModel::SortRole).toDateTime(),
            QDateTime(QDate(2024, 5, 1), QTime(12, 34, 56), Qt::UTC));
    }

    void findsRunsByWordsKindAndStatus()
    {
        RunsModel model;
        RunsFilter filter;
        filter.setSourceModel(&model);
        auto mine = run(3);
        mine.name = "Paper figure 2";
        mine.note = "with the blur";
        auto stopped = run(2);
        stopped.status = RunStatus::Stopped;
        stopped.tags = {"paper"};
        auto training = run(1);
        training.kind = "train";
        model.setRuns({mine, stopped, training});
        QVERIFY(!filter.isFiltering());
        filter.setWords(QStringLiteral(" BLUR  paper "));
        QCOMPARE(ids(filter), (QList<qlonglong>{3}));
        QVERIFY(filter.isFiltering());
        filter.setWords(QStringLiteral("paper"));
        QCOMPARE(ids(filter), (QList<qlonglong>{3, 2}));
        filter.setStatus(RunStatus::Stopped);
        QCOMPARE(ids(filter), (QList<qlonglong>{2}));
        filter.setStatus({});
        filter.setWords({});
        filter.setKind(QStringLiteral("train"));
        QCOMPARE(ids(filter), (QList<qlonglong>{1}));
        filter.setKind({});
        filter.setWords(QStringLiteral("blur"));
        mine.note.clear();
        model.setRuns({mine, stopped, training}); // what changed is looked at again
        QCOMPARE(filter.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(RunsModelTest)
#include "tst_runs_model.moc"
