// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open_dataset.h"
#include "data_files.h"

#include <sys/resource.h>

#include <random>

using namespace augury;
using namespace datafiles;

namespace {

struct Files {
    Bytes trainImages = idxImages(5, 4, 3);
    Bytes trainLabels = idxLabels({0, 1, 2, 1, 0});
    Bytes testImages = idxImages(3, 4, 3);
    Bytes testLabels = idxLabels({2, 0, 1});

    void writeTo(const fs::path& folder) const
    {
        writeBytes(folder / "train-images-idx3-ubyte", trainImages);
        writeBytes(folder / "train-labels-idx1-ubyte", trainLabels);
        writeBytes(folder / "t10k-images-idx3-ubyte", testImages);
        writeBytes(folder / "t10k-labels-idx1-ubyte", testLabels);
    }
};

const std::array<const char*, 4> names = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

/// Lowers the limit of this process's address space to what it uses plus `room` while it lives.
class MemoryLimit {
public:
    explicit MemoryLimit(rlim_t room)
    {
        std::ifstream statm("/proc/self/statm");
        rlim_t pages = 0;
        statm >> pages;
        getrlimit(RLIMIT_AS, &m_old);
        rlimit limit = m_old;
        limit.rlim_cur = pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + room;
        m_set = pages > 0 && setrlimit(RLIMIT_AS, &limit) == 0;
    }
    ~MemoryLimit() { setrlimit(RLIMIT_AS, &m_old); }
    MemoryLimit(const MemoryLimit&) = delete;
    MemoryLimit& operator=(const MemoryLimit&) = delete;
    bool isSet() const { return m_set; }

private:
    rlimit m_old{};
    bool m_set = false;
};

} // namespace

