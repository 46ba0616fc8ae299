// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_images.h"
#include "ui/session/image_query.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>
#include <set>

using namespace augury;

namespace {

constexpr int classes = 4;
constexpr ImageFilter filters[] = {ImageFilter::All, ImageFilter::Fixed, ImageFilter::Broken,
    ImageFilter::BothWrong, ImageFilter::BothRight, ImageFilter::Changed};
constexpr ImageOrder orders[] = {ImageOrder::Index, ImageOrder::Confidence, ImageOrder::Agreement,
    ImageOrder::Entropy, ImageOrder::MutualInformation};

/// A subset of 240 images whose order is not that of the set; every fifth image has no label.
Split mixedSplit()
{
    auto images = augury::testing::noiseImages(400, {1, 2, 2}, classes);
    for (std::size_t i = 0; i < images->size(); i += 5)
        images->labels[i] = -1;
    Split split{images, {}};
    for (std::uint32_t i = 0; i < 240; ++i)
        split.indices.push_back((i * 37) % 400);
    return split;
}

/// Coarse numbers, so that many are equal.
std::vector<ImageOutcome> randomOutcomes(const Split& split)
{
    std::mt19937 random(5);
    const auto coarse = [&] { return static_cast<double>(random() % 6) / 5; };
    std::vector<ImageOutcome> outcomes(split.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto& outcome = outcomes[i];
        outcome.image = split.indices[i];
        outcome.label = split.label(i);
        outcome.baseline.predicted = static_cast<std::int32_t>(random() % classes);
        outcome.merged.predicted = static_cast<std::int32_t>(random() % classes);
        outcome.mergedConfidence = coarse();
        outcome.uncertainty.agreement = coarse();
        outcome.uncertainty.predictiveEntropy = coarse();
        outcome.uncertainty.mutualInformation = coarse();
    }
    return outcomes;
}

bool wanted(const ImageOutcome& o, const ImageQuery& query)
{
    const bool before = o.label >= 0 && o.baseline.predicted == o.label;
    const bool after = o.label >= 0 && o.merged.predicted == o.label;
    const bool known = o.label >= 0;
    if (query.label != -1 && query.label != o.label)
        return false;
    if (query.predicted != -1 && query.predicted != o.merged.predicted)
        return false;
    switch (query.filter) {
    case ImageFilter::Fixed:
        return known && !before && after;
    case ImageFilter::Broken:
        return known && before && !after;
    case ImageFilter::BothWrong:
        return known && !before && !after;
    case ImageFilter::BothRight:
        return known && before && after;
    case ImageFilter::Changed:
        return o.baseline.predicted != o.merged.predicted;
    default:
        return true;
    }
}

double key(const ImageOutcome& o, ImageOrder order)
{
    switch (order) {
    case ImageOrder::Confidence:
        return o.mergedConfidence;
    case ImageOrder::Agreement:
        return o.uncertainty.agreement;
    case ImageOrder::Entropy:
        return o.uncertainty.predictiveEntropy;
    case ImageOrder::MutualInformation:
        return o.uncertainty.mutualInformation;
    default:
        return o.image;
    }
}

} // namespace

class ImageQueryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFilterShowsExactlyTheImagesItShould()
    {
        const auto split = mixedSplit();
        const auto outcomes = randomOutcomes(split);
        int nonEmpty = 0;
        for (const auto filter : filters) {
            for (int label = -1; label < classes; ++label) {
                for (int predicted = -1; predicted < classes; ++predicted) {
                    const ImageQuery query{filter, label, predicted, ImageOrder::Index, false};
                    std::set<std::uint32_t> expected;
                    for (std::uint32_t i = 0; i < outcomes.size(); ++i)
                        if (wanted(outcomes[i], query))
                            expected.insert(i);
                    const auto found = selectImages(split, outcomes, query);
                    QCOMPARE(found.size(), expected.size());
                    QVERIFY(std::set<std::uint32_t>(found.begin(), found.end()) == expected);
                    nonEmpty += expected.empty() ? 0 : 1;
                }
            }
        }
        QVERIFY(nonEmpty > 100); // the reference has something to tell
    }

    void everyOrderSortsAndKeepsPositionsOfEqualOnes()
    {
        const auto split = mixedSplit();
        const auto outcomes = randomOutcomes(split);
        for (const auto order : orders) {
            for (const bool descending : {false, true}) {
                const auto found =
                    selectImages(split, outcomes, {ImageFilter::All, -1, -1, order, descending});
                QCOMPARE(found.size(), split.size());
                int equal = 0;
                for (std::size_t i = 1; i < found.size(); ++i) {
                    const double a = key(outcomes[found[i - 1]], order);
                    const double b = key(outcomes[found[i]], order);
                    QVERIFY(descending ? a >= b : a <= b);
                    if (a == b) {
                        ++equal;
                        QVERIFY(found[i - 1] < found[i]);
                    }
                }
                QCOMPARE(equal > 0, order != ImageOrder::Index);
            }
        }
    }

    void withoutVotesOnlyLabelAndIndexApply()
    {
        const auto split = mixedSplit();
        const ImageQuery query{ImageFilter::Fixed, 2, 1, ImageOrder::Entropy, false};
        const auto found = selectImages(split, {}, query);
        std::set<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < split.size(); ++i)
            if (split.label(i) == 2)
                expected.insert(i);
        QVERIFY(std::set<std::uint32_t>(found.begin(), found.end()) == expected);
        for (std::size_t i = 1; i < found.size(); ++i)
            QVERIFY(split.indices[found[i - 1]] < split.indices[found[i]]);
        QVERIFY(query.needsVotes());
        QVERIFY(!(ImageQuery{ImageFilter::All, 2, -1, ImageOrder::Index, true}).needsVotes());
        QVERIFY(selectImages({}, {}, query).empty());
    }

    void numbersThatAreNoneComeFirst()
    {
        const auto split = mixedSplit();
        auto outcomes = randomOutcomes(split);
        for (std::size_t i = 0; i < outcomes.size(); i += 3)
            outcomes[i].mergedConfidence = std::numeric_limits<double>::quiet_NaN();
        const auto found = selectImages(
            split, outcomes, {ImageFilter::All, -1, -1, ImageOrder::Confidence, false});
        QCOMPARE(found.size(), split.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            QCOMPARE(std::isnan(outcomes[found[i]].mergedConfidence), i < 80);
    }
};

QTEST_GUILESS_MAIN(ImageQueryTest)
#include "tst_image_query.moc"
