// SPDX-License-Identifier: GPL-3.0-or-later
// The report: well formed, alone, escaped, the same every time, and saying what the run says.
#include "core/experiment/verdict.h"
#include "core/report/html_text.h"
#include "core/report/report_html.h"
#include "core/report/run_pictures.h"
#include "core/support/error.h"
#include "tests/core/report/made_record.h"

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

const std::string svg =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"a\"><path d=\"M0 0\"/></svg>";

/// The report is written so that it is XML as well, which a strict reader can judge.
struct Page {
    explicit Page(const std::string& html)
        : all(QString::fromUtf8(html.c_str()))
    {
        QXmlStreamReader reader(QByteArray::fromStdString(html));
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement()) {
                const auto name = reader.name().toString();
                names.push_back(name);
                for (const auto& attribute : reader.attributes()) {
                    const auto key = attribute.name().toString();
                    if (key == QStringLiteral("src") || key == QStringLiteral("srcset")
                        || key == QStringLiteral("href"))
                        links.push_back(attribute.value().toString());
                    if (key == QStringLiteral("id"))
                        ids.push_back(attribute.value().toString());
                    if (key == QStringLiteral("alt"))
                        texts += attribute.value().toString() + QLatin1Char('\n');
                    scripted = scripted || key.startsWith(QStringLiteral("on"));
                }
                inStyle = name == QStringLiteral("style");
            } else if (reader.isCharacters()) {
                (inStyle ? css : texts) += reader.text().toString();
            } else if (reader.isEndElement()) {
                inStyle = false;
            }
        }
        error = reader.hasError() ? reader.errorString() : QString();
    }

    bool says(const char* text) const { return texts.contains(QString::fromUtf8(text)); }
    qsizetype count(const char* element) const { return names.count(QString::fromLatin1(element)); }

    QString all;
    QString texts;
    QString css;
    QString error;
    QStringList names;
    QStringList links;
    QStringList ids;
    bool scripted = false;

private:
    bool inStyle = false;
};

ReportParts someParts(const Dataset& dataset, const RunRecord& record)
{
    ReportParts parts;
    Table table{{"Repeat", "Lift <points>"}, {}};
    addRow(table, 1, 12.5);
    parts.charts = {{"First & best", "It rose by <12> points.", svg, svg, table},
        {"Second", "It fell.", svg, {}, {}}};
    parts.thumbnails = runPictures(record, dataset).thumbnails;
    parts.notes = {"A note on <nothing>."};
    return parts;
}

} // namespace

class ReportHtmlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wellFormedAndAlone_data()
    {
        QTest::addColumn<std::string>("html");
        const auto dataset = madeData();
        const auto record = madeRecord(dataset);
        QTest::newRow("repeats") << htmlReport(record, someParts(dataset, record));
        QTest::newRow("no parts") << htmlReport(record);
        QTest::newRow("early exit") << htmlReport(madeRecord(dataset, false));
        QTest::newRow("unfinished") << htmlReport(madeRecord(dataset, true, 9));
        QTest::newRow("evaluation") << htmlReport(madeEvaluation());
        QTest::newRow("training") << htmlReport(madeTraining());
        RepeatsOutcome nothing;
        nothing.stopped = true;
        QTest::newRow("nothing done") << htmlReport(recordOf(repeatDocument({}, dataset, nothing)));
    }

    void wellFormedAndAlone()
    {
        QFETCH(std::string, html);
        const Page page(html);
        QCOMPARE(page.error, QString());
        QVERIFY(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
        for (const auto& link : page.links)
            QVERIFY2(link.startsWith(QStringLiteral("data:image/")), qPrintable(link.left(80)));
        QVERIFY(!page.css.contains(QStringLiteral("url(")));
        QVERIFY(!page.css.contains(QStringLiteral("@import")));
        QCOMPARE(page.count("script"), 0);
        QVERIFY(!page.scripted);
        QCOMPARE(QSet<QString>(page.ids.begin(), page.ids.end()).size(), page.ids.size());
        QCOMPARE(page.count("h1"), 1);
        QCOMPARE(page.count("title"), 1);
        QVERIFY(page.css.contains(QStringLiteral("prefers-color-scheme: dark")));
        QVERIFY(page.css.contains(QStringLiteral("@media print")));
        QVERIFY(!page.says("nan") && !page.says("inf "));
    }

    void saysWhatTheRunSays()
    {
        const auto dataset = madeData();
        auto record = madeRecord(dataset);
        record.info.id = 12;
        record.info.name = "flips";
        record.info.note = "for the paper";
        record.info.tags = {"cifar", "paper"};
        record.info.started = "2024-05-01T12:34:56Z";
        const Page page(htmlReport(record, someParts(dataset, record)));
        QCOMPARE(page.error, QString());
        QVERIFY(page.says(verdict(record.repeats).c_str()));
        QVERIFY(page.says(caution(3).c_str())); // three repeats say little
        for (const char* text :
            {"flips", "for the paper", "cifar, paper", "2024-05-01 12:34:56 UTC", "pets", "3.00×",
                "83.33 %", "87.50 %", "+4.17 points", "It rose by <12> points.",
                "A note on <nothing>.", "Settings as JSON", "\"horizontal_flip\": true"})
            QVERIFY2(page.says(text), text);
        for (const auto& repeat : record.repeats)
            QVERIFY(page.says(std::to_string(repeat.seed).c_str()));
        QVERIFY(page.says(record.document.at("data").at("fingerprint").get<std::string>().c_str()));
        // The ledger: image 1 in three of three, image 2 once, and the other way twice.
        QVERIFY(page.says("3 of 3") && page.says("1 of 3") && page.says("2 of 3"));
        QCOMPARE(page.count("img"), 2 + 4); // two charts, four lines of the ledger
        QCOMPARE(page.count("source"), 1);
        QVERIFY(page.links.contains(
            QString::fromStdString(dataUri("image/png", thumbnailPng(dataset.test->image(5))))));
        QVERIFY(page.links.contains(QStringLiteral("data:image/svg+xml;base64,")
            + QString::fromLatin1(QByteArray::fromStdString(svg).toBase64())));
        // Without the pictures the lines stay.
        const Page bare(htmlReport(record));
        QCOMPARE(bare.count("img"), 0);
        QVERIFY(bare.says("3 of 3") && bare.says("dog"));
    }

    void otherKinds()
    {
        const Page evaluation(htmlReport(madeEvaluation()));
        QVERIFY(evaluation.says("McNemar") && evaluation.says("model.safetensors"));
        QVERIFY(evaluation.says("Number of copies"));
        QVERIFY(!evaluation.says("Every repeat"));
        const Page training(htmlReport(madeTraining()));
        QVERIFY(training.says("Every epoch") && training.says("62.50 %"));
        const Page early(htmlReport(madeRecord(madeData(), false)));
        QVERIFY(early.says("is not known"));
        const Page unfinished(htmlReport(madeRecord(madeData(), true, 9)));
        QVERIFY(unfinished.says("3 of 9 repeats are finished"));
    }

    void everyTextIsEscaped()
    {
        const std::string evil =
            "</title></h1><script>alert('x')</script> & \"<img src=x onerror=1>";
        auto dataset = madeData({evil + "0", evil + "1"});
        dataset.name = evil;
        dataset.notes = {evil};
        auto record = madeRecord(dataset);
        record.info.name = record.info.note = evil;
        record.info.tags = {evil};
        record.document["settings"]["data"] = evil;
        record.document["versions"]["os"] = evil;
        auto parts = someParts(dataset, record);
        parts.charts[0].title = parts.charts[0].summary = evil;
        parts.charts[0].table.columns[0] = evil;
        parts.notes = {evil};
        const auto html = htmlReport(record, parts);
        const Page page(html);
        QCOMPARE(page.error, QString());
        QCOMPARE(page.count("script"), 0);
        QCOMPARE(page.count("img"), 6);
        QCOMPARE(html.find("<script"), std::string::npos);
        QVERIFY(page.texts.count(QString::fromStdString(evil)) >= 10);
    }

    void bytesThatAreNoText()
    {
        QCOMPARE(htmlEscaped("a\xff\x62"), std::string("a\xef\xbf\xbd\x62"));
        QCOMPARE(
            htmlEscaped("\xc0\xaf"), std::string("\xef\xbf\xbd\xef\xbf\xbd")); // too long a "/"
        QCOMPARE(htmlEscaped("\xed\xa0\x80"), std::string("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
        QCOMPARE(htmlEscaped("\xf4\x90\x80\x80").size(), std::size_t(12)); // beyond U+10FFFF
        QCOMPARE(htmlEscaped("caf\xc3\xa9 \xe2\x88\x92 \xf0\x9f\x90\x88"),
            std::string("caf\xc3\xa9 \xe2\x88\x92 \xf0\x9f\x90\x88"));
        QCOMPARE(htmlEscaped("caf\xc3"), std::string("caf\xef\xbf\xbd")); // cut off
        QCOMPARE(htmlEscaped(std::string("\0\x1b\x7f\xc2\x85", 5)),
            std::string("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
        QCOMPARE(htmlEscaped("\xef\xbf\xbf"), std::string("\xef\xbf\xbd")); // U+FFFF
        QCOMPARE(htmlEscaped("a\tb\nc"), std::string("a\tb\nc"));
        auto record = madeRecord();
        record.info.note = "\xff\xfe\x01 cut \xe2\x88";
        const auto html = htmlReport(record);
        QCOMPARE(Page(html).error, QString());
        QVERIFY(QByteArray::fromStdString(html)
            == QString::fromUtf8(html.c_str()).toUtf8()); // all of it is UTF-8
    }

    void base64AgainstQts()
    {
        for (int n = 0; n < 70; ++n) {
            std::string bytes;
            for (int i = 0; i < n; ++i)
                bytes += static_cast<char>(i * 73 + n);
            QCOMPARE(QByteArray::fromStdString(dataUri("a/b", bytes)),
                QByteArray("data:a/b;base64,") + QByteArray::fromStdString(bytes).toBase64());
        }
    }

    void theSameEveryTime()
    {
        const auto dataset = madeData();
        const auto one = madeRecord(dataset);
        const auto again = madeRecord(dataset);
        auto other = again;
        other.info.note = "another";
        // What a program measured of itself is in the document.
        auto same = again;
        same.document["run"] = one.document["run"];
        QCOMPARE(
            htmlReport(one, someParts(dataset, one)), htmlReport(same, someParts(dataset, same)));
        QVERIFY(htmlReport(other) != htmlReport(one));
    }

    void longTablesAndLedgersAreCut()
    {
        auto record = madeRecord();
        auto details = *record.repeats[0].details;
        details.changed.clear();
        for (std::uint32_t i = 0; i < 90; ++i)
            details.changed.push_back({i, 1, 0, 1});
        record.repeats[0].details = std::make_shared<const RepeatDetails>(details);
        QCOMPARE(reportImages(record).size(), std::size_t(24)); // image 2 is in both lists
        const Page page(htmlReport(record));
        QVERIFY(page.says("90 different images") && page.says("these 24 the most often"));
        ReportParts parts;
        parts.charts = {{"Long", "Many rows.", svg, {}, {{"n"}, {}}}};
        for (int i = 0; i < 1000; ++i)
            addRow(parts.charts[0].table, i);
        QVERIFY(Page(htmlReport(record, parts)).says("The first 400 of 1000 rows."));
    }

    void damagedDocumentsAreErrors()
    {
        auto noSettings = madeRecord();
        noSettings.document.erase("settings");
        QVERIFY_EXCEPTION_THROWN(htmlReport(noSettings), Error);
        auto counts = madeEvaluation();
        counts.document["fixed"] = "many";
        QVERIFY_EXCEPTION_THROWN(htmlReport(counts), Error);
        auto epochs = madeTraining();
        epochs.document["history"] = {{{"epoch", 1}}};
        QVERIFY_EXCEPTION_THROWN(htmlReport(epochs), Error);
        QVERIFY_EXCEPTION_THROWN(recordOf({{"settings", nullptr}}), Error);
        QVERIFY_EXCEPTION_THROWN(recordOf(nullptr), Error);
    }
};

QTEST_GUILESS_MAIN(ReportHtmlTest)
#include "tst_report_html.moc"
