// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of every repeat: whole through JSON, the same as a second count, and one with its
// Comparison.
#include "core/experiment/repeat_details.h"
#include "core/experiment/repeats.h"
#include "core/experiment/report.h"
#include "core/support/error.h"
#include "tests/support/synthetic_images.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <random>

using namespace augury;
using namespace augury::testing;
using nlohmann::json;

namespace {

bool sameBits(double a, double b)
{
    return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b));
}

bool same(const Scorecard& a, const Scorecard& b)
{
    bool equal = a.classes == b.classes && a.images == b.images && a.correct == b.correct
        && a.topFiveCorrect == b.topFiveCorrect && a.tied == b.tied && a.confusion == b.confusion
        && a.support == b.support && a.hits == b.hits && sameBits(a.nllSum, b.nllSum)
        && sameBits(a.brierSum, b.brierSum);
    for (std::size_t i = 0; i < a.bins.size(); ++i)
        equal = equal && a.bins[i].images == b.bins[i].images
            && a.bins[i].correct == b.bins[i].correct
            && sameBits(a.bins[i].confidenceSum, b.bins[i].confidenceSum);
    return equal;
}

bool same(const CopiesCurve& a, const CopiesCurve& b)
{
    bool equal = a.images == b.images && a.baselineCorrect == b.baselineCorrect
        && sameBits(a.baselineNllSum, b.baselineNllSum) && a.points.size() == b.points.size();
    for (std::size_t i = 0; equal && i < a.points.size(); ++i) {
        const auto& p = a.points[i];
        const auto& q = b.points[i];
        equal = p.copies == q.copies && p.correct == q.correct && p.fixed == q.fixed
            && p.broken == q.broken && p.forwardPasses == q.forwardPasses
            && sameBits(p.nllSum, q.nllSum);
    }
    return equal;
}

/// As a file would hold it.
RepeatDetails throughText(const RepeatDetails& details)
{
    return detailsFromJson(json::parse(toJson(details).dump()));
}

/// Scores that sum to 1 and are no short decimals.
std::vector<double> scoresOf(std::mt19937& engine, int classes)
{
    std::vector<double> scores(static_cast<std::size_t>(classes));
    double sum = 0;
    for (auto& score : scores)
        sum += score = 1e-3 + static_cast<double>(engine()) / 4294967296.0;
    for (auto& score : scores)
        score /= sum;
    return scores;
}

RepeatDetails madeDetails(int classes, int images, unsigned seed, int points = 3)
{
    std::mt19937 engine(seed);
    const auto below = [&engine](int n) {
        return static_cast<std::int32_t>(engine() % static_cast<unsigned>(n));
    };
    RepeatDetails details{Scorecard(classes), Scorecard(classes), {}, {}};
    for (int i = 0; i < images; ++i) {
        const auto label = below(classes);
        const auto before = below(classes);
        const auto after = below(3) == 0 ? below(classes) : before;
        details.baseline.add(label, scoresOf(engine, classes), {before, false});
        details.tta.add(label, scoresOf(engine, classes), {after, below(9) == 0});
        if (before != after)
            details.changed.push_back({static_cast<std::uint32_t>(i), label, before, after});
    }
    details.curve.images = images;
    details.curve.baselineCorrect = details.baseline.correct;
    details.curve.baselineNllSum = details.baseline.nllSum / 3;
    for (int n = 1; n <= points; ++n)
        details.curve.points.push_back(
            {n, below(images), below(9), below(9), images * (n + 1), std::sqrt(n) / 7});
    return details;
}

RepeatResult repeatWith(int index, RepeatDetails details)
{
    RepeatResult repeat;
    repeat.index = index;
    repeat.details = std::make_shared<const RepeatDetails>(std::move(details));
    return repeat;
}

