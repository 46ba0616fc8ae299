// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"
#include "core/support/error.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <set>

using namespace augury;

namespace {

/// One pixel an image; class sizes 10, 7, 1 and 3, interleaved.
std::shared_ptr<const ImageSet> imageSet()
{
    auto set = std::make_shared<ImageSet>();
    set->shape = {1, 1, 1};
    const std::array<int, 4> sizes = {10, 7, 1, 3};
    for (int round = 0; round < 10; ++round)
        for (int label = 0; label < 4; ++label)
            if (round < sizes[static_cast<std::size_t>(label)]) {
                set->labels.push_back(label);
                set->pixels.push_back(static_cast<std::uint8_t>(set->labels.size()));
            }
    return set;
}

std::map<std::int32_t, int> counts(const Split& split)
{
    std::map<std::int32_t, int> found;
    for (std::size_t i = 0; i < split.size(); ++i)
        ++found[split.label(i)];
    return found;
}

bool isAscending(const Split& split)
{
    return std::is_sorted(split.indices.begin(), split.indices.end());
}

} // namespace

class TestSplits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wholeIsEveryImageInOrder()
    {
        const auto set = imageSet();
        const Split whole = wholeSplit(set);
        QCOMPARE(whole.size(), std::size_t(21));
        for (std::uint32_t i = 0; i < 21; ++i)
            QCOMPARE(whole.indices[i], i);
        QCOMPARE(whole.image(4).pixels[0], std::uint8_t(5));
    }

    void validationIsStratified_data()
    {
        QTest::addColumn<double>("fraction");
        QTest::newRow("0") << 0.0;
        QTest::newRow("0.04") << 0.04;
        QTest::newRow("0.2") << 0.2;
        QTest::newRow("0.5") << 0.5;
        QTest::newRow("0.99") << 0.99;
    }

    void validationIsStratified()
    {
        QFETCH(double, fraction);
        const Split whole = wholeSplit(imageSet());
        const auto [training, validation] = carveValidation(whole, fraction, 5);
        QVERIFY(isAscending(training) && isAscending(validation));
        std::set<std::uint32_t> all(training.indices.begin(), training.indices.end());
        all.insert(validation.indices.begin(), validation.indices.end());
        QCOMPARE(all.size(), whole.size());
        QCOMPARE(training.size() + validation.size(), whole.size());
        auto left = counts(training);
        auto taken = counts(validation);
        for (const auto& [label, count] : counts(whole)) {
            const int wanted = static_cast<int>(std::floor(fraction * count + 0.5));
            QCOMPARE(taken[label], wanted < count ? wanted : count - 1);
            QVERIFY(left[label] >= 1);
        }
    }

    void validationDependsOnTheSeedOnly()
    {
        const Split whole = wholeSplit(imageSet());
        const auto once = carveValidation(whole, 0.3, 5).second.indices;
        QCOMPARE(carveValidation(whole, 0.3, 5).second.indices, once);
        std::set<std::vector<std::uint32_t>> different;
        for (std::uint64_t seed = 0; seed < 20; ++seed)
            different.insert(carveValidation(whole, 0.3, seed).second.indices);
        QVERIFY2(different.size() > 15, qPrintable(QString::number(different.size())));
        // Seeds that differ above bit 31 differ.
        QVERIFY(carveValidation(whole, 0.3, 5 + (std::uint64_t(1) << 40)).second.indices != once);
    }

    void validationOfASubsetKeepsItsOrder()
    {
        Split odd{imageSet(), {20, 3, 9, 0, 11, 2, 14, 17}};
        const auto [training, validation] = carveValidation(odd, 0.4, 1);
        QCOMPARE(training.size() + validation.size(), odd.size());
        for (const Split* half : {&training, &validation}) {
            std::ptrdiff_t last = -1;
            for (const std::uint32_t index : half->indices) {
                const auto at =
                    std::find(odd.indices.begin(), odd.indices.end(), index) - odd.indices.begin();
                QVERIFY(at < 8);
                QVERIFY(at > last);
                last = at;
            }
        }
    }

    void badFractionsAreErrors()
    {
        const Split whole = wholeSplit(imageSet());
        for (const double fraction : {-0.1, 1.0, 2.0, std::numeric_limits<double>::quiet_NaN()})
            QVERIFY_EXCEPTION_THROWN(carveValidation(whole, fraction, 1), Error);
    }

    void subsetsAreNestedAndInOrder()
    {
        const Split whole = wholeSplit(imageSet());
        Split smaller = subset(whole, 1, 9);
        for (std::size_t n = 2; n <= whole.size(); ++n) {
            const Split larger = subset(whole, n, 9);
            QCOMPARE(larger.size(), n);
            QVERIFY(isAscending(larger));
            QVERIFY(std::includes(larger.indices.begin(), larger.indices.end(),
                smaller.indices.begin(), smaller.indices.end()));
            QVERIFY(std::adjacent_find(larger.indices.begin(), larger.indices.end())
                == larger.indices.end());
            smaller = larger;
        }
        QCOMPARE(subset(whole, 0, 9).indices, whole.indices);
        QCOMPARE(subset(whole, 21, 9).indices, whole.indices);
        QCOMPARE(subset(whole, 1000, 9).indices, whole.indices);
        QVERIFY(subset(whole, 8, 9).indices != subset(whole, 8, 10).indices);
    }

    /// Every image is as likely as any other: 4000 draws of 5 of 21.
    void subsetsAreUniform()
    {
        const Split whole = wholeSplit(imageSet());
        std::vector<int> hits(whole.size(), 0);
        for (std::uint64_t seed = 0; seed < 4000; ++seed)
            for (const std::uint32_t i : subset(whole, 5, seed).indices)
                ++hits[i];
        const double mean = 4000.0 * 5 / 21;
        const double sigma = std::sqrt(mean * (1 - 5.0 / 21));
        for (const int h : hits)
            QVERIFY2(std::abs(h - mean) < 5 * sigma, qPrintable(QString::number(h)));
    }

    void subsetOfASubsetKeepsItsOrder()
    {
        const Split odd{imageSet(), {20, 3, 9, 0, 11}};
        const Split drawn = subset(odd, 3, 1);
        QCOMPARE(drawn.size(), std::size_t(3));
        std::ptrdiff_t last = -1;
        for (const std::uint32_t index : drawn.indices) {
            const auto at =
                std::find(odd.indices.begin(), odd.indices.end(), index) - odd.indices.begin();
            QVERIFY(at > last && at < 5);
            last = at;
        }
    }
};

QTEST_GUILESS_MAIN(TestSplits)
#include "tst_splits.moc"
