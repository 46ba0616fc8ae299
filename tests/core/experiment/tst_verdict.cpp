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
        // The test itself decides, on the clearest lifts that there can be.
        for (int n = 1; n <= 14; ++n) {
            const bool canSpeak = n > 1 && leastP(n) <= 0.05;
            QCOMPARE(caution(static_cast<std::size_t>(n)).empty(), canSpeak);
            QCOMPARE(n >= fewestForTest(), canSpeak);
        }
        QCOMPARE(fewestForTest(), 6);
        QVERIFY(caution(0).empty());
    }

    void comparesExactlyWhereTheCorrectedTestCannotSpeak()
    {
        // Whatever the run's own p is, the best it could have been decides, beside the others'.
        const std::vector<double> others = {0.002, 0.03, 0.2};
        for (int n = 2; n <= 14; ++n) {
            for (const double own : {leastP(n), 0.9}) {
                std::vector<ComparedRun> runs = {{static_cast<std::size_t>(n), own}};
                for (const double p : others)
                    runs.push_back({40, p});
                // By hand: Holm multiplies by the tests that are not smaller, itself included, and
                // no run's value falls below that of a smaller p.
                double best = leastP(n);
                const int smaller = static_cast<int>(std::count_if(
                    others.begin(), others.end(), [&](double p) { return p < best; }));
                best *= 4 - smaller;
                if (smaller > 0)
                    best = std::max(best, 0.002 * 4);
                if (smaller > 1)
                    best = std::max(best, 0.03 * 3);
                const auto texts = cautions(runs);
                QCOMPARE(texts.size(), std::size_t(4));
                QCOMPARE(texts[0].empty(), best <= 0.05);
                QVERIFY(texts[1].empty());
            }
        }
        // Six repeats that are second of two: 0.031 stands as it is.
        const std::vector<ComparedRun> two = {{6, 0.03125}, {10, 0.00195}};
        QVERIFY(cautions(two)[0].empty());
        const std::vector<ComparedRun> three = {{6, 0.03125}, {6, 0.09375}, {10, 0.00195}};
        QVERIFY(has(cautions(three)[0], "below 0.062"));
        QVERIFY(has(
            cautions(std::vector<ComparedRun>{{1, std::nan("")}, {9, 0.004}})[0], "One repeat"));
        QVERIFY(cautions(std::vector<ComparedRun>{{0, std::nan("")}, {9, 0.004}})[0].empty());
    }

    void meansOfFewImagesAreNotRounded()
    {
        auto repeats = clearRepeats(2);
        repeats[0].comparison.broken = 1;
        repeats[1].comparison.broken = 0;
        repeats[0].comparison.fixed = 0;
        repeats[1].comparison.fixed = 1;
        QVERIFY(has(verdict(repeats), "0.5 images fixed and 0.5 broken a repeat"));
        QVERIFY(has(verdict(clearRepeats(2)), "22 images fixed and 10 broken a repeat")); // 21, 22
    }

    void saysHowSmallTheValueCanGet()
    {
        QVERIFY(has(caution(3), "3 repeats"));
        QVERIFY(has(caution(3), "0.25"));
        QVERIFY(has(caution(3), "at least 6"));
        QVERIFY(std::abs(leastP(3) - 0.25) < 1e-12);
        QVERIFY(has(caution(5), "0.062"));
        QVERIFY(has(caution(1), "One repeat"));
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
