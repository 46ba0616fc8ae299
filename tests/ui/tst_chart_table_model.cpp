// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace augury;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

ChartTable table(int rows)
{
    ChartTable made;
    made.columns = {QStringLiteral("name"), QStringLiteral("images"), QStringLiteral("lift"),
        QStringLiteral("p")};
    made.decimals = {0, 0, 2, 4};
    for (int i = 0; i < rows; ++i)
        made.rows.push_back({QStringLiteral("run %1").arg(i), qlonglong(1000 * i), 1.0 / (i + 1),
            i == 1 ? unknown : 0.00001 * i});
    return made;
}

} // namespace

class TestChartTableModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changesAsLittleAsItCan()
    {
        ChartTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setTable(table(2));
        QCOMPARE(reset.count(), 1);
        model.setTable(table(5));
        QCOMPARE(reset.count(), 1);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(changed.count(), 0); // NaN is still NaN
        QCOMPARE(model.rowCount(), 5);
        auto other = table(3);
        other.rows[1][2] = 7.0;
        model.setTable(other);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(model.index(1, 2).data(ChartTableModel::SortRole).toDouble(), 7.0);
        model.setTable({});
        QCOMPARE(reset.count(), 2);
        QCOMPARE(model.columnCount(), 0);
    }

    void showsRounded()
    {
        ChartTableModel model;
        auto made = table(4);
        made.rows[3][2] = -0.456;
        made.rows[2][2] = -0.001;
        model.setTable(made);
        const auto shown = [&](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(shown(3, 1), QLocale().toString(3000));
        QCOMPARE(shown(3, 2), QStringLiteral("−0.46"));
        QCOMPARE(shown(2, 2), QStringLiteral("0.00")); // no minus before nothing
        QCOMPARE(shown(1, 3), QStringLiteral("–"));
        QCOMPARE(shown(0, 3), QStringLiteral("0.0000"));
        QCOMPARE(shown(3, 3), QStringLiteral("< 0.0001"));
    }

    void csvHasEveryDigit()
    {
        ChartTable made;
        made.columns = {QStringLiteral("a, b"), QStringLiteral("c")};
        made.rows = {{QStringLiteral("say \"x\""), 1.0 / 3},
            {QStringLiteral("two\nlines"), unknown},
            {QStringLiteral("plain"), qlonglong(12345678)}};
        ChartTableModel model;
        model.setTable(made);
        const auto lines = QString::fromStdString(model.csv());
        QCOMPARE(lines,
            QStringLiteral("\"a, b\",c\n\"say \"\"x\"\"\",0.3333333333333333\n\"two\nlines\",\n"
                           "plain,12345678\n"));
        QCOMPARE(QStringLiteral("0.3333333333333333").toDouble(), 1.0 / 3);
    }

    void sortsByValue()
    {
        ChartTableModel model;
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.setSortRole(ChartTableModel::SortRole);
        const QAbstractItemModelTester tester(
            &sorted, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTable(table(12));
        sorted.sort(1, Qt::DescendingOrder);
        // As text 2,000 would come after 11,000.
        QCOMPARE(sorted.index(0, 0).data().toString(), QStringLiteral("run 11"));
        QCOMPARE(sorted.index(11, 0).data().toString(), QStringLiteral("run 0"));
        model.setTable(table(13));
        QCOMPARE(sorted.index(0, 0).data().toString(), QStringLiteral("run 12"));
    }
};

QTEST_MAIN(TestChartTableModel)
#include "tst_chart_table_model.moc"
