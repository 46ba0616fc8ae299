// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier.h"
#include "core/support/random.h"

#include <QtTest>

#include <cmath>

using namespace augury;

class SoftmaxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void againstLongDouble();
    void extremes();
    void wrongSizes();
    void recognisesProbabilities();
};

void SoftmaxTest::byHand()
{
    std::vector<float> rows = {0, std::log(3.0F), 5, 5};
    softmaxRows(rows, 2);
    const std::vector<float> expected = {0.25F, 0.75F, 0.5F, 0.5F};
    for (std::size_t i = 0; i < 4; ++i)
        QVERIFY(std::abs(rows[i] - expected[i]) < 1e-7F);
    std::vector<float> single = {-3, 1000};
    softmaxRows(single, 1);
    QVERIFY(single == (std::vector<float>{1, 1}));
}

void SoftmaxTest::againstLongDouble()
{
    for (const int classes : {2, 3, 10, 1000}) {
        std::vector<float> rows(static_cast<std::size_t>(classes) * 7);
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i] = static_cast<float>(30
                * (toUniform(randomWords(3, RandomUse::Subset, static_cast<std::uint32_t>(i))[0])
                    - 0.5));
        const auto logits = rows;
        softmaxRows(rows, classes);
        const auto k = static_cast<std::size_t>(classes);
        for (std::size_t row = 0; row < 7; ++row) {
            long double sum = 0;
            double total = 0;
            for (std::size_t i = row * k; i < (row + 1) * k; ++i) {
                sum += std::exp(static_cast<long double>(logits[i]));
                total += static_cast<double>(rows[i]);
            }
            QVERIFY(std::abs(total - 1) < 1e-6);
            for (std::size_t i = row * k; i < (row + 1) * k; ++i) {
                const auto exact =
                    static_cast<double>(std::exp(static_cast<long double>(logits[i])) / sum);
                QVERIFY(std::abs(static_cast<double>(rows[i]) - exact) <= 1e-6 * exact + 1e-12);
            }
        }
    }
}

void SoftmaxTest::extremes()
{
    std::vector<float> rows = {1e30F, -1e30F, 0, -3e38F, 3e38F, 3e38F};
    softmaxRows(rows, 3);
    QVERIFY(rows == (std::vector<float>{1, 0, 0, 0, 0.5F, 0.5F}));
}

void SoftmaxTest::wrongSizes()
{
    std::vector<float> rows(5);
    QVERIFY_EXCEPTION_THROWN(softmaxRows(rows, 2), Error);
    QVERIFY_EXCEPTION_THROWN(softmaxRows(rows, 0), Error);
    QVERIFY_EXCEPTION_THROWN(looksLikeProbabilities(rows, 2), Error);
}

void SoftmaxTest::recognisesProbabilities()
{
    const auto looks = [](std::vector<float> rows, int classes) {
        return looksLikeProbabilities(rows, classes);
    };
    QVERIFY(looks({0.2F, 0.3F, 0.5F, 0, 1, 0}, 3));
    QVERIFY(looks({0.50004F, 0.5F}, 2)); // as coarse as half precision
    QVERIFY(!looks({0.5002F, 0.5F}, 2));
    QVERIFY(!looks({0.2F, 0.3F, 0.5F, 0.5F, 0.5F, 0.5F}, 3)); // one row of two
    QVERIFY(!looks({1.5F, -0.5F}, 2)); // sums to 1
    QVERIFY(!looks({0.5F, 0.4F}, 2));
    QVERIFY(!looks({std::nanf(""), 1}, 2));
    QVERIFY(!looks({0, 0}, 2));
    std::vector<float> rows(5000);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = static_cast<float>(i % 17);
    QVERIFY(!looks(rows, 1000));
    softmaxRows(rows, 1000);
    QVERIFY(looks(rows, 1000));
}

QTEST_GUILESS_MAIN(SoftmaxTest)
#include "tst_softmax.moc"
