// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/tempered_kernels.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

using namespace augury;
using namespace augury::test;

class TemperedKernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logs()
    {
        // Every order of magnitude, and around 1 and √½, where the parts of a log meet.
        std::vector<double> sums;
        for (int i = 0; i < 4000; ++i)
            sums.push_back(std::pow(10.0, -14 + 15.0 * i / 4000));
        for (const double centre : {1.0, std::sqrt(0.5), 0.5, 2.0})
            for (int i = -2; i < 2; ++i)
                sums.push_back(centre + i * 1e-15);
        const std::vector<float> none(sums.size(), 0.0F);
        std::vector<double> found(sums.size());
        kernels::logMeans(sums.data(), none.data(), 1, sums.size(), found.data());
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const double expected = std::log(std::max(sums[i], 1e-12));
            QVERIFY2(std::abs(found[i] - expected) <= 1e-15 * std::max(1.0, 4 * std::abs(expected)),
                qPrintable(QString::number(sums[i], 'g', 17)));
        }
        // (sum + view) · scale
        const std::vector<double> sum = {1.5, 0.25, 0, 2};
        const std::vector<float> view = {0.5F, 0.5F, 0.0F, 1.0F};
        std::vector<double> out(4);
        kernels::logMeans(sum.data(), view.data(), 0.25, 4, out.data());
        QVERIFY(std::abs(out[0] - std::log(0.5)) < 1e-15);
        QVERIFY(std::abs(out[1] - std::log(0.1875)) < 1e-15);
        QVERIFY(std::abs(out[2] - std::log(1e-12)) < 1e-14);
        QVERIFY(std::abs(out[3] - std::log(0.75)) < 1e-15);
    }

    void sums_data()
    {
        QTest::addColumn<double>("b");
        QTest::addColumn<int>("classes");
        for (const double b : {0.05, 0.3, 1.0, 2.5, 20.0})
            for (const int classes : {1, 2, 10, 1000})
                QTest::addRow("b = %g, K = %d", b, classes) << b << classes;
    }

    void sums()
    {
        QFETCH(double, b);
        QFETCH(int, classes);
        Dice dice(static_cast<std::uint32_t>(classes));
        constexpr std::size_t groups = 3;
        const auto k = static_cast<std::size_t>(classes);
        std::vector<double> logs(groups * kernels::lanes * k);
        for (auto& value : logs) // down to the least there is
            value = dice.below(8) == 0 ? std::log(1e-12) : -8 * dice.uniform();
        std::vector<double> weights(groups * kernels::lanes, 1.0);
        weights[10] = weights[11] = 0;

        long double norm = 0;
        long double mean = 0;
        long double variance = 0;
        for (std::size_t image = 0; image < 10; ++image) {
            long double z = 0;
            long double first = 0;
            long double second = 0;
            for (std::size_t c = 0; c < k; ++c) {
                const long double l = logs[(image / 4 * k + c) * 4 + image % 4];
                const long double e = std::exp(static_cast<long double>(b) * l);
                z += e;
                first += e * l;
                second += e * l * l;
            }
            norm += std::log(z);
            mean += first / z;
            variance += second / z - first / z * (first / z);
        }
        const auto found = kernels::temperedSums(logs.data(), weights.data(), groups, k, b);
        const auto near = [](double value, long double expected) {
            return std::abs(value - static_cast<double>(expected))
                <= 1e-11 * (1 + std::abs(static_cast<double>(expected)));
        };
        QVERIFY(near(found.logNorm, norm));
        QVERIFY(near(found.mean, mean));
        QVERIFY(near(found.variance, variance));
    }
};

QTEST_GUILESS_MAIN(TemperedKernelsTest)
#include "tst_tempered_kernels.moc"
