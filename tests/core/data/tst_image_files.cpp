// SPDX-License-Identifier: GPL-3.0-or-later
// How single picture files are decoded: formats, depths, EXIF, damage.
#include "core/data/open_dataset.h"
#include "data_files.h"

#include <random>

using namespace augury;
using namespace datafiles;

namespace {

// 16×8 pixels, the left half pure red, the right half pure blue.
const char* const jpegText =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4R"
    "DgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
    "FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA"
    "AAcI/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAcI/8QAGBEAAgMAAAAAAAAAAAAA"
    "AAAAAAhFg8P/2gAMAwEAAhEDEQA/AM6IEBwWWYo2KNYaKuyP/9k=";
const char* const webpText = "UklGRiYAAABXRUJQVlA4TBkAAAAvD8ABAA8Q87//8x8OxILJ/KU7U4jof+QAAA==";
const char* const tiffText =
    "SUkqAEYAAACAP8AQOCQWDQeBgEAQKEQ2DQyHRGEwuJRGIRWGwqLxiCxuOQWNR+Dx6RACQyWCSSRSeURSWwSWSiVR"
    "+YyWAgwAAAEDAAEAAAAQAAAAAQEDAAEAAAAIAAAAAgEDAAMAAADcAAAAAwEDAAEAAAAFAAAABgEDAAEAAAACAAAA"
    "EQEEAAEAAAAIAAAAFQEDAAEAAAADAAAAFgEDAAEAAAAIAAAAFwEEAAEAAAA+AAAAHAEDAAEAAAABAAAAPQEDAAEA"
    "AAACAAAAUwEDAAMAAADiAAAAAAAAAAgACAAIAAEAAQABAA==";

/// An APP1 segment that says "rotate by 90° clockwise to view".
Bytes withExifOrientation6(const Bytes& jpeg)
{
    const Bytes exif = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0,
        1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
    return joined({{jpeg.begin(), jpeg.begin() + 2}, exif, {jpeg.begin() + 2, jpeg.end()}});
}

} // namespace

class TestImageFiles : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_root;
    fs::path m_file;

    /// The one training image of class "a".
    ImageSet decoded(const Bytes& bytes)
    {
        writeBytes(m_file, bytes);
        return *openDataset(m_root).train;
    }

