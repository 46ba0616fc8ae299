// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/base64.h"
#include "tests/core/tune/made_search.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace augury;
using namespace augury::testing;
using nlohmann::json;

namespace {

/// As a file would hold it.
json written(const json& document)
{
    return json::parse(documentText(document));
}

bool sameComparison(const Comparison& a, const Comparison& b)
{
    return a.images == b.images && a.baselineCorrect == b.baselineCorrect
        && a.ttaCorrect == b.ttaCorrect && a.fixed == b.fixed && a.broken == b.broken
        && a.forwardPasses == b.forwardPasses && a.passesSaved == b.passesSaved
        && a.variants == b.variants;
}

bool sameTrial(const Trial& a, const Trial& b)
{
    return a.index == b.index && a.place == b.place && a.configuration == b.configuration
        && a.state == b.state && sameComparison(a.comparison, b.comparison)
        && a.nll.sum == b.nll.sum && a.nll.squares == b.nll.squares
        && a.baselineNll.sum == b.baselineNll.sum && a.baselineNll.squares == b.baselineNll.squares
        && a.right == b.right && a.seconds == b.seconds && a.logLikelihood == b.logLikelihood
        && a.temperature == b.temperature && a.heldOutNll == b.heldOutNll
        && a.preferred == b.preferred;
}

} // namespace

class TestTuneJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void specsComeBack_data()
    {
        QTest::addColumn<int>("method");
        for (int i = 0; i < tuneMethods; ++i)
            QTest::newRow(toString(static_cast<TuneMethod>(i))) << i;
    }

    void specsComeBack()
    {
        QFETCH(int, method);
        auto spec = defaultSpec(static_cast<TuneMethod>(method));
        spec.images = 321;
        spec.seed = (std::uint64_t(1) << 53) - 1;
        spec.vote.temperature = 1.0 / 3;
        switch (spec.method) {
        case TuneMethod::Copies:
            spec.policies = {findPreset("d4")->policy, tutorialPolicy()};
            spec.copies = 13;
            spec.vote.rule = VoteRule::SharpenedMean;
            break;
        case TuneMethod::Sweep:
            spec.policies = {AugmentPolicy{}};
            spec.fields = {{"rotation_range", {0, 1.0 / 3, 45}}, {"noise_std", {0, 2}}};
            spec.copyCounts = {1, 2, 20};
            spec.rules = {VoteRule::Majority, VoteRule::GeometricMean};
            spec.originals = {{true, 0}, {false, 0.25}};
            spec.halving = false;
            spec.halvingStart = 77;
            break;
        case TuneMethod::Greedy:
            spec.pool.blur = true;
            spec.pool.flips = false;
            spec.pool.random = 9;
            spec.pool.policy.rotationRange = 12;
            spec.steps = 4;
            spec.vote = {}; // it has none
            break;
        case TuneMethod::Weights:
            spec.policies = {findPreset("ten_crop")->policy};
            spec.copies = 0;
            spec.vote.includeOriginal = true;
            break;
        case TuneMethod::Sensitivity:
            spec.policies = {AugmentPolicy{}};
            spec.swept = {"shift_range", {0, 0.1, 0.2}};
            spec.copies = 3;
            break;
        }
        QCOMPARE(spec.validate().size(), std::size_t(0));
        QVERIFY(specFromJson(written(toJson(spec)), "it") == spec);
    }

    void whatIsMissingInASpecHasItsDefault()
    {
        auto spec = defaultSpec(TuneMethod::Sweep);
        QVERIFY(specFromJson({{"method", "sweep"}}, "it") == spec);
        spec.policies = {findPreset("d4")->policy};
        QVERIFY(specFromJson({{"method", "sweep"}, {"policies", {"d4"}}}, "it") == spec);
    }

    void everythingWrongWithASpecIsSaidAtOnce()
    {
        const auto message = errorOf([] {
            specFromJson({{"method", "sweep"}, {"polices", json::array()}, {"halving_start", "x"},
                             {"copy_counts", {3, 2000}}, {"rules", {"mean", "loudest"}}},
                "mine.json");
        });
        for (const char* part : {"mine.json", "polices", "policies", "halving_start",
                 "copy_counts[2]", "1000", "rules[2]", "loudest"})
            QVERIFY2(contains(message, part), message.c_str());
        QVERIFY(contains(errorOf([] {
            specFromJson({{"method", "magic"}}, "it");
        }),
            "sensitivity"));
        QVERIFY(contains(errorOf([] { specFromJson(json::array(), "it"); }), "object"));
        QVERIFY(!errorOf([] {
            specFromJson({{"method", "copies"}, {"copies", 0}}, "it");
        }).empty());
    }

    void configurationsComeBack()
    {
        Configuration configuration;
        configuration.policy.views = ViewSets{};
        Transform turned;
        turned.rotation = 1.0 / 3;
        configuration.policy.views->list = {turned, Transform{}, turned};
        configuration.copies = 3;
        configuration.vote.rule = VoteRule::LearnedPerClass;
        configuration.vote.weights = {0.1, 1.0 / 3, 0.2, 0.4, 0, 1};
        QVERIFY(configurationFromJson(written(toJson(configuration)), "it") == configuration);
        auto row = toJson(configuration);
        row["copies"] = 4; // of three views
        QVERIFY(contains(errorOf([&] { configurationFromJson(row, "here"); }), "here"));
        row = toJson(configuration);
        row["vote"]["weights"] = {1, 2, 3, 4};
        QVERIFY(contains(errorOf([&] { configurationFromJson(row, "here"); }), "weights"));
    }

    void trialsComeBackToTheBit()
    {
        auto trial = madeTrial(5, Trial::State::Dropped);
        trial.logLikelihood = -1.0 / 3;
        trial.temperature = 0.1 + 0.2;
        trial.heldOutNll = std::nextafter(1.0, 2.0);
        trial.preferred = true;
        QVERIFY(sameTrial(trialFromJson(written(toJson(trial)), "it"), trial));
        const auto waiting = plannedTrials(madeSpec()).front();
        QVERIFY(sameTrial(trialFromJson(written(toJson(waiting)), "it"), waiting));
        trial.nll.sum = std::numeric_limits<double>::quiet_NaN();
        // Trials are sorted by it.
        QVERIFY_EXCEPTION_THROWN(trialFromJson(written(toJson(trial)), "it"), Error);
    }

    void rightIsBase64OfItsBytesLowByteFirst()
    {
        auto trial = madeTrial(0);
        trial.right = {0x0807060504030201U, 0, 0};
        trial.comparison.ttaCorrect = 13; // bits of 1…8
        trial.comparison.fixed = 0;
        trial.comparison.broken = 72;
        const auto text = toJson(trial).at("right").get<std::string>();
        QCOMPARE(text, std::string("AQIDBAUGBwgAAAAAAAAAAAAAAAAAAAAA"));
    }

    void damagedTrialsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("an index below 0") << QByteArray("/index") << QByteArray("-1");
        QTest::newRow("half an index") << QByteArray("/index") << QByteArray("0.5");
        QTest::newRow("a place below 0") << QByteArray("/place/0") << QByteArray("-1");
        QTest::newRow("an unknown state") << QByteArray("/state") << QByteArray("\"lost\"");
        QTest::newRow("more right than images") << QByteArray("/tta/correct") << QByteArray("131");
        QTest::newRow("other bits") << QByteArray("/tta/correct") << QByteArray("91");
        QTest::newRow("too few bits") << QByteArray("/right") << QByteArray("\"AQID\"");
        QTest::newRow("no base64") << QByteArray("/right") << QByteArray("\"?QIDBAUGBwg=\"");
        QTest::newRow("no number") << QByteArray("/nll/sum") << QByteArray("\"3\"");
        QTest::newRow("no policy") << QByteArray("/configuration/policy") << QByteArray("7");
        QTest::newRow("a negative count") << QByteArray("/fixed") << QByteArray("-3");
    }

    void damagedTrialsAreRefused()
    {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        auto row = toJson(madeTrial(5));
        trialFromJson(row, "it");
        row[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        const auto message = errorOf([&] { trialFromJson(row, "trial 6"); });
        QVERIFY2(message.starts_with("trial 6 is no trial"), message.c_str());
    }

    void bitsBeyondTheImagesAreRefused()
    {
        auto trial = madeTrial(5);
        trial.right[0] &= ~std::uint64_t(1);
        trial.right[2] |= std::uint64_t(1) << 2; // the 131st
        QVERIFY(!errorOf([&] { trialFromJson(toJson(trial), "it"); }).empty());
    }

    void confirmationsComeBack()
    {
        auto confirmation = madeConfirmation();
        auto back = confirmationFromJson(written(toJson(confirmation)), "it");
        QVERIFY(back.configuration == confirmation.configuration);
        QVERIFY(sameComparison(back.test, confirmation.test));
        QVERIFY(back.search && sameComparison(*back.search, *confirmation.search));
        QCOMPARE(back.nll.sum, confirmation.nll.sum);
        QCOMPARE(back.baselineNll.squares, confirmation.baselineNll.squares);
        QCOMPARE(back.seconds, confirmation.seconds);
        QCOMPARE(back.seed, confirmation.seed);
        QCOMPARE(back.tried, confirmation.tried);
        confirmation.search.reset();
        QVERIFY(!confirmationFromJson(written(toJson(confirmation)), "it").search);
        auto row = toJson(confirmation);
        row["test"]["fixed"] = 5000;
        QVERIFY(contains(errorOf([&] { confirmationFromJson(row, "here"); }), "here"));
    }

    void documentsComeBack()
    {
        const auto document = written(madeSearch({0, 1, 5, 7}));
        QVERIFY(specFromDocument(document, "it") == madeSpec());
        const auto outcome = outcomeFromDocument(document, "it");
        QCOMPARE(outcome.trials.size(), std::size_t(4));
        QVERIFY(sameTrial(outcome.trials[3], madeTrial(7)));
        QCOMPARE(outcome.tried, std::int64_t(4));
        QCOMPARE(outcome.passes, std::int64_t(1234));
        QCOMPARE(outcome.seconds, 2.5);
        QVERIFY(outcome.stopped);
        QCOMPARE(document.at("best").get<int>(), 7); // 94 right, the most
        QCOMPARE(document.at("configurations").get<int>(), madePlanned);
        QCOMPARE(document.at("search").at("images").get<int>(), 10);
        QCOMPARE(document.at("search").at("validation_images").get<int>(), 10);
        QVERIFY(madeSearch({}).at("best").is_null() && madeSearch({}).at("verdict").is_null());
    }

    void documentsOfAnotherPlanAreRefused()
    {
        const auto refused = [](const auto& change) {
            auto document = madeSearch({0, 1});
            change(document);
            return errorOf([&] { outcomeFromDocument(document, "the file"); });
        };
        const auto twice = refused([](json& d) { d["trials"][1]["index"] = 0; });
        QVERIFY2(contains(twice, "twice") && contains(twice, "the file"), twice.c_str());
        QVERIFY(contains(refused([](json& d) { d["trials"][1]["index"] = 8; }), "planned"));
        QVERIFY(contains(refused([](json& d) { d["trials"][1]["place"][0] = 2; }), "outside"));
        QVERIFY(contains(refused([](json& d) { d["trials"][1]["place"].erase(0); }), "outside"));
        QVERIFY(contains(refused([](json& d) { d["tried"] = -1; }), "tried"));
        QVERIFY(!refused([](json& d) { d.erase("passes"); }).empty());
        QVERIFY(contains(refused([](json& d) { d.erase("tune"); }), "tune"));
    }

    void csvHasALineATrial()
    {
        auto trials = madeTrials({0, 7});
        trials.push_back(plannedTrials(madeSpec()).at(3)); // not begun
        const auto text = QString::fromStdString(trialsCsv(madeSpec(), trials));
        const auto lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        const auto header = lines[0].split(QLatin1Char(','));
        const auto cells = lines[2].split(QLatin1Char(','));
        QCOMPARE(header.size(), cells.size());
        const auto cell = [&](const char* name) {
            return cells.at(header.indexOf(QString::fromLatin1(name)));
        };
        QCOMPARE(cell("trial"), QStringLiteral("8"));
        QCOMPARE(cell("policy"), QStringLiteral("gentle"));
        QCOMPARE(cell("copies"), QStringLiteral("7"));
        QCOMPARE(cell("vote"), QStringLiteral("majority"));
        QCOMPARE(cell("state"), QStringLiteral("finished"));
        QCOMPARE(cell("fixed"), QStringLiteral("10"));
        QCOMPARE(cell("pareto"), QStringLiteral("true"));
        QCOMPARE(cell("nll").toDouble(), (40.0 / 3 + 7) / 130);
    }

    void base64IsThatOfTheStandard()
    {
        // RFC 4648, section 10
        const std::vector<std::pair<std::string, std::string>> known = {{"", ""}, {"f", "Zg=="},
            {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="},
            {"foobar", "Zm9vYmFy"}};
        for (const auto& [bytes, text] : known) {
            QCOMPARE(base64(bytes), text);
            QVERIFY(fromBase64(text) == bytes);
        }
        for (const char* wrong : {"Z", "Zg=", "Zg", "Z===", "Zh==", "Zg==Zg==", "Zm9v\n", "Zm-v"})
            QVERIFY2(!fromBase64(wrong), wrong);
    }
};

QTEST_GUILESS_MAIN(TestTuneJson)
#include "tst_tune_json.moc"
