// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open_dataset.h"
#include "data_files.h"

#include <fmt/format.h>

#include <random>

using namespace augury;
using namespace datafiles;

namespace {

constexpr std::size_t planeSize = 32 * 32;

/// What the record of image `image` holds for row y, column x, colour c.
std::uint8_t valueAt(std::size_t image, std::size_t y, std::size_t x, std::size_t c)
{
    return static_cast<std::uint8_t>((image * 17 + y * 5 + x * 3 + c * 101) % 256);
}

Bytes record(std::size_t image, const Bytes& labels)
{
    Bytes bytes = labels;
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t y = 0; y < 32; ++y)
            for (std::size_t x = 0; x < 32; ++x)
                bytes.push_back(valueAt(image, y, x, c));
    return bytes;
}

std::string lines(const char* prefix, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += prefix + std::to_string(i) + "\n";
    return all;
}

} // namespace

class TestCifar : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = fs::path(m_dir.path().toStdString()) / "cifar";
        fs::remove_all(m_folder);
        writeBytes(m_folder / "data_batch_1.bin", joined({record(0, {3}), record(1, {9})}));
        writeBytes(m_folder / "data_batch_2.bin", record(2, {0}));
        writeBytes(m_folder / "test_batch.bin", joined({record(7, {1}), record(8, {2})}));
        writeBytes(m_folder / "batches.meta.txt", text(lines("name ", 10) + "\n"));
    }

    void planesBecomePixels()
    {
        const Dataset data = openDataset(m_folder);
        QCOMPARE(data.format, std::string("CIFAR-10 binary"));
        QVERIFY((data.shape() == Shape{3, 32, 32}));
        QCOMPARE(data.train->labels, (std::vector<std::int32_t>{3, 9, 0}));
        QCOMPARE(data.test->labels, (std::vector<std::int32_t>{1, 2}));
        QCOMPARE(data.classNames[9], std::string("name 9"));
        QCOMPARE(data.train->pixels.size(), 3 * 3 * planeSize);
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t y = 0; y < 32; ++y)
                for (std::size_t x = 0; x < 32; ++x)
                    for (std::size_t c = 0; c < 3; ++c)
                        QCOMPARE(
                            data.train->image(i).pixels[(y * 32 + x) * 3 + c], valueAt(i, y, x, c));
        QCOMPARE(data.test->image(1).pixels[5], valueAt(8, 0, 1, 2));
    }

    void batchesAreInNumericOrder()
    {
        for (int n = 3; n <= 11; ++n)
            writeBytes(m_folder / fmt::format("data_batch_{}.bin", n),
                record(0, {static_cast<std::uint8_t>(n % 10)}));
        const Dataset data = openDataset(m_folder);
        QCOMPARE(
            data.train->labels, (std::vector<std::int32_t>{3, 9, 0, 3, 4, 5, 6, 7, 8, 9, 0, 1}));
        QVERIFY2(data.notes.size() == 0 || data.notes[0].find("data_batch") == std::string::npos,
            data.notes.empty() ? "" : data.notes[0].c_str());
    }

    void gapsAndMissingNamesAreNoted()
    {
        fs::rename(m_folder / "data_batch_2.bin", m_folder / "data_batch_3.bin");
        fs::remove(m_folder / "batches.meta.txt");
        const Dataset data = openDataset(m_folder);
        QCOMPARE(data.notes[0], std::string("data_batch_2.bin is missing."));
        QVERIFY(contains(data.notes[1], "batches.meta.txt is missing"));
        QCOMPARE(data.classNames[4], std::string("class 4"));
        QCOMPARE(data.classNames.size(), std::size_t(10));
    }

    void hundredTakesTheFineLabel()
    {
        const fs::path folder = m_folder.parent_path() / "cifar-100-binary";
        writeBytes(folder / "train.bin", joined({record(0, {19, 99}), record(1, {255, 0})}));
        writeBytes(folder / "test.bin", record(2, {0, 42}));
        writeBytes(folder / "fine_label_names.txt", text(lines("fine ", 100)));
        Dataset data = openDataset(folder);
        QCOMPARE(data.format, std::string("CIFAR-100 binary"));
        QCOMPARE(data.name, std::string("CIFAR-100"));
        QCOMPARE(data.train->labels, (std::vector<std::int32_t>{99, 0}));
        QCOMPARE(data.test->labels, (std::vector<std::int32_t>{42}));
        QCOMPARE(data.classNames[42], std::string("fine 42"));
        QCOMPARE(data.train->image(1).pixels[3 * 32 + 1], valueAt(1, 1, 0, 1));

        writeBytes(folder / "test.bin", record(2, {0, 100}));
        QVERIFY(contains(errorOf([&] { openDataset(folder); }), "record 0 (byte 1) has label 100"));
        writeBytes(folder / "test.bin", Bytes(3073, 0)); // CIFAR-10's record
        QVERIFY(contains(errorOf([&] { openDataset(folder); }), "3073 bytes hold 0"));
        writeBytes(folder / "test.bin", record(2, {0, 42}));
        writeBytes(folder / "fine_label_names.txt", text(lines("fine ", 99)));
        QVERIFY(contains(errorOf([&] { openDataset(folder); }), "has 99 class names"));
        fs::remove(folder / "fine_label_names.txt");
        data = openDataset(folder);
        QCOMPARE(data.classNames[99], std::string("class 99"));
        fs::remove(folder / "test.bin");
        QVERIFY(contains(errorOf([&] { openDataset(folder); }), "test.bin with the test images"));
        fs::remove_all(folder);
    }

    void badFiles()
    {
        writeBytes(m_folder / "data_batch_2.bin", joined({record(0, {1}), record(1, {10})}));
        std::string error = errorOf([&] { openDataset(m_folder); });
        QVERIFY(contains(error, (m_folder / "data_batch_2.bin").string()));
        QVERIFY(contains(error, "record 1 (byte 3073) has label 10"));

        writeBytes(m_folder / "data_batch_2.bin", joined({record(0, {1}), Bytes(12, 0)}));
        error = errorOf([&] { openDataset(m_folder); });
        QVERIFY(contains(error, "hold 1 and 12 bytes are left over from byte 3073 on"));

        writeBytes(m_folder / "data_batch_2.bin", {});
        QVERIFY(contains(errorOf([&] { openDataset(m_folder); }), "data_batch_2.bin is empty"));

        writeBytes(m_folder / "data_batch_2.bin", record(0, {1}));
        writeBytes(m_folder / "batches.meta.txt", text(lines("n", 11)));
        QVERIFY(contains(errorOf([&] { openDataset(m_folder); }), "has 11 class names"));
        writeBytes(m_folder / "batches.meta.txt", {});
        QVERIFY(contains(errorOf([&] { openDataset(m_folder); }), "batches.meta.txt is empty"));

        fs::remove(m_folder / "test_batch.bin");
        QVERIFY(contains(errorOf([&] { openDataset(m_folder); }), "test_batch.bin"));
    }

    void everyTruncationIsAnError()
    {
        const Bytes whole = joined({record(0, {1}), record(1, {2})});
        for (std::size_t n = 0; n < whole.size(); ++n) {
            writeBytes(m_folder / "test_batch.bin",
                {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n)});
            const std::string error = errorOf([&] { openDataset(m_folder); });
            if (n == 3073) // exactly one record: a whole file
                QCOMPARE(error, std::string());
            else
                QVERIFY2(error.find("test_batch.bin") != std::string::npos,
                    qPrintable(QString::number(n)));
        }
    }

    void mutatedFilesNeverCrash()
    {
        std::mt19937 random(2);
        const Bytes whole = joined({record(0, {1}), record(1, {2})});
        int errors = 0;
        for (int i = 0; i < 300; ++i) {
            Bytes bytes = whole;
            bytes[(random() % 2) * 3073] = static_cast<std::uint8_t>(random());
            bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
            writeBytes(m_folder / "test_batch.bin", bytes);
            errors += errorOf([&] { openDataset(m_folder); }).empty() ? 0 : 1;
        }
        QVERIFY(errors > 200);
    }

    void testImagesAlone()
    {
        fs::remove(m_folder / "data_batch_1.bin");
        fs::remove(m_folder / "data_batch_2.bin");
        const Dataset data = openDataset(m_folder);
        QCOMPARE(data.train->size(), std::size_t(0));
        QVERIFY((data.train->shape == Shape{3, 32, 32}));
        QCOMPARE(data.test->size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestCifar)
#include "tst_cifar.moc"
