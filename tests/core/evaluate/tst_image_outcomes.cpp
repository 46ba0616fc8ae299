// SPDX-License-Identifier: GPL-3.0-or-later
// One line an image, against a naive second implementation and cases worked by hand.
#include "core/evaluate/image_outcomes.h"
#include "core/support/error.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <cmath>
#include <map>

using namespace augury;
using namespace augury::test;

namespace {

std::size_t best(std::span<const float> p)
{
    std::size_t winner = 0;
    for (std::size_t k = 1; k < p.size(); ++k)
        if (p[k] > p[winner])
            winner = k;
    return winner;
}

double naiveEntropy(const std::vector<double>& p)
{
    double sum = 0;
    for (const double x : p)
        sum -= x > 0 ? x * std::log(x) : 0;
    return sum;
}

ImageOutcome outcome(std::int32_t label, std::int32_t baseline, std::int32_t merged)
{
    ImageOutcome image;
    image.label = label;
    image.baseline.predicted = baseline;
    image.merged.predicted = merged;
    return image;
}

bool close(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class ImageOutcomesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreeWithANaiveLoop_data()
    {
        QTest::addColumn<int>("copies");
        QTest::addColumn<bool>("includeOriginal");
        QTest::newRow("all copies") << 9 << false;
        QTest::newRow("some copies and the original") << 4 << true;
        QTest::newRow("one copy") << 1 << false;
        QTest::newRow("the original alone") << 0 << true;
    }

    void agreeWithANaiveLoop()
    {
        QFETCH(int, copies);
        QFETCH(bool, includeOriginal);
        auto table = randomTable(6, 9, 60, 3);
        for (std::size_t i = 0; i < table.size(); ++i) {
            table.images[i] = static_cast<std::uint32_t>(1000 - 3 * i);
            if (i % 5 == 0)
                table.labels[i] = -1;
        }
        VoteOptions options;
        options.includeOriginal = includeOriginal;
        const auto votes = mergeVotes(table, copies, options);
        const auto images = imageOutcomes(table, votes, copies, includeOriginal);
        QCOMPARE(images.size(), table.size());
        for (std::size_t i = 0; i < images.size(); ++i) {
            const auto& image = images[i];
            std::map<int, int> counts;
            std::vector<double> mean(6, 0.0);
            double expected = 0;
            double views = 0;
            for (int slot = includeOriginal ? 0 : 1; slot <= copies; ++slot) {
                const auto p = table.view(i, slot);
                ++counts[static_cast<int>(best(p))];
                expected += naiveEntropy({p.begin(), p.end()});
                for (std::size_t k = 0; k < 6; ++k)
                    mean[k] += static_cast<double>(p[k]);
                ++views;
            }
            for (auto& p : mean)
                p /= views;
            const auto original = table.view(i, 0);
            const auto winner =
                static_cast<std::size_t>(std::max_element(mean.begin(), mean.end()) - mean.begin());
            QCOMPARE(image.image, static_cast<std::uint32_t>(1000 - 3 * i));
            QCOMPARE(image.label, table.labels[i]);
            QCOMPARE(image.baseline.predicted, static_cast<std::int32_t>(best(original)));
            QCOMPARE(image.merged.predicted, static_cast<std::int32_t>(winner));
            QCOMPARE(image.baselineConfidence, static_cast<double>(original[best(original)]));
            QVERIFY(close(image.mergedConfidence, mean[winner]));
            QVERIFY(close(image.uncertainty.predictiveEntropy, naiveEntropy(mean)));
            QVERIFY(close(image.uncertainty.expectedEntropy, expected / views));
            QVERIFY(close(image.uncertainty.mutualInformation,
                std::max(0.0, naiveEntropy(mean) - expected / views)));

            QCOMPARE(image.votes.size(), counts.size());
            for (std::size_t v = 0; v < image.votes.size(); ++v) {
                QCOMPARE(image.votes[v].second, counts[image.votes[v].first]);
                if (v == 0)
                    continue;
                const auto& [k, count] = image.votes[v - 1]; // most first, then the lower class
                QVERIFY(count > image.votes[v].second
                    || (count == image.votes[v].second && k < image.votes[v].first));
            }
            QCOMPARE(image.uncertainty.agreement, image.votes.front().second / views);
            QCOMPARE(image.changed(), image.merged.predicted != image.baseline.predicted);
            QCOMPARE(kindOf(image) == OutcomeKind::Unknown, i % 5 == 0);
        }
    }

    void withoutCopiesTheOriginalIsTheView()
    {
        const auto table = tableOf(2, {{{0.75F, 0.25F}, {0.25F, 0.75F}}});
        VoteOptions options;
        options.blend = 1;
        const auto images = imageOutcomes(table, mergeVotes(table, 0, options), 0, false);
        QCOMPARE(images.front().merged.predicted, 0);
        QVERIFY(images.front().votes == (std::vector<std::pair<int, int>>{{0, 1}}));
        QCOMPARE(images.front().uncertainty.agreement, 1.0);
        QCOMPARE(images.front().uncertainty.mutualInformation, 0.0);
        QVERIFY(!images.front().changed());
    }

    void kinds()
    {
        QVERIFY(kindOf(outcome(2, 2, 2)) == OutcomeKind::BothRight);
        QVERIFY(kindOf(outcome(2, 1, 2)) == OutcomeKind::Fixed);
        QVERIFY(kindOf(outcome(2, 2, 1)) == OutcomeKind::Broken);
        QVERIFY(kindOf(outcome(2, 1, 1)) == OutcomeKind::BothWrong);
        QVERIFY(kindOf(outcome(2, 1, 0)) == OutcomeKind::BothWrong); // changed, and still wrong
        QVERIFY(kindOf(outcome(-1, 1, 0)) == OutcomeKind::Unknown);
        QVERIFY(outcome(2, 1, 0).changed());
        QVERIFY(!outcome(2, 1, 1).changed());
        QCOMPARE(toString(OutcomeKind::Unknown), "unknown");
        QCOMPARE(toString(OutcomeKind::BothRight), "both right");
        QCOMPARE(toString(OutcomeKind::Fixed), "fixed");
        QCOMPARE(toString(OutcomeKind::Broken), "broken");
        QCOMPARE(toString(OutcomeKind::BothWrong), "both wrong");
    }

    void votesOfAnotherTableAreRefused()
    {
        const auto table = randomTable(4, 3, 10, 1);
        const auto other = mergeVotes(randomTable(4, 3, 9, 1), 3, {});
        QVERIFY_EXCEPTION_THROWN(imageOutcomes(table, other, 3, false), Error);
        QVERIFY_EXCEPTION_THROWN(imageOutcomes(table, mergeVotes(table, 3, {}), 4, false), Error);
    }
};

QTEST_GUILESS_MAIN(ImageOutcomesTest)
#include "tst_image_outcomes.moc"