private Q_SLOTS:
    void init()
    {
        m_root = fs::path(m_dir.path().toStdString()) / "pictures";
        fs::remove_all(m_root);
        m_file = m_root / "train/a/picture";
        // One grey picture more in each class, of a size that never wins.
        writeBytes(m_root / "test/b/1.png", greyPng(60, 60, 1));
        writeBytes(m_root / "train/b/1.png", greyPng(61, 60, 1));
    }

    void formats_data()
    {
        QTest::addColumn<QByteArray>("base64Text");
        QTest::addColumn<int>("tolerance");
        QTest::newRow("JPEG") << QByteArray(jpegText) << 3;
        QTest::newRow("WebP") << QByteArray(webpText) << 0;
        QTest::newRow("TIFF") << QByteArray(tiffText) << 0;
    }

    void formats()
    {
        QFETCH(QByteArray, base64Text);
        QFETCH(int, tolerance);
        const ImageSet set = decoded(base64(base64Text.constData()));
        QVERIFY((set.shape == Shape{3, 8, 16}));
        for (std::size_t y = 0; y < 8; ++y)
            for (std::size_t x = 0; x < 16; ++x) {
                if (tolerance > 0 && x >= 6 && x < 10)
                    continue; // JPEG's colour planes are coarser: the edge is soft
                const auto* pixel = set.image(0).pixels.data() + (y * 16 + x) * 3;
                QVERIFY(std::abs(pixel[0] - (x < 8 ? 255 : 0)) <= tolerance);
                QVERIFY(pixel[1] <= tolerance);
                QVERIFY(std::abs(pixel[2] - (x < 8 ? 0 : 255)) <= tolerance);
            }
    }

    void exifOrientationIsApplied()
    {
        const ImageSet set = decoded(withExifOrientation6(base64(jpegText)));
        QVERIFY((set.shape == Shape{3, 16, 8})); // on its side: red on top, blue below
        for (std::size_t y = 0; y < 16; ++y) {
            if (y >= 6 && y < 10)
                continue;
            const auto* pixel = set.image(0).pixels.data() + (y * 8 + 4) * 3;
            QVERIFY(std::abs(pixel[0] - (y < 8 ? 255 : 0)) <= 3);
            QVERIFY(std::abs(pixel[2] - (y < 8 ? 0 : 255)) <= 3);
        }
    }

    void sixteenBitsBecomeEight()
    {
        Bytes deep;
        for (std::size_t p = 0; p < 20; ++p)
            deep.insert(deep.end(), {static_cast<std::uint8_t>(10 * p), 0x37});
        const ImageSet set = decoded(png(5, 4, 1, deep, 16));
        QVERIFY((set.shape == Shape{1, 4, 5}));
        for (std::size_t p = 0; p < 20; ++p)
            QCOMPARE(std::size_t(set.image(0).pixels[p]), 10 * p);
    }

    void alphaIsDropped()
    {
        Bytes rgba;
        for (std::size_t p = 0; p < 16; ++p)
            rgba.insert(rgba.end(),
                {pixelValue(0, p), pixelValue(1, p), pixelValue(2, p),
                    static_cast<std::uint8_t>(16 * p)});
        const ImageSet set = decoded(png(4, 4, 4, rgba));
        QVERIFY((set.shape == Shape{3, 4, 4}));
        for (std::size_t p = 0; p < 16; ++p)
            for (std::size_t c = 0; c < 3; ++c)
                QCOMPARE(set.image(0).pixels[p * 3 + c], pixelValue(c, p));
    }

    void everyTruncationIsAnError_data()
    {
        QTest::addColumn<QByteArray>("whole");
        const auto row = [](const char* tag, const Bytes& b) {
            QTest::newRow(tag) << QByteArray(
                reinterpret_cast<const char*>(b.data()), static_cast<qsizetype>(b.size()));
        };
        row("PNG", png(5, 4, 3, Bytes(60, 9)));
        row("BMP", bmp(5, 4, Bytes(60, 9)));
        row("JPEG", base64(jpegText));
        row("JPEG with EXIF", withExifOrientation6(base64(jpegText)));
        row("WebP", base64(webpText));
    }

    void everyTruncationIsAnError()
    {
        QFETCH(QByteArray, whole);
        for (qsizetype n = 0; n < whole.size(); ++n) {
            const QByteArray part = whole.first(n);
            writeBytes(m_file, {part.begin(), part.end()});
            const std::string error = errorOf([&] { openDataset(m_root); });
            QVERIFY2(error.find(m_file.string()) != std::string::npos,
                qPrintable(
                    QStringLiteral("%1 bytes: %2").arg(n).arg(QString::fromStdString(error))));
        }
        writeBytes(m_file, {whole.begin(), whole.end()});
        QCOMPARE(errorOf([&] { openDataset(m_root); }), std::string());
    }

    void junkAfterTheEndIsHarmless()
    {
        const ImageSet once = decoded(base64(jpegText));
        const ImageSet again = decoded(joined({base64(jpegText), Bytes(100, 0xFF), text("junk")}));
        QCOMPARE(again.pixels, once.pixels);
    }

    void mutatedFilesNeverCrash()
    {
        std::mt19937 random(4);
        const std::vector<Bytes> wholes = {png(5, 4, 3, Bytes(60, 9)), bmp(5, 4, Bytes(60, 9)),
            base64(jpegText), withExifOrientation6(base64(jpegText))};
        int errors = 0;
        for (int i = 0; i < 1000; ++i) {
            Bytes bytes = wholes[static_cast<std::size_t>(i) % wholes.size()];
            for (unsigned k = 0; k <= random() % 4; ++k)
                bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
            writeBytes(m_file, bytes);
            errors += errorOf([&] { openDataset(m_root); }).empty() ? 0 : 1;
        }
        QVERIFY(errors > 300);
    }
};

QTEST_GUILESS_MAIN(TestImageFiles)
#include "tst_image_files.moc"
