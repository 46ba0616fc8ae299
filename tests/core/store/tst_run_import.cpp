// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from a file is looked at before it is kept: a run that cannot be shown is refused.
#include "core/experiment/repeat_details.h"
#include "tests/core/store/made_runs.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace augury;
using namespace augury::testing;
using nlohmann::json;

namespace {

/// Of 10 images of 2 classes.
RepeatDetails madeDetails(int classes = 2, int points = 2)
{
    RepeatDetails details{Scorecard(classes), Scorecard(classes), {}, {}};
    for (auto* card : {&details.baseline, &details.tta}) {
        card->images = 10;
        card->correct = 7;
        card->support[0] = 10;
        card->hits[0] = 7;
        card->bins[3] = {10, 7, 4.5};
    }
    details.curve.images = 10;
    for (int n = 1; n <= points; ++n)
        details.curve.points.push_back({n, 7, 0, 0, 20, 1});
    details.changed = {{4, 0, 0, 1}};
    return details;
}

json wholeDocument()
{
    auto document = madeDocument({0, 1});
    std::vector<RepeatResult> repeats;
    for (const int index : {0, 1}) {
        repeats.push_back(madeRepeat(index));
        repeats.back().details = std::make_shared<const RepeatDetails>(madeDetails());
    }
    setRepeats(document, repeats);
    return document;
}

json asJson(const RepeatDetails& details)
{
    return toJson(details);
}

} // namespace

class TestRunImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<RunStore>(
            RunStore::open(m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString()));
    }

    void aWholeRunIsTaken()
    {
        QCOMPARE(errorOf([&] { m_store->importRun(wholeDocument(), "f"); }), std::string());
        QVERIFY(m_store->get(1).repeats[1].details);
    }

    void figuresThatCannotBe_data()
    {
        QTest::addColumn<std::function<void(json&)>>("spoil");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* name, const char* word, std::function<void(json&)> spoil) {
            QTest::newRow(name) << std::move(spoil) << QString::fromLatin1(word);
        };
        const auto repeat = [&](const char* name, const char* pointer, json value,
                                const char* word = "") {
            row(name, word, [pointer, value](json& document) {
                document["repeats"][0][json::json_pointer(pointer)] = value;
            });
        };
        repeat("seed below zero", "/seed", -3, "seed");
        repeat("seed with a fraction", "/seed", 1.5, "seed");
        repeat("index beyond the settings", "/index", 4, "repeat 5");
        repeat("index below zero", "/index", -1, "repeat 0");
        repeat("images below zero", "/images", -1, "counts");
        repeat("far too many images", "/images", std::int64_t(1) << 60, "counts");
        repeat("more right than there are", "/baseline/correct", 1001, "counts");
        repeat("right below zero", "/tta/correct", -1, "counts");
        repeat("fixed below zero", "/fixed", -1, "counts");
        repeat("more fixed and broken than there are", "/broken", 990, "counts");
        repeat("passes below zero", "/forward_passes", -1, "counts");
        repeat("images of a card below zero", "/details/tta/counts/images", -10);
        repeat("support below zero", "/details/tta/counts/support/1", -1);
        repeat("hits below zero", "/details/baseline/counts/hits/1", -1);
        repeat("more hits than support", "/details/baseline/counts/hits/1", 1);
        repeat("a bin below zero", "/details/baseline/counts/bins/0/0", -1);
        repeat("a curve below zero", "/details/curve/points/0/fixed", -1);
        repeat("a curve out of order", "/details/curve/points/0/copies", 2);
        repeat("image below zero", "/details/changed/0/0", -1, "number");
        repeat("another number of copies", "/details", asJson(madeDetails(2, 3)), "fit");
        repeat("another number of classes", "/details", asJson(madeDetails(3)), "classes");
        row("classes of the data that are others", "classes", [](json& document) {
            document["data"]["classes"] = {"a", "b", "c"};
        });
        row("classes that are no names", "names", [](json& document) {
            document["data"]["classes"] = {1, 2};
        });
        row("classes that are no list", "names",
            [](json& document) { document["data"]["classes"] = "two"; });
    }

    void figuresThatCannotBe()
    {
        QFETCH(const std::function<void(json&)>, spoil);
        QFETCH(const QString, word);
        auto document = wholeDocument();
        spoil(document);
        const auto message = errorOf([&] { m_store->importRun(document, "the-file.json"); });
        QVERIFY2(contains(message, "the-file.json") && contains(message, word.toStdString()),
            message.c_str());
        QVERIFY(m_store->list().empty());
    }

    void evaluationsAndFitsAsWell()
    {
        json evaluation = toJson(madeRepeat(0));
        evaluation["settings"] = madeDocument({}).at("settings");
        QVERIFY(errorOf([&] { m_store->importRun(evaluation, "e.json"); }).empty());
        evaluation["fixed"] = -1;
        QVERIFY(contains(errorOf([&] { m_store->importRun(evaluation, "e.json"); }), "e.json"));
        json fit = {{"settings", evaluation["settings"]}, {"history", {"an epoch"}}};
        QVERIFY(contains(errorOf([&] { m_store->importRun(fit, "t.json"); }), "t.json"));
        fit["history"] = toJson(madeRepeat(0)).at("history");
        QCOMPARE(errorOf([&] { m_store->importRun(fit, "t.json"); }), std::string());
    }

    void impossibleDatesAreDropped()
    {
        const auto startOf = [&](const char* started, const char* finished) {
            auto document = wholeDocument();
            document["run"].update({{"started", started}, {"finished", finished}});
            return m_store->get(m_store->importRun(document, "f")).info.started;
        };
        const char* end = "2024-05-01T12:00:00Z";
        QCOMPARE(startOf("2024-02-29T23:59:59Z", end), std::string("2024-02-29T23:59:59Z"));
        for (const char* wrong : {"2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z",
                 "2024-00-01T00:00:00Z", "2024-01-32T00:00:00Z", "2024-01-01T24:00:00Z",
                 "2024-01-01T00:60:00Z", "0000-01-01T00:00:00Z", "2024-05-01T12:00:01Z"})
            QCOMPARE(startOf(wrong, end), std::string(end));
        QVERIFY(startOf("2024-02-29T23:59:59Z", "9999-99-99T99:99:99Z") < "2024-03");
    }

    /// On import and by hand; characters are never cut in two.
    void longTextsAreCut()
    {
        std::string umlauts;
        for (int i = 0; i < 20'000; ++i)
            umlauts += "ü";
        std::vector<std::string> tags;
        for (int i = 0; i < 80; ++i)
            tags.push_back(std::to_string(100 + i) + umlauts);
        auto document = wholeDocument();
        document["run"].update({{"name", umlauts}, {"note", umlauts}, {"tags", tags}});
        const auto imported = m_store->importRun(document, "f");
        const auto own = m_store->add(wholeDocument(), "repeat");
        m_store->rename(own, umlauts);
        m_store->setNote(own, umlauts);
        m_store->setTags(own, tags);
        for (const auto id : {imported, own}) {
            const auto info = m_store->get(id).info;
            QCOMPARE(info.name, umlauts.substr(0, 2 * 200));
            QCOMPARE(info.note, umlauts.substr(0, 2 * 10'000));
            QCOMPARE(info.tags.size(), std::size_t(50));
            QCOMPARE(info.tags[0], "100" + umlauts.substr(0, 2 * 57));
        }
        m_store->rename(own, std::string(199, 'n') + " and more");
        QCOMPARE(m_store->get(own).info.name, std::string(199, 'n')); // no space at its end
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RunStore> m_store;
};

QTEST_GUILESS_MAIN(TestRunImport)
#include "tst_run_import.moc"
