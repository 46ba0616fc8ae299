// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict in words, and the warning where there is too little to judge.
#include "core/evaluate/statistics.h"
#include "core/experiment/verdict.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace augury;

namespace {

/// Lifts that are all positive and all different: the clearest that n repeats can be.
std::vector<RepeatResult> clearRepeats(int n)
{
    std::vector<RepeatResult> repeats;
    for (int i = 0; i < n; ++i) {
        RepeatResult repeat;
        repeat.index = i;
        repeat.comparison = {.images = 1000,
            .baselineCorrect = 700,
            .ttaCorrect = 711 + i,
            .fixed = 21 + i,
            .broken = 10,
            .forwardPasses = 2000};
        repeats.push_back(repeat);
    }
    return repeats;
}

double leastP(int n)
{
    return summarise(clearRepeats(n)).pValue;
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

Comparison changed(std::int64_t fixed, std::int64_t broken)
{
    return {.images = 1000,
        .baselineCorrect = 700,
        .ttaCorrect = 700 + fixed - broken,
        .fixed = fixed,
        .broken = broken,
        .forwardPasses = 2000};
}

} // namespace

class VerdictTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void warnsExactlyWhereTheTestCannotSpeak()
    {
        // The tests themselves decide, on the clearest lifts that there can be.
        for (int n = 1; n <= 14; ++n) {
            for (const std::size_t runs : {1, 2, 5, 20}) {
                const bool canSpeak =
                    n > 1 && std::min(1.0, static_cast<double>(runs) * leastP(n)) <= 0.05;
                QCOMPARE(caution(static_cast<std::size_t>(n), runs).empty(), canSpeak);
                QCOMPARE(n >= fewestForTest(runs), canSpeak);
            }
        }
        QCOMPARE(fewestForTest(), 6);
        QCOMPARE(fewestForTest(10), 9); // 10 / 2^8 = 0.039
        QVERIFY(caution(0).empty());
    }

    void saysHowSmallTheValueCanGet()
    {
        QVERIFY(has(caution(3), "3 repeats"));
        QVERIFY(has(caution(3), "0.25"));
        QVERIFY(has(caution(3), "at least 6"));
        QVERIFY(std::abs(leastP(3) - 0.25) < 1e-12);
        QVERIFY(has(caution(5), "0.062"));
        QVERIFY(has(caution(6, 4), "4 runs"));
        QVERIFY(has(caution(6, 4), "0.12"));
        QVERIFY(has(caution(1), "One repeat"));
        QVERIFY(has(caution(2, 20), " 1,") || has(caution(2, 20), "below 1")); // never above 1
    }

    void ofOneModel()
    {
        for (std::int64_t fixed = 0; fixed <= 8; ++fixed) {
            const bool canSpeak = mcnemarExactP(fixed, 0) <= 0.05;
            QCOMPARE(caution(changed(fixed, 0)).empty(), canSpeak);
        }
        QVERIFY(has(caution(changed(2, 2)), "4 images"));
        QVERIFY(has(caution(changed(2, 2)), "0.12"));
        QVERIFY(has(caution(changed(0, 0)), "none of 1000 images"));
        QVERIFY(caution(changed(3, 3)).empty());
        QVERIFY(caution(Comparison()).empty());
    }

    void verdictsOfFewRepeats()
    {
        QVERIFY(verdict(std::vector<RepeatResult>()).empty());
        QVERIFY(has(verdict(clearRepeats(1)), "Run more"));
        QVERIFY(has(verdict(clearRepeats(5)), "too few for a rank test"));
        QVERIFY(has(verdict(clearRepeats(6)), "p = 0.03"));
    }
};

QTEST_GUILESS_MAIN(VerdictTest)
#include "tst_verdict.moc"