class TestIdx : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = fs::path(m_dir.path().toStdString()) / "digits";
        fs::remove_all(m_folder);
        Files().writeTo(m_folder);
    }

    void readsEveryPixelAndLabel()
    {
        const Dataset data = openDataset(m_folder);
        QCOMPARE(data.name, std::string("digits"));
        QCOMPARE(data.format, std::string("IDX"));
        QVERIFY((data.shape() == Shape{1, 4, 3}));
        QCOMPARE(data.classNames, (std::vector<std::string>{"0", "1", "2"}));
        QCOMPARE(data.train->labels, (std::vector<std::int32_t>{0, 1, 2, 1, 0}));
        QCOMPARE(data.test->labels, (std::vector<std::int32_t>{2, 0, 1}));
        QCOMPARE(data.train->pixels.size(), std::size_t(5 * 12));
        for (std::size_t i = 0; i < 5; ++i)
            for (std::size_t p = 0; p < 12; ++p)
                QCOMPARE(data.train->image(i).pixels[p], pixelValue(i, p));
        QCOMPARE(data.test->image(2).pixels[11], pixelValue(2, 11));
        QVERIFY(data.notes.empty());
    }

    void gzipAndPlainAreEqual()
    {
        const Dataset plain = openDataset(m_folder);
        const fs::path packed = m_folder.parent_path() / "packed";
        const Files files;
        writeBytes(packed / "train-images-idx3-ubyte.gz", gzipped(files.trainImages));
        writeBytes(packed / "train-labels-idx1-ubyte.gz", gzipped(files.trainLabels));
        // Two members in a row are one gzip file; the header itself is cut in two.
        const Bytes& all = files.testImages;
        writeBytes(packed / "t10k-images-idx3-ubyte.gz",
            joined(
                {gzipped({all.begin(), all.begin() + 7}), gzipped({all.begin() + 7, all.end()})}));
        // Unpacked by a browser, the name left alone.
        writeBytes(packed / "t10k-labels-idx1-ubyte.gz", files.testLabels);
        const Dataset data = openDataset(packed);
        QCOMPARE(data.train->pixels, plain.train->pixels);
        QCOMPARE(data.train->labels, plain.train->labels);
        QCOMPARE(data.test->pixels, plain.test->pixels);
        QCOMPARE(data.test->labels, plain.test->labels);
    }

    void readsWhatSpansManyBuffers()
    {
        std::mt19937 random(3);
        Bytes images = idxHeader({0x803, 40, 300, 301});
        for (std::size_t i = 0; i < std::size_t(40) * 300 * 301; ++i)
            images.push_back(static_cast<std::uint8_t>(random()));
        Bytes labels(40);
        for (std::size_t i = 0; i < 40; ++i)
            labels[i] = static_cast<std::uint8_t>(i % 2);
        fs::remove(m_folder / names[2]);
        fs::remove_all(m_folder / names[0]);
        fs::remove_all(m_folder / names[1]);
        writeBytes(m_folder / "t10k-images-idx3-ubyte.gz", gzipped(images));
        writeBytes(m_folder / names[3], idxLabels(labels));
        const Dataset data = openDataset(m_folder);
        QVERIFY(std::equal(
            images.begin() + 16, images.end(), data.test->pixels.begin(), data.test->pixels.end()));
        // Test images alone are a data set too.
        QCOMPARE(data.train->size(), std::size_t(0));
        QVERIFY(data.train->shape == data.test->shape);
        QCOMPARE(data.notes.size(), std::size_t(1));
    }

    void namesOfClasses()
    {
        const fs::path fashion = m_folder.parent_path() / "My-Fashion-Set";
        Files().writeTo(fashion);
        Dataset data = openDataset(fashion);
        QCOMPARE(data.name, std::string("Fashion-MNIST"));
        QCOMPARE(data.classNames,
            (std::vector<std::string>{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"}));

        writeBytes(fashion / "classes.txt",
            text("\xEF\xBB\xBF"
                 "red\r\n  dark blue \n\ngr\xFCn"));
        data = openDataset(fashion);
        QCOMPARE(
            data.classNames, (std::vector<std::string>{"red", "dark blue", "gr\xEF\xBF\xBDn"}));

        writeBytes(fashion / "classes.txt", text("red\nblue\n"));
        QVERIFY(contains(errorOf([&] { openDataset(fashion); }), "classes.txt has 2 names"));
        writeBytes(fashion / "classes.txt", text("red\nblue\nred\n"));
        QVERIFY(contains(errorOf([&] { openDataset(fashion); }), "\"red\" occurs twice"));
        writeBytes(fashion / "classes.txt", text("\n \n"));
        QVERIFY(
            contains(errorOf([&] { openDataset(fashion); }), "classes.txt holds no class names"));
        fs::remove_all(fashion);
    }

    void badFiles_data()
    {
        QTest::addColumn<int>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* tag, int file, const Bytes& content, const char* expected) {
            QTest::newRow(tag) << file
                               << QByteArray(reinterpret_cast<const char*>(content.data()),
                                      static_cast<qsizetype>(content.size()))
                               << QByteArray(expected);
        };
        const Bytes pixels(60, 1);
        row("empty", 0, {}, "is empty");
        row("wrong magic", 0, joined({idxHeader({0x804, 5, 4, 3}), pixels}),
            "begins with 0x00000804, not 0x00000803");
        row("web page", 0, text("<!DOCTYPE html><html>"), "begins with 0x3c21444f");
        row("labels as images", 0, idxLabels({0, 1, 2, 1, 0}), "begins with 0x00000801");
        row("images as labels", 1, idxImages(5, 4, 3), "begins with 0x00000803, not 0x00000801");
        row("no images", 0, idxHeader({0x803, 0, 4, 3}), "holds no images");
        row("no rows", 0, idxHeader({0x803, 5, 0, 3}), "0×3 pixels");
        row("no columns", 0, idxHeader({0x803, 5, 4, 0}), "4×0 pixels");
        row("side too long", 0, idxHeader({0x803, 1, 4097, 1}), "1 to 4096");
        row("sides overflow 64 bits", 0, idxHeader({0x803, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}),
            "1 to 4096");
        row("cut off", 2, joined({idxHeader({0x803, 3, 4, 3}), Bytes(35, 1)}),
            "cut off at byte 51: its header promises 3 images of 4×3, 52 bytes in all, so 1 are");
        row("too long", 2, joined({idxHeader({0x803, 3, 4, 3}), Bytes(37, 1)}),
            "but 1 more follow from byte 52 on");
        row("too long, packed", 2, gzipped(joined({idxHeader({0x803, 3, 4, 3}), Bytes(37, 1)})),
            "but more follow from byte 52 on");
        row("more labels than images", 3, idxLabels({0, 1, 2, 0}), "has 4 labels");
        row("fewer labels than images", 3, idxLabels({0, 1}), "has 2 labels");
        row("other shape", 2, idxImages(3, 3, 4), "training images are 1×4×3, test images 1×3×4");
        row("not gzip after all", 2, {0x1f, 0x8b, 0, 0, 0, 0, 0, 0}, "is damaged at byte");
        Bytes crc = gzipped(idxImages(3, 4, 3));
        crc[crc.size() - 7] ^= 1U;
        row("wrong check sum", 2, crc, "incorrect data check");
        Bytes junk = gzipped(idxImages(3, 4, 3));
        junk.push_back('x');
        row("junk after gzip", 2, junk, "is");
    }

    void badFiles()
    {
        QFETCH(int, file);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, expected);
        const char* name = names[static_cast<std::size_t>(file)];
        writeBytes(m_folder / name, {content.begin(), content.end()});
        const std::string error = errorOf([&] { openDataset(m_folder); });
        QVERIFY(contains(error, expected.toStdString()));
        if (QByteArray(QTest::currentDataTag()) != "other shape")
            QVERIFY(contains(error, (m_folder / name).string().substr(0, 40)));
    }

    void missingPartsAreNamed()
    {
        fs::remove(m_folder / names[3]);
        QVERIFY(contains(errorOf([&] { openDataset(m_folder); }), "t10k-labels-idx1-ubyte"));
        fs::remove(m_folder / names[2]);
        QVERIFY(contains(errorOf([&] { openDataset(m_folder); }), "has no test set"));
        Files().writeTo(m_folder);
        fs::remove(m_folder / names[0]);
        QVERIFY(contains(errorOf([&] { openDataset(m_folder); }), "train-images-idx3-ubyte"));
    }

    void everyTruncationIsAnError()
    {
        const Files good;
        const std::array<const Bytes*, 4> contents = {
            &good.trainImages, &good.trainLabels, &good.testImages, &good.testLabels};
        for (std::size_t f = 0; f < names.size(); ++f) {
            for (const bool packed : {false, true}) {
                const Bytes whole = packed ? gzipped(*contents[f]) : *contents[f];
                for (std::size_t n = 0; n < whole.size(); ++n) {
                    writeBytes(m_folder / names[f],
                        {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n)});
                    const std::string error = errorOf([&] { openDataset(m_folder); });
                    QVERIFY2(error.find(names[f]) != std::string::npos,
                        qPrintable(QStringLiteral("%1 bytes: %2").arg(n).arg(error.c_str())));
                }
                writeBytes(m_folder / names[f], whole);
                QCOMPARE(openDataset(m_folder).test->size(), std::size_t(3));
            }
        }
    }

    void mutatedFilesNeverCrash()
    {
        const Bytes good = idxImages(3, 4, 3);
        const Bytes packed = gzipped(good);
        std::mt19937 random(1);
        int errors = 0;
        for (int i = 0; i < 3000; ++i) {
            Bytes bytes = i % 2 == 0 ? good : packed;
            const std::size_t reach = i % 2 == 0 ? 16 : bytes.size();
            for (unsigned k = 0; k <= random() % 3; ++k)
                bytes[random() % reach] = static_cast<std::uint8_t>(random());
            writeBytes(m_folder / names[2], bytes);
            errors += errorOf([&] { openDataset(m_folder); }).empty() ? 0 : 1;
        }
        QVERIFY2(errors > 2000, qPrintable(QString::number(errors)));
    }

    void headersReserveNoMemory_data()
    {
        QTest::addColumn<bool>("packed");
        QTest::newRow("plain") << false;
        QTest::newRow("gzip") << true;
    }

    /// Twenty bytes that claim 4 billion images of 4096×4096: with 16 MiB to spare the answer must
    /// still be "cut off", not "no memory".
    void headersReserveNoMemory()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("sanitizers need the address space that this test takes away");
#endif
        QFETCH(bool, packed);
        const Bytes images = joined({idxHeader({0x803, 0xFFFFFFFF, 4096, 4096}), Bytes(4, 7)});
        const Bytes labels = joined({idxHeader({0x801, 0xFFFFFFFF}), Bytes(4, 0)});
        for (const std::size_t f : {std::size_t(2), std::size_t(3)}) {
            const Bytes& content = f == 2 ? images : labels;
            Files().writeTo(m_folder);
            writeBytes(m_folder / names[f], packed ? gzipped(content) : content);
            const MemoryLimit limit(rlim_t(16) << 20);
            QVERIFY(limit.isSet());
            const std::string error = errorOf([&] { openDataset(m_folder); });
            QVERIFY(contains(error, names[f]));
            QVERIFY(contains(error, "cut off"));
            QVERIFY(contains(error, "4294967295"));
        }
    }

    void stopsWhenAsked()
    {
        std::stop_source source;
        source.request_stop();
        QVERIFY_EXCEPTION_THROWN(openDataset(m_folder, {}, Job{source.get_token(), {}}), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestIdx)
#include "tst_idx.moc"
