// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_images.h"
#include "ui/session/thumbnails.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace augury;
using augury::testing::noiseImages;
using augury::testing::wholeSplit;

namespace {

constexpr int s_patience = 10'000; // ms

using Positions = std::vector<std::uint32_t>;

/// Holds the worker until it is let go.
class Blocker {
public:
    explicit Blocker(Worker& worker)
    {
        worker.start({QStringLiteral("block"), [this](JobContext&) -> std::function<void()> {
                          m_began.release();
                          m_go.acquire();
                          return {};
                      }});
    }
    bool began() { return m_began.tryAcquire(1, s_patience); }
    void letGo() { m_go.release(); }

private:
    QSemaphore m_began;
    QSemaphore m_go;
};

/// All positions in the order in which they became ready.
struct Ready {
    explicit Ready(Thumbnails& thumbnails)
    {
        QObject::connect(
            &thumbnails, &Thumbnails::ready, &thumbnails, [this](const Positions& made) {
                all.insert(all.end(), made.begin(), made.end());
                largest = std::max(largest, made.size());
            });
    }
    Positions all;
    std::size_t largest = 0;
};

Positions descending(std::uint32_t last, std::uint32_t count)
{
    Positions positions(count);
    for (std::uint32_t i = 0; i < count; ++i)
        positions[i] = last - i;
    return positions;
}

int grey(const Split& split, std::size_t position, int x, int y)
{
    const auto image = split.image(position);
    return image.pixels[static_cast<std::size_t>(y * image.shape.width + x)];
}

} // namespace

class ThumbnailsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallImagesKeepTheirPixels()
    {
        Worker worker;
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        const Split split{noiseImages(9, {1, 5, 7}, 2), {8, 2, 5}};
        thumbnails.setSplit(split);
        thumbnails.setSide(21); // 3 × 7
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(thumbnails.picture(i).isNull());
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(3), s_patience);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto picture = thumbnails.picture(i);
            QCOMPARE(picture.size(), QSize(21, 15));
            for (int y = 0; y < 15; ++y)
                for (int x = 0; x < 21; ++x) {
                    const int value = grey(split, i, x / 3, y / 3);
                    QCOMPARE(picture.pixel(x, y), qRgb(value, value, value));
                }
        }
        QVERIFY(thumbnails.picture(3).isNull()); // there is no such image
    }

    void smallImagesFillTheSide_data()
    {
        QTest::addColumn<QSize>("image");
        QTest::addColumn<int>("side");
        QTest::addColumn<QSize>("size");
        QTest::newRow("1.75×") << QSize(32, 32) << 56 << QSize(56, 56);
        QTest::newRow("2.625×, a screen of 1.5×") << QSize(32, 32) << 84 << QSize(84, 84);
        QTest::newRow("wide") << QSize(7, 5) << 24 << QSize(24, 17);
        QTest::newRow("tall, a side of a whole factor") << QSize(5, 6) << 20 << QSize(16, 20);
        QTest::newRow("1.2×") << QSize(20, 20) << 24 << QSize(24, 24);
    }

    void smallImagesFillTheSide()
    {
        QFETCH(QSize, image);
        QFETCH(int, side);
        QFETCH(QSize, size);
        Worker worker;
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        const auto split = wholeSplit(noiseImages(1, {1, image.height(), image.width()}, 2));
        thumbnails.setSplit(split);
        thumbnails.setSide(side);
        thumbnails.picture(0);
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(1), s_patience);
        const auto picture = thumbnails.picture(0);
        QCOMPARE(picture.size(), size);
        // A pixel that lies within one of the image's has its value; one across an edge is between.
        int within = 0;
        const auto source = [](int x, int from, int to) { // first and last that it touches
            return std::pair(x * from / to, ((x + 1) * from - 1) / to);
        };
        for (int y = 0; y < size.height(); ++y)
            for (int x = 0; x < size.width(); ++x) {
                const auto [left, right] = source(x, image.width(), size.width());
                const auto [top, bottom] = source(y, image.height(), size.height());
                int least = 255;
                int most = 0;
                for (const int v : {top, bottom})
                    for (const int u : {left, right}) {
                        least = std::min(least, grey(split, 0, u, v));
                        most = std::max(most, grey(split, 0, u, v));
                    }
                const int value = qGray(picture.pixel(x, y));
                QVERIFY2(value >= least - 2 && value <= most + 2,
                    qPrintable(QStringLiteral("%1, %2: %3 not in %4…%5")
                                   .arg(x)
                                   .arg(y)
                                   .arg(value)
                                   .arg(least)
                                   .arg(most)));
                within += left == right && top == bottom;
            }
        QVERIFY(within > 0);
    }

    void coloursKeepTheirOrder()
    {
        Worker worker;
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        const auto split = wholeSplit(noiseImages(1, {3, 4, 4}, 2));
        thumbnails.setSplit(split);
        thumbnails.setSide(4);
        thumbnails.picture(0);
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(1), s_patience);
        const auto picture = thumbnails.picture(0);
        QCOMPARE(picture.size(), QSize(4, 4));
        const auto bytes = split.image(0).pixels;
        for (std::size_t p = 0; p < 16; ++p)
            QCOMPARE(picture.pixel(static_cast<int>(p) % 4, static_cast<int>(p) / 4),
                qRgb(bytes[3 * p], bytes[3 * p + 1], bytes[3 * p + 2]));
    }

    void largeImagesAreSmoothed()
    {
        auto images = std::make_shared<ImageSet>();
        images->shape = {1, 24, 48};
        images->pixels = augury::testing::smoothImage(images->shape);
        images->labels = {0};
        const auto split = wholeSplit(images);
        Worker worker;
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        thumbnails.setSplit(split);
        thumbnails.setSide(12);
        thumbnails.picture(0);
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(1), s_patience);
        const auto picture = thumbnails.picture(0);
        QCOMPARE(picture.size(), QSize(12, 6));
        for (int y = 0; y < 6; ++y)
            for (int x = 0; x < 12; ++x) {
                double mean = 0; // of the 4 × 4 pixels below
                for (int i = 0; i < 16; ++i)
                    mean += grey(split, 0, 4 * x + i % 4, 4 * y + i / 4) / 16.0;
                const double error = std::abs(qGray(picture.pixel(x, y)) - mean);
                QVERIFY2(error <= 3, qPrintable(QString::number(error)));
            }
    }

    void theLatestAreMadeFirstAndTheOldestForgotten()
    {
        Worker worker;
        Blocker blocker(worker);
        QVERIFY(blocker.began());
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        thumbnails.setSplit(wholeSplit(noiseImages(1300, {1, 4, 4}, 2)));
        thumbnails.setSide(4);
        for (std::size_t i = 0; i < 1300; ++i)
            thumbnails.picture(i);
        thumbnails.picture(700); // once more: now it is the latest
        blocker.letGo();
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(1000), s_patience);
        auto expected = descending(1299, 1000);
        std::erase(expected, 700U);
        expected.insert(expected.begin(), 700U);
        QVERIFY(ready.all == expected);
        QVERIFY(ready.largest <= 64);
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
        QCOMPARE(ready.all.size(), std::size_t(1000));
        QVERIFY(!thumbnails.picture(300).isNull());
        QVERIFY(thumbnails.picture(299).isNull()); // asked again, and made
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(1001), s_patience);
        QVERIFY(!thumbnails.picture(299).isNull());
    }

    void keepsNoMoreBytesThanItMay()
    {
        Worker worker;
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        thumbnails.setSplit(wholeSplit(noiseImages(200, {1, 8, 8}, 2)));
        thumbnails.setSide(8);
        constexpr int bytes = 8 * 8 * 4;
        thumbnails.setBudget(10 * bytes);
        for (std::size_t i = 0; i < 200; ++i)
            thumbnails.picture(i);
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(200), s_patience);
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < 200; ++i)
            if (!thumbnails.picture(i).isNull())
                kept.push_back(i);
        // The last ten made: they were asked for first.
        std::vector<std::size_t> expected(10);
        std::iota(expected.begin(), expected.end(), std::size_t(0));
        QCOMPARE(kept, expected);
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
    }

    void workIsDoneOnTheWorker()
    {
        Worker worker;
        Blocker blocker(worker);
        QVERIFY(blocker.began());
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        QThread* signalThread = nullptr;
        connect(
            &thumbnails, &Thumbnails::ready, &thumbnails,
            [&] { signalThread = QThread::currentThread(); }, Qt::DirectConnection);
        thumbnails.setSplit(wholeSplit(noiseImages(5, {1, 4, 4}, 2)));
        QVERIFY(thumbnails.picture(1).isNull());
        // With the worker held, no number of turns of the window's loop brings a picture.
        int turns = 0;
        QTimer turn;
        connect(&turn, &QTimer::timeout, this, [&] { ++turns; });
        turn.start(0);
        QTRY_VERIFY_WITH_TIMEOUT(turns > 20, s_patience);
        QVERIFY(ready.all.empty());
        QVERIFY(thumbnails.picture(1).isNull());
        blocker.letGo();
        QTRY_COMPARE_WITH_TIMEOUT(ready.all, Positions{1}, s_patience);
        QCOMPARE(signalThread, thread());
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
        QCOMPARE(ready.all.size(), std::size_t(1)); // asked twice, made once
    }

    void whatComesForAnOlderSplitOrSideIsDropped_data()
    {
        QTest::addColumn<bool>("bySide");
        QTest::newRow("split") << false;
        QTest::newRow("side") << true;
    }

    void whatComesForAnOlderSplitOrSideIsDropped()
    {
        QFETCH(bool, bySide);
        Worker worker;
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        const auto one = wholeSplit(noiseImages(4, {1, 4, 4}, 2, 1));
        const auto other = wholeSplit(noiseImages(4, {1, 4, 4}, 2, 2));
        thumbnails.setSplit(one);
        thumbnails.setSide(4);
        // By then the job has its split and side, and its pictures have not yet come.
        connect(&worker, &Worker::started, &thumbnails, [&] {
            if (bySide)
                thumbnails.setSide(8);
            else
                thumbnails.setSplit(other);
        });
        QSignalSpy finished(&worker, &Worker::finished);
        thumbnails.picture(2);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, s_patience);
        QVERIFY(ready.all.empty());
        QVERIFY(thumbnails.picture(2).isNull());
        QTRY_COMPARE_WITH_TIMEOUT(ready.all, Positions{2}, s_patience);
        const auto picture = thumbnails.picture(2);
        const int factor = bySide ? 2 : 1;
        QCOMPARE(picture.width(), 4 * factor);
        for (int y = 0; y < 4; ++y)
            for (int x = 0; x < 4; ++x)
                QCOMPARE(qGray(picture.pixel(x * factor, y * factor)),
                    grey(bySide ? one : other, 2, x, y));
    }

    void theSameSplitAgainForgetsNothing()
    {
        Worker worker;
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        const auto split = wholeSplit(noiseImages(4, {1, 4, 4}, 2));
        thumbnails.setSplit(split);
        thumbnails.picture(0);
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(1), s_patience);
        thumbnails.setSplit(split);
        QVERIFY(!thumbnails.picture(0).isNull());
    }

    void whatIsStoppedIsMadeLater()
    {
        Worker worker;
        Blocker blocker(worker);
        QVERIFY(blocker.began());
        Thumbnails thumbnails(worker);
        Ready ready(thumbnails);
        thumbnails.setSplit(wholeSplit(noiseImages(200, {1, 4, 4}, 2)));
        QSignalSpy finished(&worker, &Worker::finished);
        for (std::size_t i = 0; i < 200; ++i)
            thumbnails.picture(i);
        int turns = 0;
        QTimer turn;
        connect(&turn, &QTimer::timeout, this, [&] { ++turns; });
        turn.start(0);
        QTRY_VERIFY_WITH_TIMEOUT(turns > 20, s_patience); // its job waits behind the blocker
        worker.beginGeneration();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, s_patience);
        QCOMPARE(finished.first().at(1).value<JobEnd>(), JobEnd::Stopped);
        QVERIFY(ready.all.empty());
        blocker.letGo();
        QTRY_COMPARE_WITH_TIMEOUT(ready.all.size(), std::size_t(200), s_patience);
        QVERIFY(ready.all == descending(199, 200));
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
    }

    void mayGoAwayBeforeItsPicturesCome()
    {
        Worker worker;
        auto thumbnails = std::make_unique<Thumbnails>(worker);
        thumbnails->setSplit(wholeSplit(noiseImages(4, {1, 4, 4}, 2)));
        thumbnails->picture(0);
        QSignalSpy finished(&worker, &Worker::finished);
        connect(&worker, &Worker::started, this, [&] { thumbnails.reset(); });
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, s_patience);
        QVERIFY(!thumbnails);
    }
};

QTEST_GUILESS_MAIN(ThumbnailsTest)
#include "tst_thumbnails.moc"
