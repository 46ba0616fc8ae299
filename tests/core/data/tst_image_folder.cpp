// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open_dataset.h"
#include "data_files.h"

#include <fmt/format.h>

#include <thread>

using namespace augury;
using namespace datafiles;

namespace {

/// RGB samples of an image of width × height, telling images apart by `tag`.
Bytes samples(std::size_t width, std::size_t height, std::size_t tag)
{
    Bytes rgb;
    for (std::size_t p = 0; p < width * height * 3; ++p)
        rgb.push_back(pixelValue(tag, p));
    return rgb;
}

Bytes pixelsOf(const ImageSet& set, std::size_t i)
{
    const auto view = set.image(i).pixels;
    return {view.begin(), view.end()};
}

} // namespace

class TestImageFolder : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_root;

private Q_SLOTS:
    void init()
    {
        m_root = fs::path(m_dir.path().toStdString()) / "pets";
        fs::remove_all(m_root);
    }

    void readsEveryPixelAsRgb()
    {
        writeBytes(m_root / "train/dog/a.png", png(5, 4, 3, samples(5, 4, 1)));
        writeBytes(m_root / "train/cat/b.bmp", bmp(5, 4, samples(5, 4, 2)));
        writeBytes(m_root / "test/dog/c.PNG", png(5, 4, 3, samples(5, 4, 3)));
        const Dataset data = openDataset(m_root);
        QCOMPARE(data.name, std::string("pets"));
        QCOMPARE(data.format, std::string("image folder"));
        QVERIFY((data.shape() == Shape{3, 4, 5}));
        QCOMPARE(data.classNames, (std::vector<std::string>{"cat", "dog"}));
        QCOMPARE(data.train->labels, (std::vector<std::int32_t>{0, 1}));
        QCOMPARE(data.test->labels, (std::vector<std::int32_t>{1}));
        QCOMPARE(pixelsOf(*data.train, 0), samples(5, 4, 2));
        QCOMPARE(pixelsOf(*data.train, 1), samples(5, 4, 1));
        QCOMPARE(pixelsOf(*data.test, 0), samples(5, 4, 3));
        QVERIFY(data.notes.empty());
    }

    void orderIsBytewiseByName()
    {
        const std::vector<std::string> sorted = {
            "10.png", "9.png", "B.png", "a.png", "\xC3\xA4.png"};
        for (const std::size_t i :
            {std::size_t(3), std::size_t(0), std::size_t(4), std::size_t(1), std::size_t(2)})
            for (const char* name : {"Zebra", "ant"})
                writeBytes(m_root / "train" / name / sorted[i],
                    greyPng(4, 4, static_cast<std::uint8_t>(100 * (*name == 'a') + i)));
        writeBytes(m_root / "test/ant/0.png", greyPng(4, 4, 9));
        const Dataset data = openDataset(m_root);
        QCOMPARE(data.classNames, (std::vector<std::string>{"Zebra", "ant"}));
        QCOMPARE(data.train->labels, (std::vector<std::int32_t>{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}));
        for (std::size_t i = 0; i < 5; ++i) {
            QCOMPARE(std::size_t(data.train->image(i).pixels[0]), i);
            QCOMPARE(std::size_t(data.train->image(5 + i).pixels[0]), 100 + i);
        }
    }

    void greyEverywhereIsOneChannel()
    {
        writeGoodFolder(m_root);
        QCOMPARE(openDataset(m_root).shape().channels, 1);
        // A single colour image, and not among those that are sampled first.
        for (int i = 0; i < 200; ++i)
            writeBytes(m_root / "train/cat" / fmt::format("x{}.png", 1000 + i),
                greyPng(4, 4, static_cast<std::uint8_t>(i)));
        writeBytes(m_root / "train/cat/x1001.png", png(4, 4, 3, samples(4, 4, 8)));
        const Dataset data = openDataset(m_root);
        QVERIFY((data.shape() == Shape{3, 4, 4}));
        QCOMPARE(pixelsOf(*data.train, 4), samples(4, 4, 8));
        QCOMPARE(pixelsOf(*data.train, 150), Bytes(48, 147));
    }

    void mostCommonSizeWins()
    {
        // 103 images of which 32 are 6×6; they sit where a sample of 32 would look.
        for (std::size_t i = 0; i < 100; ++i)
            writeBytes(m_root / "train/cat" / (std::to_string(1000 + i) + ".png"),
                greyPng(4, 5, static_cast<std::uint8_t>(i)));
        for (std::size_t k = 0; k < 32; ++k)
            if (k * 103 / 32 < 100)
                writeBytes(m_root / "train/cat" / (std::to_string(1000 + k * 103 / 32) + ".png"),
                    greyPng(6, 6, static_cast<std::uint8_t>(k)));
        writeBytes(m_root / "train/dog/1.png", greyPng(4, 5, 200));
        writeBytes(m_root / "train/dog/2.png", greyPng(4, 5, 201));
        writeBytes(m_root / "test/dog/1.png", greyPng(4, 5, 202));
        const Dataset data = openDataset(m_root);
        QVERIFY((data.shape() == Shape{1, 5, 4}));
        QCOMPARE(pixelsOf(*data.train, 0), Bytes(20, 0)); // a constant image stays constant
        QCOMPARE(pixelsOf(*data.train, 3), Bytes(20, 1));
        QCOMPARE(pixelsOf(*data.train, 4), Bytes(20, 4));
        QCOMPARE(data.notes.size(), std::size_t(1));
        QVERIFY(contains(data.notes[0], "of 103 images had another size and were resized to 5×4"));
    }

    void shrinkingAveragesAreas()
    {
        // 8×8 → 4×4: each pixel is the mean of a 2×2 block, here made a whole number.
        Bytes large(64);
        Bytes expected(16);
        for (std::size_t y = 0; y < 8; ++y)
            for (std::size_t x = 0; x < 8; ++x) {
                const auto base = static_cast<std::uint8_t>(10 * (y / 2) + 40 * (x / 2));
                large[y * 8 + x] = static_cast<std::uint8_t>(base + ((x + y) % 2 == 0 ? 8 : 2));
                expected[y / 2 * 4 + x / 2] = static_cast<std::uint8_t>(base + 5);
            }
        writeGoodFolder(m_root);
        writeBytes(m_root / "train/cat/0.png", png(8, 8, 1, large));
        OpenOptions options;
        options.imageSize = std::pair(4, 4);
        const Dataset data = openDataset(m_root, options);
        QCOMPARE(pixelsOf(*data.train, 0), expected);
        QVERIFY(contains(data.notes[0], "1 of 12 images had another size"));
        // Enlarging, and a wide target: height before width.
        options.imageSize = std::pair(6, 9);
        QVERIFY((openDataset(m_root, options).shape() == Shape{1, 6, 9}));
    }

    void threadsDoNotMatter()
    {
        for (int i = 0; i < 120; ++i)
            writeBytes(m_root / (i % 3 ? "one" : "two") / (std::to_string(i) + ".png"),
                png(static_cast<std::uint32_t>(8 + i % 2), 8, 3,
                    samples(static_cast<std::size_t>(8 + i % 2), 8, static_cast<std::size_t>(i))));
        OpenOptions options;
        options.threads = 1;
        const Dataset once = openDataset(m_root, options);
        options.threads = 4;
        const Dataset again = openDataset(m_root, options);
        QCOMPARE(again.train->pixels, once.train->pixels);
        QCOMPARE(again.train->labels, once.train->labels);
        QCOMPARE(again.test->pixels, once.test->pixels);
        QCOMPARE(again.notes, once.notes);
    }

    void sameBadFileOnAnyThreads()
    {
        writeGoodFolder(m_root);
        for (int i = 0; i < 60; ++i)
            writeBytes(m_root / "train/dog" / (std::to_string(100 + i) + ".png"),
                i >= 20 ? text("no image") : greyPng(4, 4, 1));
        for (const int threads : {1, 2, 4, 8}) {
            OpenOptions options;
            options.threads = threads;
            QVERIFY(contains(errorOf([&] { openDataset(m_root, options); }),
                (m_root / "train/dog/120.png").string() + " is not an image"));
        }
    }

    void stopsWithinAFewImages()
    {
        for (int i = 0; i < 400; ++i)
            writeBytes(m_root / (i % 2 ? "one" : "two") / (std::to_string(i) + ".png"),
                greyPng(64, 64, 1));
        std::int64_t last = 0;
        for (const int threads : {1, 4}) {
            OpenOptions options;
            options.threads = threads;
            std::stop_source source;
            const Job job{source.get_token(), [&](const Progress& p) {
                              last = p.done;
                              if (threads > 1 || p.done >= 40)
                                  source.request_stop();
                          }};
            QVERIFY_EXCEPTION_THROWN(openDataset(m_root, options, job), Cancelled);
            QVERIFY2(last <= 44, qPrintable(QString::number(last))); // one step of 1 %
        }
    }

    void progressComesFromTheCallingThreadInOrder()
    {
        for (int i = 0; i < 1000; ++i)
            writeBytes(
                m_root / (i % 2 ? "one" : "two") / (std::to_string(i) + ".png"), greyPng(4, 4, 1));
        const auto self = std::this_thread::get_id();
        std::vector<std::int64_t> seen;
        bool foreign = false;
        const Job job{{}, [&](const Progress& p) {
                          foreign = foreign || std::this_thread::get_id() != self;
                          seen.push_back(p.done);
                          if (p.total != 1000)
                              qFatal("total");
                      }};
        OpenOptions options;
        options.threads = 4;
        openDataset(m_root, options, job);
        QVERIFY(!foreign);
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QCOMPARE(seen.front(), std::int64_t(0));
        QCOMPARE(seen.back(), std::int64_t(1000));
        QVERIFY2(seen.size() <= 104, qPrintable(QString::number(seen.size())));
    }

    /// The helpers go home when the progress sink throws, and its exception comes through.
    void throwingProgressSink()
    {
        writeGoodFolder(m_root);
        OpenOptions options;
        options.threads = 4;
        const Job job{{}, [](const Progress&) { throw Error("sink"); }};
        QCOMPARE(errorOf([&] { openDataset(m_root, options, job); }), std::string("sink"));
    }
};

QTEST_GUILESS_MAIN(TestImageFolder)
#include "tst_image_folder.moc"
