// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/report.h"
#include "core/experiment/verdict.h"
#include "core/experiment/versions.h"

#include "core/experiment/experiment_json.h"
#include "core/support/error.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <limits>

using namespace augury;
using nlohmann::json;

namespace {

const ExperimentConfig defaults;

RepeatResult repeat(int index, std::int64_t baseline, std::int64_t fixed, std::int64_t broken)
{
    RepeatResult result;
    result.index = index;
    result.seed = 4'000'000'000U + static_cast<unsigned>(index);
    result.comparison = {.images = 1000,
        .baselineCorrect = baseline,
        .ttaCorrect = baseline + fixed - broken,
        .fixed = fixed,
        .broken = broken,
        .forwardPasses = 2000,
        .passesSaved = 12,
        .variants = 1969};
    EpochMetrics metrics;
    metrics.trainLoss = 0.5;
    metrics.trainAccuracy = 0.75;
    metrics.seconds = 1.5;
    result.history = {metrics};
    result.trainSeconds = 3.25;
    result.evaluateSeconds = 0.125;
    return result;
}

Dataset dataset()
{
    ImageSet images;
    images.shape = {1, 2, 2};
    for (int i = 0; i < 10; ++i) {
        images.pixels.insert(images.pixels.end(), 4, static_cast<std::uint8_t>(i));
        images.labels.push_back(i % 2);
    }
    Dataset result;
    result.name = "tiny";
    result.format = "IDX";
    result.classNames = {"even", "odd"};
    result.train = result.test = std::make_shared<ImageSet>(images);
    return result;
}

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> result;
    for (const QString& line :
        QString::fromStdString(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        result.push_back(line.toStdString());
    return result;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repeatDocumentHasTheContractsFields()
    {
        ExperimentConfig config;
        config.copies = 9;
        config.subsetTest = 4;
        const RepeatsOutcome outcome{{repeat(0, 680, 30, 10), repeat(1, 690, 20, 20)}, false, 2, 1};
        const json document = repeatDocument(config, dataset(), outcome, 12.5);

        const json& first = document.at("repeats").at(0);
        QCOMPARE(first.at("seed").get<std::uint64_t>(), std::uint64_t(4'000'000'000));
        QCOMPARE(first.at("baseline").at("accuracy").get<double>(), 0.68);
        QCOMPARE(first.at("tta").at("accuracy").get<double>(), 0.7);
        QCOMPARE(first.at("lift").get<double>(), 0.02);
        QCOMPARE(first.at("fixed").get<int>(), 30);
        QCOMPARE(first.at("broken").get<int>(), 10);
        QCOMPARE(first.at("forward_passes").get<int>(), 2000);
        QCOMPARE(first.at("train_seconds").get<double>(), 3.25);
        QCOMPARE(first.at("evaluate_seconds").get<double>(), 0.125);
        QVERIFY(first.at("history").at(0).at("validation_loss").is_null());

        // By hand: lifts 0.02 and 0; mean 0.01, σ √0.0002; t(1) at 97.5 % is 12.7062.
        const json& lift = document.at("summary").at("lift");
        QCOMPARE(lift.at("mean").get<double>(), 0.01);
        QVERIFY(std::abs(lift.at("std").get<double>() - 0.0141421356) < 1e-9);
        QVERIFY(std::abs(lift.at("ci95").at(0).get<double>() - (0.01 - 0.127062047)) < 1e-8);
        QVERIFY(std::abs(lift.at("ci95").at(1).get<double>() - (0.01 + 0.127062047)) < 1e-8);
        QVERIFY(std::abs(document.at("summary").at("baseline").at("mean").get<double>() - 0.685)
            < 1e-12);
        QVERIFY(lift.at("p_value").is_number());

        QCOMPARE(document.at("stopped").get<bool>(), false);
        QCOMPARE(document.at("run").at("parallel_fits").get<int>(), 2);
        QCOMPARE(document.at("run").at("seconds").get<double>(), 12.5);
        QCOMPARE(document.at("data").at("test_images").get<int>(), 4);
        QVERIFY(document.at("data").at("shape") == json({1, 2, 2}));
        QCOMPARE(document.at("verdict").get<std::string>(), verdict(outcome.repeats));
        for (const char* part : {"augury", "torch", "opencv", "compiler", "os"})
            QVERIFY(!document.at("versions").at(part).get<std::string>().empty());
    }

    void settingsReadBack()
    {
        ExperimentConfig config;
        config.policy.rotationRange = 12.5;
        config.vote.rule = VoteRule::Majority;
        config.training.learningRate = 0.01;
        const RepeatsOutcome outcome{{repeat(0, 680, 30, 10)}, false, 1, 2};
        const json document = json::parse(documentText(repeatDocument(config, dataset(), outcome)));
        QVERIFY(experimentFromJson(document.at("settings"), "document") == config);
    }

    void notANumberBecomesNull()
    {
        const RepeatsOutcome one{{repeat(0, 680, 30, 10)}, false, 1, 1};
        const json document = repeatDocument(defaults, dataset(), one);
        QVERIFY(document.at("summary").at("lift").at("std").is_null());
        QVERIFY(document.at("summary").at("lift").at("ci95") == json({nullptr, nullptr}));
        QVERIFY(document == json::parse(documentText(document)));
    }

    void nothingFinishedHasNoSummary()
    {
        const json document = repeatDocument(defaults, Dataset(), {{}, true, 1, 1});
        QVERIFY(document.at("summary").is_null());
        QVERIFY(document.at("data").is_null());
        QVERIFY(document.at("repeats").is_array() && document.at("repeats").empty());
        QVERIFY(document.at("stopped").get<bool>());
    }

    void repeatsReadBack()
    {
        RepeatsOutcome outcome{{repeat(0, 680, 30, 10), repeat(2, 690, 20, 20)}, true, 2, 4};
        outcome.repeats[1].history[0].trainLoss = std::numeric_limits<double>::quiet_NaN();
        outcome.repeats[1].history[0].validationAccuracy = 0.25;
        const json document =
            json::parse(documentText(repeatDocument(defaults, dataset(), outcome)));
        const RepeatsOutcome again = repeatsFromDocument(document, "here");
        QCOMPARE(again.stopped, true);
        QCOMPARE(again.parallelFits, 2);
        QCOMPARE(again.threadsPerFit, 4);
        QCOMPARE(again.repeats.size(), std::size_t(2));
        QCOMPARE(repeatCsv(again.repeats), repeatCsv(outcome.repeats));
        QCOMPARE(again.repeats[1].index, 2);
        QVERIFY(std::isnan(again.repeats[1].history[0].trainLoss));
        QCOMPARE(again.repeats[1].history[0].validationAccuracy.value_or(0), 0.25);
        QVERIFY(!again.repeats[0].history[0].validationLoss);
    }

    void otherDocumentsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a number") << QByteArray("3");
        QTest::newRow("empty object") << QByteArray("{}");
        QTest::newRow("repeats is text") << QByteArray(R"({"repeats": "many"})");
        QTest::newRow("a repeat without fields") << QByteArray(R"({"repeats": [{}]})");
        QTest::newRow("no run") << QByteArray(R"({"repeats": [], "stopped": false})");
        QTest::newRow("no threads") << QByteArray(
            R"({"repeats": [], "stopped": false, "run": {"parallel_fits": 1, "threads_per_fit": 0}})");
    }

    void otherDocumentsAreRefused()
    {
        QFETCH(QByteArray, text);
        try {
            repeatsFromDocument(json::parse(text.toStdString()), "run 7");
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("run 7") != std::string::npos);
        }
    }

    void csvHasALineARepeat()
    {
        const std::vector<RepeatResult> repeats{repeat(0, 680, 30, 10), repeat(1, 690, 20, 20)};
        const auto rows = lines(repeatCsv(repeats));
        QCOMPARE(rows.size(), std::size_t(3));
        QCOMPARE(rows[0],
            std::string("repeat,seed,images,baseline_accuracy,tta_accuracy,lift,fixed,broken,"
                        "mcnemar_p,distinct_variants,forward_passes,train_seconds,"
                        "evaluate_seconds,passes_saved"));
        QVERIFY(rows[2].starts_with("2,4000000001,1000,0.69,0.69,0,20,20,1,1.969,2000,"));
        QVERIFY(rows[1].ends_with(",3.25,0.125,12"));
    }

    void evaluationHasTheContractsFields()
    {
        EvaluateOutcome outcome;
        outcome.model = "m.safetensors";
        outcome.evaluation.result.comparison = repeat(0, 680, 30, 10).comparison;
        outcome.seconds = 2.5;
        const json document = evaluateDocument(defaults, dataset(), outcome);
        for (const char* field :
            {"settings", "images", "baseline", "tta", "lift", "fixed", "broken", "mcnemar_p",
                "distinct_variants", "forward_passes", "seconds", "versions"})
            QVERIFY2(document.contains(field), field);
        QCOMPARE(document.at("images").get<int>(), 1000);
        QCOMPARE(document.at("distinct_variants").get<double>(), 1.969);
        QCOMPARE(document.at("seconds").get<double>(), 2.5);
        const auto rows = lines(evaluateCsv(defaults, outcome.evaluation.result));
        QCOMPARE(rows.size(), std::size_t(2));
        QVERIFY(rows[1].starts_with("1000,0.68,0.7,"));

        const std::string text = verdict(outcome.evaluation.result.comparison);
        for (const char* part :
            {"gained 2.00 points", "68.00 to 70.00 %", "30 images fixed", "10 broken", "2.0×"})
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
        QVERIFY(!verdict(Comparison()).empty());
    }

    void trainingCountsWhatIsLearned()
    {
        TrainOutcome outcome;
        Checkpoint& checkpoint = outcome.result.checkpoint;
        checkpoint.architecture = "tutorial_cnn";
        checkpoint.history = repeat(0, 0, 0, 0).history;
        checkpoint.tensors = {{"bn1.weight", {3}, std::vector<float>(3)},
            {"bn1.running_mean", {3}, std::vector<float>(3)},
            {"bn1.num_batches_tracked", {}, std::vector<std::int64_t>(1)},
            {"fc.weight", {2, 3}, std::vector<float>(6)}};
        const json document = trainDocument(defaults, dataset(), outcome);
        QCOMPARE(document.at("parameters").get<int>(), 9);
        QVERIFY(document.at("model").is_null());
        QCOMPARE(document.at("history").at(0).at("epoch").get<int>(), 1);

        auto history = checkpoint.history;
        history[0].validationLoss = 0.25;
        QCOMPARE(lines(trainCsv(history)).at(1), std::string("1,0.5,0.75,0.25,,1.5"));
    }

    void titlesAreShort()
    {
        const RepeatsOutcome outcome{{repeat(0, 680, 30, 10)}, false, 1, 1};
        QCOMPARE(documentTitle(repeatDocument(defaults, dataset(), outcome)),
            std::string("tiny: 1 repeat, 68.0 → 70.0 %"));
        EvaluateOutcome evaluated;
        evaluated.evaluation.result.comparison = outcome.repeats[0].comparison;
        QCOMPARE(documentTitle(evaluateDocument(defaults, dataset(), evaluated)),
            std::string("tiny: 68.0 → 70.0 %"));
        TrainOutcome trained;
        trained.result.checkpoint.history = outcome.repeats[0].history;
        QCOMPARE(documentTitle(trainDocument(defaults, dataset(), trained)),
            std::string("tiny: 1 epoch"));
        QVERIFY(!documentTitle(json(3)).empty());
    }

    void namesThatAreNotUtf8AreReplaced()
    {
        Dataset broken = dataset();
        broken.classNames[0] = "caf\xe9";
        const RepeatsOutcome outcome{{repeat(0, 680, 30, 10)}, false, 1, 1};
        const auto text = documentText(repeatDocument(defaults, broken, outcome));
        QVERIFY(json::parse(text).at("data").at("classes").at(1) == "odd");
        QVERIFY(text.ends_with("}\n"));
    }

    void memoryIsMeasured()
    {
        const double before = peakMemoryMb();
        std::vector<char> block(200'000'000, 'x');
        QVERIFY(block[block.size() / 2] == 'x');
        QVERIFY(before > 1);
        QVERIFY(peakMemoryMb() > before + 100);
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
