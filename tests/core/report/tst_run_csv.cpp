// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of a run, against what was put into it.
#include "core/report/run_csv.h"
#include "core/report/table.h"
#include "core/support/error.h"
#include "tests/core/report/made_record.h"

#include <QtTest>

#include <limits>

using namespace augury;
using namespace augury::testing;

namespace {

QStringList lines(const std::string& csv)
{
    auto all = QString::fromStdString(csv).split(QLatin1Char('\n'));
    if (all.takeLast().isEmpty())
        return all;
    return {QStringLiteral("no line feed at the end")};
}

QString line(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

class RunCsvTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells()
    {
        Table table{{"name", "n", "x"}, {}};
        addRow(table, "a,\"b\"", 3, 0.1);
        addRow(table, std::string("line\nfeed"), std::uint32_t(4'000'000'000), -1e-9);
        addRow(table, "", std::int64_t(-5), std::numeric_limits<double>::quiet_NaN());
        QCOMPARE(csvOf(table),
            std::string(
                "name,n,x\n\"a,\"\"b\"\"\",3,0.1\n\"line\nfeed\",4000000000,-1e-09\n,-5,\n"));
        const auto html = QString::fromStdString(htmlOf(table, "a < b"));
        QVERIFY(html.contains(QStringLiteral("<caption>a &lt; b</caption>")));
        QVERIFY(html.contains(QStringLiteral("<td class=\"n\">−1e-09</td>")));
        QVERIFY(html.contains(QStringLiteral("<td class=\"n\">–</td>"))); // not a number
        QVERIFY(html.contains(QStringLiteral("a,&quot;b&quot;")));
        Table plain{{"x"}, {}};
        addRow(plain, -0.001);
        addRow(plain, 2.5);
        QVERIFY(QString::fromStdString(htmlOf(plain)).contains(QStringLiteral("−0.001")));
        Table rounded{{"x"}, {}};
        addRow(rounded, 68.666);
        addRow(rounded, 7.0);
        const auto shown = QString::fromStdString(htmlOf(rounded));
        QVERIFY(
            shown.contains(QStringLiteral(">68.67<")) && shown.contains(QStringLiteral(">7.00<")));
    }

    void numbersThatWouldLookTheSame()
    {
        Table table{{"loss"}, {}};
        addRow(table, 2.3112);
        addRow(table, 2.30996);
        const auto html = QString::fromStdString(htmlOf(table));
        QVERIFY(html.contains(QStringLiteral(">2.3112<")));
        QVERIFY(html.contains(QStringLiteral(">2.3100<")));
    }

    void everyTableOfARun()
    {
        const auto record = madeRecord();
        QCOMPARE(runCsv(record, RunTable::Repeats), repeatCsv(record.repeats));

        // By hand: cats are right but for the one of the third repeat; dogs but for image 1.
        QCOMPARE(lines(runCsv(record, RunTable::Classes)),
            QStringList({line("class,name,images,baseline_correct,tta_correct,baseline_accuracy,"
                              "tta_accuracy,lift"),
                line("0,cat,12,11,10,0.9166666666666666,0.8333333333333334,-0.08333333333333333"),
                line("1,dog,12,9,11,0.75,0.9166666666666666,0.16666666666666666")}));
        QCOMPARE(lines(runCsv(record, RunTable::Confusion)),
            QStringList(
                {line("label,label_name,predicted,predicted_name,baseline_images,tta_images"),
                    line("0,cat,0,cat,11,10"), line("0,cat,1,dog,1,2"), line("1,dog,0,cat,3,1"),
                    line("1,dog,1,dog,9,11")}));
        QCOMPARE(lines(runCsv(record, RunTable::Changed)),
            QStringList({line("repeat,image,label,label_name,baseline,baseline_name,merged,"
                              "merged_name,outcome"),
                line("1,1,1,dog,0,cat,1,dog,fixed"), line("1,2,0,cat,0,cat,1,dog,broken"),
                line("1,5,1,dog,1,dog,0,cat,broken"), line("2,1,1,dog,0,cat,1,dog,fixed"),
                line("2,2,0,cat,0,cat,1,dog,broken"), line("3,1,1,dog,0,cat,1,dog,fixed"),
                line("3,2,0,cat,1,dog,0,cat,fixed")}));
        QCOMPARE(lines(runCsv(record, RunTable::Often)),
            QStringList({line("outcome,image,label,label_name,baseline,baseline_name,merged,"
                              "merged_name,repeats,opposite_repeats"),
                line("fixed,1,1,dog,0,cat,1,dog,3,0"), line("fixed,2,0,cat,1,dog,0,cat,1,2"),
                line("broken,2,0,cat,0,cat,1,dog,2,1"), line("broken,5,1,dog,1,dog,0,cat,1,0")}));
        const auto curve = lines(runCsv(record, RunTable::Curve));
        QCOMPARE(curve.size(), 4);
        QVERIFY(curve[1].startsWith(QStringLiteral("0,0.8333333333333334,0.5,")));
        QVERIFY(curve[3].startsWith(QStringLiteral("2,0.875,0.375,0.041666666666666664,4,3,")));
        QCOMPARE(lines(runCsv(record, RunTable::Epochs)).at(3), line("3,1,0.75,0.5,,,2"));
    }

    void namesThatCsvMustQuote()
    {
        const auto csv =
            runCsv(madeRecord(madeData({"cat, small", "\"dog\""})), RunTable::Confusion);
        QCOMPARE(lines(csv).at(2), line("0,\"cat, small\",1,\"\"\"dog\"\"\",1,2"));
    }

    void ofAnEvaluationAndATraining()
    {
        const auto evaluation = madeEvaluation();
        QCOMPARE(lines(runCsv(evaluation, RunTable::Repeats)).size(), 2);
        QCOMPARE(lines(runCsv(evaluation, RunTable::Confusion)).at(1), line("0,cat,0,cat,4,3"));
        // The document holds means; the counts come out of them again.
        QCOMPARE(runCsv(evaluation, RunTable::Curve), curveCsv(madeRepeats()[0].details->curve));
        QVERIFY(!has(evaluation, RunTable::Changed));
        const auto training = madeTraining();
        QCOMPARE(lines(runCsv(training, RunTable::Epochs)).at(2), line("1,2,0.5,0.75,0.6,0.625,1"));
        for (const auto table : {RunTable::Repeats, RunTable::Curve, RunTable::Often})
            QVERIFY(!has(training, table));
    }

    void whatARunDoesNotHave()
    {
        const auto early = madeRecord(madeData(), false);
        QVERIFY(has(early, RunTable::Repeats) && has(early, RunTable::Epochs));
        for (const auto table : {RunTable::Curve, RunTable::Classes, RunTable::Confusion,
                 RunTable::Changed, RunTable::Often}) {
            QVERIFY(!has(early, table));
            QVERIFY_EXCEPTION_THROWN(runCsv(early, table), Error);
        }
        for (const auto table : {RunTable::Repeats, RunTable::Often, RunTable::Epochs})
            QCOMPARE(runTableFromString(toString(table)), table);
        QVERIFY_EXCEPTION_THROWN(runTableFromString("tables"), Error);
    }
};

QTEST_GUILESS_MAIN(RunCsvTest)
#include "tst_run_csv.moc"
