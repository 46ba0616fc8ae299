// SPDX-License-Identifier: GPL-3.0-or-later
// Thumbnails: the pixels they hold, and why there are none.
#include "core/report/report_html.h"
#include "core/report/run_pictures.h"
#include "tests/core/report/made_record.h"

#include <QtTest>

#include <zlib.h>

#include <array>
#include <cstdlib>

using namespace augury;
using namespace augury::testing;

namespace {

struct Png {
    int width = 0;
    int height = 0;
    int channels = 0;
    std::vector<std::uint8_t> pixels;
};

std::uint32_t wordAt(const std::string& bytes, std::size_t at)
{
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i)
        word = (word << 8U) | static_cast<unsigned char>(bytes.at(at + i));
    return word;
}

/// A second reader, by the PNG specification (8 bits, grey or RGB, not interlaced).
Png readPng(const std::string& bytes)
{
    Png png;
    if (bytes.compare(0, 8, "\x89PNG\r\n\x1a\n") != 0)
        return png;
    std::string packed;
    for (std::size_t at = 8; at < bytes.size();) {
        const auto length = wordAt(bytes, at);
        const auto kind = bytes.substr(at + 4, 4);
        if (kind == "IHDR") {
            png.width = static_cast<int>(wordAt(bytes, at + 8));
            png.height = static_cast<int>(wordAt(bytes, at + 12));
            png.channels = bytes[at + 17] == 0 ? 1 : bytes[at + 17] == 2 ? 3 : 0;
        } else if (kind == "IDAT") {
            packed += bytes.substr(at + 8, length);
        }
        at += 12 + length;
    }
    const auto stride = static_cast<std::size_t>(png.width * png.channels);
    std::vector<std::uint8_t> raw((stride + 1) * static_cast<std::size_t>(png.height));
    uLongf size = raw.size();
    if (uncompress(raw.data(), &size, reinterpret_cast<const Bytef*>(packed.data()), packed.size())
        != Z_OK)
        return {};
    const auto step = static_cast<std::size_t>(png.channels);
    png.pixels.resize(stride * static_cast<std::size_t>(png.height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(png.height); ++y) {
        const auto filter = raw[y * (stride + 1)];
        for (std::size_t x = 0; x < stride; ++x) {
            const int left = x >= step ? png.pixels[y * stride + x - step] : 0;
            const int up = y > 0 ? png.pixels[(y - 1) * stride + x] : 0;
            const int corner = x >= step && y > 0 ? png.pixels[(y - 1) * stride + x - step] : 0;
            const int guess = left + up - corner;
            const int a = std::abs(guess - left);
            const int b = std::abs(guess - up);
            const int c = std::abs(guess - corner);
            const int paeth = a <= b && a <= c ? left : b <= c ? up : corner;
            const std::array added = {0, left, up, (left + up) / 2, paeth};
            png.pixels[y * stride + x] =
                static_cast<std::uint8_t>(raw[y * (stride + 1) + 1 + x] + added.at(filter));
        }
    }
    return png;
}

ImageSet imageOf(const Shape& shape)
{
    ImageSet set;
    set.shape = shape;
    set.labels = {0};
    for (std::size_t i = 0; i < shape.size(); ++i)
        set.pixels.push_back(static_cast<std::uint8_t>(i * 37 % 251));
    return set;
}

} // namespace

class RunPicturesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void enlargedByWholePixels_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("factor");
        QTest::newRow("grey 28") << 1 << 28 << 28 << 2;
        QTest::newRow("colour 32") << 3 << 32 << 32 << 2;
        QTest::newRow("colour 9 x 13") << 3 << 9 << 13 << 7;
        QTest::newRow("as it is") << 3 << 64 << 64 << 1;
    }

    void enlargedByWholePixels()
    {
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, factor);
        const auto set = imageOf({channels, height, width});
        const auto png = readPng(thumbnailPng(set.image(0)));
        QCOMPARE(png.width, width * factor);
        QCOMPARE(png.height, height * factor);
        QCOMPARE(png.channels, channels);
        QVERIFY(std::min(png.width, png.height) >= 56);
        for (int y = 0; y < png.height; ++y) {
            for (int x = 0; x < png.width * channels; ++x) {
                const int column = x / channels / factor;
                const auto expected = set.pixels[static_cast<std::size_t>(
                    ((y / factor) * width + column) * channels + x % channels)];
                QCOMPARE(
                    png.pixels[static_cast<std::size_t>(y * png.width * channels + x)], expected);
            }
        }
    }

    void largeOnesAreMadeSmaller()
    {
        const auto set = imageOf({3, 600, 300});
        const auto png = readPng(thumbnailPng(set.image(0)));
        QCOMPARE(png.height, 160);
        QCOMPARE(png.width, 80);
        const auto strip = imageOf({1, 4, 900}); // enlarged it would be huge
        QVERIFY(readPng(thumbnailPng(strip.image(0))).width <= 160);
    }

    void ofTheImagesThatAReportShows()
    {
        const auto dataset = madeData();
        const auto record = madeRecord(dataset);
        QCOMPARE(reportImages(record), (std::vector<std::uint32_t>{1, 2, 5}));
        const auto pictures = runPictures(record, dataset);
        QVERIFY(pictures.note.empty());
        QCOMPARE(pictures.thumbnails.size(), std::size_t(3));
        QCOMPARE(pictures.thumbnails.at(2), thumbnailPng(dataset.test->image(2)));
        const std::vector<std::uint32_t> beyond = {3, 8, 4'000'000'000};
        QCOMPARE(thumbnails(dataset, beyond).size(), std::size_t(1));
        // Other images: none rather than wrong ones.
        const auto other = runPictures(record, bandDataset(8, 9, {1, 4, 4}, 2));
        QVERIFY(other.thumbnails.empty());
        QVERIFY(other.note.find("not the ones") != std::string::npos);
        QVERIFY(runPictures(madeRecord(dataset, false), dataset).note.empty());
    }

    void whereTheRunHadThem()
    {
        const auto gone = runPictures(madeRecord());
        QVERIFY(gone.thumbnails.empty());
        QVERIFY(gone.note.find("/nowhere/pets") != std::string::npos);
        auto unknown = madeRecord();
        unknown.document["settings"]["data"] = "";
        QVERIFY(!runPictures(unknown).note.empty());
        auto damaged = madeRecord();
        damaged.document.erase("settings");
        QVERIFY(!runPictures(damaged).note.empty());
    }
};

QTEST_GUILESS_MAIN(RunPicturesTest)
#include "tst_run_pictures.moc"