ExperimentConfig smallConfig()
{
    ExperimentConfig config;
    config.training.epochs = 1;
    config.training.batchSize = 16;
    config.training.seed = 5;
    config.training.threads = 1;
    config.policy.rotationRange = 60;
    config.copies = 4;
    config.repeats = 2;
    config.parallelFits = 1;
    return config;
}

} // namespace

class RepeatDetailsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wholeThroughJson_data()
    {
        QTest::addColumn<int>("classes");
        QTest::newRow("two") << 2;
        QTest::newRow("ten") << 10;
        QTest::newRow("more than a document's confusion") << 130;
    }

    void wholeThroughJson()
    {
        QFETCH(int, classes);
        const auto details = madeDetails(classes, 400, 11);
        QVERIFY(!details.changed.empty());
        const auto read = throughText(details);
        QVERIFY(same(read.baseline, details.baseline));
        QVERIFY(same(read.tta, details.tta));
        QVERIFY(same(read.curve, details.curve));
        QCOMPARE(read.changed, details.changed);
        // And with the repeat that it belongs to.
        auto repeat = repeatWith(0, details);
        repeat.comparison = {.images = 400,
            .baselineCorrect = 9,
            .ttaCorrect = 9,
            .forwardPasses = 800,
            .variants = 400};
        const auto whole = repeatFromJson(json::parse(toJson(repeat).dump()), "the test");
        QVERIFY(whole.details && same(whole.details->tta, details.tta));
        QCOMPARE(whole.details->changed, details.changed);
    }

    void lossesThatAreNoNumbers()
    {
        auto details = madeDetails(3, 20, 4);
        const double none = std::numeric_limits<double>::quiet_NaN();
        details.baseline.nllSum = details.tta.brierSum = none;
        details.curve.baselineNllSum = details.curve.points[1].nllSum = none;
        details.tta.bins[7].confidenceSum = none;
        const auto read = throughText(details);
        QVERIFY(same(read.baseline, details.baseline));
        QVERIFY(same(read.tta, details.tta));
        QVERIFY(same(read.curve, details.curve));
    }

    void ofNoImages()
    {
        const RepeatDetails empty{Scorecard(4), Scorecard(4), {}, {}};
        const auto read = throughText(empty);
        QVERIFY(same(read.tta, empty.tta));
        QVERIFY(read.changed.empty());
    }

    void addedUpAgainstASecondCount()
    {
        std::vector<RepeatResult> repeats;
        for (int i = 0; i < 3; ++i)
            repeats.push_back(repeatWith(i, madeDetails(5, 60, static_cast<unsigned>(i) + 1)));
        repeats.insert(repeats.begin() + 1, RepeatResult()); // an early exit
        const auto sum = summedDetails(repeats);
        QVERIFY(sum.has_value());
        std::vector<std::int64_t> confusion(25);
        std::int64_t correct = 0;
        double nll = 0;
        std::map<int, std::int64_t> fixed;
        for (const auto& repeat : repeats) {
            if (!repeat.details)
                continue;
            for (std::size_t i = 0; i < confusion.size(); ++i)
                confusion[i] += repeat.details->tta.confusion[i];
            correct += repeat.details->baseline.correct;
            nll += repeat.details->tta.nllSum;
            for (const auto& point : repeat.details->curve.points)
                fixed[point.copies] += point.fixed;
        }
        QCOMPARE(sum->tta.confusion, confusion);
        QCOMPARE(sum->tta.images, std::int64_t(180));
        QCOMPARE(sum->baseline.correct, correct);
        QCOMPARE(sum->tta.nllSum, nll);
        QCOMPARE(sum->curve.images, std::int64_t(180));
        QCOMPARE(sum->curve.points.size(), std::size_t(3));
        for (const auto& point : sum->curve.points)
            QCOMPARE(point.fixed, fixed[point.copies]);
        QVERIFY(sum->changed.empty());
        QVERIFY(!summedDetails({}).has_value());
        QVERIFY(!summedDetails(std::vector<RepeatResult>(2)).has_value());
        repeats.push_back(repeatWith(4, madeDetails(6, 60, 9)));
        QVERIFY_EXCEPTION_THROWN(summedDetails(repeats), Error);
    }

    void changedOftenAgainstASecondCount()
    {
        std::vector<RepeatResult> repeats;
        for (int i = 0; i < 7; ++i)
            repeats.push_back(repeatWith(i, madeDetails(3, 40, 100 + static_cast<unsigned>(i))));
        // Labels of madeDetails() differ by seed; an image has one.
        for (auto& repeat : repeats) {
            auto details = *repeat.details;
            for (auto& image : details.changed)
                image.label = static_cast<std::int32_t>(image.image % 3);
            repeat.details = std::make_shared<const RepeatDetails>(std::move(details));
        }
        for (const auto kind : {OutcomeKind::Fixed, OutcomeKind::Broken}) {
            const auto found = changedOften(repeats, kind);
            std::size_t expected = 0;
            for (std::uint32_t index = 0; index < 40; ++index) {
                int times = 0;
                int contrary = 0;
                std::map<std::int32_t, int> before;
                std::map<std::int32_t, int> after;
                for (const auto& repeat : repeats) {
                    for (const auto& image : repeat.details->changed) {
                        if (image.image != index)
                            continue;
                        const bool fixed = image.merged == image.label;
                        const bool broken = image.baseline == image.label;
                        if (kind == OutcomeKind::Fixed ? fixed : broken) {
                            ++times;
                            ++before[image.baseline];
                            ++after[image.merged];
                        } else if (fixed || broken) {
                            ++contrary;
                        }
                    }
                }
                const auto line = std::ranges::find(found, index, &ChangedOften::image);
                QCOMPARE(line != found.end(), times > 0);
                if (times == 0)
                    continue;
                ++expected;
                QCOMPARE(line->repeats, times);
                QCOMPARE(line->opposite, contrary);
                QCOMPARE(line->label, static_cast<std::int32_t>(index % 3));
                for (const auto& [k, count] : before)
                    QVERIFY(count < before[line->baseline]
                        || (count == before[line->baseline] && k >= line->baseline));
                for (const auto& [k, count] : after)
                    QVERIFY(count < after[line->merged]
                        || (count == after[line->merged] && k >= line->merged));
            }
            QCOMPARE(found.size(), expected);
            QVERIFY(expected > 5);
            for (std::size_t i = 1; i < found.size(); ++i)
                QVERIFY(found[i - 1].repeats > found[i].repeats
                    || (found[i - 1].repeats == found[i].repeats
                        && found[i - 1].image < found[i].image));
        }
    }

    void damagedDocumentsAreRefused()
    {
        const auto good = toJson(madeDetails(3, 20, 4));
        detailsFromJson(good);
        const auto refused = [&good](const char* pointer, const json& value) {
            auto bad = good;
            bad[json::json_pointer(pointer)] = value;
            try {
                detailsFromJson(bad);
                return false;
            } catch (const Error&) {
                return true;
            } catch (const json::exception&) {
                return true;
            }
        };
        QVERIFY(refused("/baseline/counts/classes", 0));
        QVERIFY(refused("/baseline/counts/classes", -3));
        QVERIFY(refused("/baseline/counts/classes", 2'000'000'000));
        QVERIFY(refused("/baseline/counts/classes", 4));
        QVERIFY(refused("/tta/counts/support", json::array({1, 2})));
        QVERIFY(refused("/tta/counts/hits", "many"));
        QVERIFY(refused("/tta/counts/bins", json::array()));
        QVERIFY(refused("/tta/counts/bins/3", json::array({1})));
        QVERIFY(refused("/tta/counts/confusion_cells/0", json::array({7, 7, 1})));
        QVERIFY(refused("/tta/counts/confusion_cells/0", json::array({-1, 3, 1})));
        QVERIFY(refused("/tta/counts/confusion_cells/0", json::array({0, 3, 1}))); // not of row 1
        QVERIFY(refused("/curve/points/0", json::object()));
        QVERIFY(refused("/curve", nullptr));
        QVERIFY(refused("/changed/0", json::array({0, 3, 0, 1})));
        QVERIFY(refused("/changed/0", json::array({0, 0, -1, 1})));
        QVERIFY(refused("/changed/0", json::array({0, 0})));
        QVERIFY(refused("/changed", 12));
        // A repeat says where it was read.
        auto row = toJson(repeatWith(0, madeDetails(3, 20, 4)));
        row["details"]["changed"] = "none";
        try {
            repeatFromJson(row, "run 7");
            QFAIL("a damaged repeat was read");
        } catch (const Error& error) {
            QVERIFY(QString::fromUtf8(error.what()).contains(QStringLiteral("run 7")));
        }
    }

    void oneWithTheComparison()
    {
        const auto dataset = bandDataset(96, 60, {1, 8, 8}, 4);
        auto config = smallConfig();
        const auto outcome = runRepeats(dataset, config);
        QCOMPARE(outcome.repeats.size(), std::size_t(2));
        std::int64_t changed = 0;
        for (const auto& repeat : outcome.repeats) {
            QVERIFY(repeat.details);
            const auto& c = repeat.comparison;
            const auto& d = *repeat.details;
            for (const auto& [card, correct] :
                {std::pair(&d.baseline, c.baselineCorrect), std::pair(&d.tta, c.ttaCorrect)}) {
                std::int64_t diagonal = 0;
                for (std::size_t k = 0; k < 4; ++k)
                    diagonal += card->confusion[k * 4 + k];
                QCOMPARE(diagonal, correct);
                QCOMPARE(card->correct, correct);
                QCOMPARE(card->images, c.images);
            }
            QCOMPARE(d.curve.points.size(), std::size_t(4));
            QCOMPARE(d.curve.baselineCorrect, c.baselineCorrect);
            QCOMPARE(d.curve.points.back().correct, c.ttaCorrect);
            QCOMPARE(d.curve.points.back().fixed, c.fixed);
            QCOMPARE(d.curve.points.back().broken, c.broken);
            QCOMPARE(d.curve.points.back().forwardPasses, c.forwardPasses);
            std::int64_t fixed = 0;
            std::int64_t broken = 0;
            for (const auto& image : d.changed) {
                QVERIFY(image.baseline != image.merged);
                QCOMPARE(image.label, dataset.test->labels[image.image]);
                fixed += image.merged == image.label ? 1 : 0;
                broken += image.baseline == image.label ? 1 : 0;
            }
            QCOMPARE(fixed, c.fixed);
            QCOMPARE(broken, c.broken);
            changed += fixed + broken;
            const auto stored = repeatFromJson(json::parse(toJson(repeat).dump()), "the test");
            QVERIFY(same(stored.details->baseline, d.baseline));
            QVERIFY(same(stored.details->curve, d.curve));
        }
        QVERIFY(changed > 0); // else nothing was compared
        config.exactEarlyExit = true;
        const auto early = runRepeats(dataset, config);
        for (std::size_t i = 0; i < 2; ++i) {
            QVERIFY(!early.repeats[i].details);
            QCOMPARE(early.repeats[i].comparison.fixed, outcome.repeats[i].comparison.fixed);
            QCOMPARE(early.repeats[i].comparison.broken, outcome.repeats[i].comparison.broken);
        }
        QVERIFY(toJson(early.repeats[0]).at("details").is_null());
        config.vote.rule = VoteRule::Max; // needs all votes, whatever is asked for
        QVERIFY(runRepeats(dataset, config).repeats[0].details);
    }
};

QTEST_GUILESS_MAIN(RepeatDetailsTest)
#include "tst_repeat_details.moc"
