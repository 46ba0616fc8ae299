// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/normalisation.h"
#include "core/support/error.h"
#include "tests/support/made_images.h"

#include <QtTest>

#include <cmath>

using namespace augury;
using namespace augury::testing;

class NormalisationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standardisedPixelsHaveMeanZeroAndDeviationOne()
    {
        const auto images = noiseImages(5, {3, 7, 6}, 2);
        const auto n = normalisationOf(NormalisationKind::Standardise, wholeSplit(images));
        for (std::size_t c = 0; c < 3; ++c) {
            double sum = 0;
            double squares = 0;
            double count = 0;
            for (std::size_t p = c; p < images->pixels.size(); p += 3) {
                const double x = (images->pixels[p] / 255.0 - n.mean[c]) / n.std[c];
                sum += x;
                squares += x * x;
                ++count;
            }
            QVERIFY(std::abs(sum / count) < 1e-9);
            QVERIFY(std::abs(squares / count - 1) < 1e-9);
        }
    }

    void scaledImagesAreSeenAsTheyAre()
    {
        for (const int channels : {1, 3}) {
            const auto images = noiseImages(2, {channels, 16, 20}, 2);
            const auto n = normalisationOf(NormalisationKind::Scale, wholeSplit(images));
            QCOMPARE(seenRange(n).first, 0.0);
            QCOMPARE(seenRange(n).second, 1.0);
            const auto image = images->image(1);
            QVERIFY(asSeen(image, n)
                == std::vector<std::uint8_t>(image.pixels.begin(), image.pixels.end()));
        }
    }

    /// One channel has nothing to differ from: the linear map back is the image again.
    void oneStandardisedChannelIsTheImage()
    {
        const Normalisation n{NormalisationKind::Standardise, {0.2860}, {0.3530}};
        std::vector<std::uint8_t> all(256);
        for (std::size_t i = 0; i < 256; ++i)
            all[i] = static_cast<std::uint8_t>(i);
        QVERIFY(asSeen({{1, 16, 16}, all}, n) == all);
    }

    /// By hand: red takes −1…1, green −1…3, blue −3…1, so −3…3 becomes 0…255.
    void channelsShareOneRange()
    {
        const Normalisation n{NormalisationKind::Standardise, {0.5, 0.25, 0.75}, {0.5, 0.25, 0.25}};
        QCOMPARE(seenRange(n).first, -3.0);
        QCOMPARE(seenRange(n).second, 3.0);
        const std::vector<std::uint8_t> pixels = {0, 0, 0, 255, 255, 255, 51, 102, 204};
        const auto seen = asSeen({{3, 1, 3}, pixels}, n);
        // 51: (0.2 − 0.5) / 0.5 = −0.6 → 2.4 / 6 · 255 = 102; 102: 0.6 → 153; 204: 0.2 → 136.
        const std::vector<std::uint8_t> expected = {85, 85, 0, 170, 255, 170, 102, 153, 136};
        QVERIFY(seen == expected);
    }

    void otherChannelsAreRefused()
    {
        const std::vector<std::uint8_t> pixels(12);
        const Normalisation grey{NormalisationKind::Scale, {0}, {1}};
        QVERIFY_EXCEPTION_THROWN(asSeen({{3, 2, 2}, pixels}, grey), Error);
        QVERIFY_EXCEPTION_THROWN(asSeen({{3, 2, 2}, pixels}, Normalisation{}), Error);
    }
};

QTEST_GUILESS_MAIN(NormalisationTest)
#include "tst_normalisation.moc"
