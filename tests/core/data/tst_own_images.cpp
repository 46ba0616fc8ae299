// SPDX-License-Identifier: GPL-3.0-or-later
// A user's own images: what is listed, what is read, and how the rest is refused.
#include "core/data/open_dataset.h"
#include "core/data/own_images.h"
#include "data_files.h"

using namespace augury;
using namespace datafiles;

namespace {

using Paths = std::vector<fs::path>;

/// 2×2, each channel its own value.
Bytes colourPng(std::uint8_t red, std::uint8_t green, std::uint8_t blue)
{
    const Bytes colour = {red, green, blue};
    Bytes samples(12);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = colour[i % 3];
    return png(2, 2, 3, samples);
}

/// 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).
int greyOf(int red, int green, int blue)
{
    return static_cast<int>(0.299 * red + 0.587 * green + 0.114 * blue + 0.5);
}

std::size_t count(const std::string& text, const std::string& part)
{
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++n;
    return n;
}

} // namespace

class OwnImagesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_root;

private Q_SLOTS:
    void init()
    {
        m_root = fs::path(m_dir.path().toStdString()) / "own";
        fs::remove_all(m_root);
        fs::create_directories(m_root);
    }

    void listsFilesAndFolders()
    {
        for (const char* name : {"b.png", "a.JPG", "notes.txt", ".hidden.png", "Thumbs.db",
                 "more/2.png", "more/1.png", "more/deeper/3.png", ".git/4.png", "also/5.png"})
            writeBytes(m_root / "pictures" / name, greyPng(2, 2, 1));
        writeBytes(m_root / ".single.png", greyPng(2, 2, 1));
        const auto folder = m_root / "pictures";
        const Paths dropped = {m_root / "missing.png", folder, m_root / ".single.png"};
        const Paths expected = {m_root / "missing.png", folder / "a.JPG", folder / "b.png",
            folder / "notes.txt", folder / "also/5.png", folder / "more/1.png",
            folder / "more/2.png", m_root / ".single.png"};
        QVERIFY(listOwnImages(dropped) == expected);
        QVERIFY(listOwnImages(Paths{}).empty());
    }

    void readsInOrderAndToTheShape()
    {
        Paths files;
        for (int i = 0; i < 40; ++i) {
            files.push_back(m_root / (std::to_string(i) + ".png"));
            writeBytes(files.back(), greyPng(3, 5, static_cast<std::uint8_t>(5 * i)));
        }
        for (const int threads : {1, 4}) {
            const auto own = readOwnImages(files, Shape{3, 4, 4}, threads);
            QVERIFY(own.images->shape == (Shape{3, 4, 4}));
            QVERIFY(own.files == files);
            QVERIFY(own.refused.empty());
            QVERIFY(own.images->labels == std::vector<std::int32_t>(40, -1));
            QCOMPARE(own.images->pixels.size(), std::size_t(40 * 48));
            for (std::size_t i = 0; i < 40; ++i)
                for (const auto byte : own.images->image(i).pixels)
                    QCOMPARE(int(byte), int(5 * i));
        }
    }

    void bringsColourToGreyAndBack()
    {
        writeBytes(m_root / "colour.png", colourPng(200, 100, 50));
        writeBytes(m_root / "grey.png", greyPng(2, 2, 77));
        const Paths files = {m_root / "colour.png", m_root / "grey.png"};
        const auto grey = readOwnImages(files, Shape{1, 2, 2}, 1);
        QCOMPARE(int(grey.images->image(0).pixels[0]), greyOf(200, 100, 50));
        QCOMPARE(int(grey.images->image(1).pixels[0]), 77);
        const auto colour = readOwnImages(files, Shape{3, 2, 2}, 1);
        const auto pixels = colour.images->image(0).pixels;
        QVERIFY(pixels[0] == 200 && pixels[1] == 100 && pixels[2] == 50);
    }

    void whatIsNoImageIsRefusedByName()
    {
        writeBytes(m_root / "0.txt", text("hello, this is a text"));
        writeBytes(m_root / "1.png", greyPng(4, 4, 10));
        const auto whole = greyPng(4, 4, 20);
        writeBytes(m_root / "2.png", {whole.begin(), whole.end() - 9});
        writeBytes(m_root / "3.png", greyPng(4, 4, 30));
        writeBytes(m_root / "4.png", {});
        fs::create_symlink(m_root / "nowhere", m_root / "5.png");
        writeBytes(m_root / "6.png", greyPng(4, 4, 60));
        auto files = listOwnImages(Paths{m_root});
        QCOMPARE(files.size(), std::size_t(7));
        const std::vector<int> values = {10, 30, 60};
        files.push_back(m_root / "missing.png");
        files.push_back(m_root); // as it stands where it can't be listed
        for (const auto& shape : {std::optional<Shape>(Shape{1, 4, 4}), std::optional<Shape>()}) {
            const auto own = readOwnImages(files, shape, 3);
            QVERIFY(own.files == (Paths{m_root / "1.png", m_root / "3.png", m_root / "6.png"}));
            QVERIFY(own.images->shape == (Shape{1, 4, 4}));
            QCOMPARE(own.images->size(), std::size_t(3));
            for (std::size_t i = 0; i < 3; ++i)
                for (const auto byte : own.images->image(i).pixels)
                    QCOMPARE(int(byte), values[i]);
            const Paths refused = {m_root / "0.txt", m_root / "2.png", m_root / "4.png",
                m_root / "5.png", m_root / "missing.png", m_root};
            QCOMPARE(own.refused.size(), refused.size());
            for (std::size_t i = 0; i < refused.size(); ++i) {
                const auto& reason = own.refused[i].reason;
                QVERIFY(own.refused[i].file == refused[i]);
                QCOMPARE(count(reason, refused[i].filename().string()), std::size_t(1));
                QCOMPARE(count(reason, m_root.parent_path().string()), std::size_t(0));
                QVERIFY(reason.ends_with('.'));
            }
            QVERIFY(contains(own.refused[0].reason, "0.txt is not an image of a known kind"));
            QVERIFY(contains(own.refused[1].reason, "2.png is cut off"));
            QVERIFY(contains(own.refused[2].reason, "empty"));
        }
    }

    void theFirstReadableImageDecidesTheSize()
    {
        writeBytes(m_root / "0.txt", text("no image"));
        writeBytes(m_root / "1.png", greyPng(6, 4, 10));
        writeBytes(m_root / "2.png", greyPng(9, 9, 20));
        writeBytes(m_root / "3.png", greyPng(9, 9, 30));
        const auto files = listOwnImages(Paths{m_root});
        const auto grey = readOwnImages(files, {}, 2);
        QVERIFY(grey.images->shape == (Shape{1, 4, 6}));
        QCOMPARE(int(grey.images->image(2).pixels[23]), 30);
        // One in colour, and all are.
        writeBytes(m_root / "4.png", colourPng(1, 2, 3));
        const auto colour = readOwnImages(listOwnImages(Paths{m_root}), {}, 2);
        QVERIFY(colour.images->shape == (Shape{3, 4, 6}));
        const auto pixels = colour.images->image(3).pixels;
        QVERIFY(pixels[69] == 1 && pixels[70] == 2 && pixels[71] == 3);
        QCOMPARE(int(colour.images->image(0).pixels[71]), 10);
    }

    void largeImagesAreMadeSmaller()
    {
        writeBytes(m_root / "1.png", greyPng(4096, 1000, 99));
        const auto own = readOwnImages(listOwnImages(Paths{m_root}), {}, 1);
        QVERIFY(own.images->shape == (Shape{1, 250, 1024}));
        QCOMPARE(int(own.images->pixels.back()), 99);
    }

    void nothingReadIsAnError()
    {
        writeBytes(m_root / "a.txt", text("no image"));
        writeBytes(m_root / "b.txt", text("no image either"));
        for (const auto& shape : {std::optional<Shape>(Shape{1, 4, 4}), std::optional<Shape>()}) {
            const auto two = errorOf([&] {
                readOwnImages(Paths{m_root / "a.txt", m_root / "b.txt"}, shape, 1);
            });
            QVERIFY(contains(two, "a.txt is not an image"));
            QVERIFY(contains(two, "None of 2 files"));
            const auto one = errorOf([&] { readOwnImages(Paths{m_root / "b.txt"}, shape, 1); });
            QVERIFY(contains(one, "b.txt is not an image"));
            const auto none = errorOf([&] { readOwnImages(Paths{}, shape, 1); });
            QVERIFY(contains(none, "no images to read"));
        }
    }

    void stops()
    {
        writeBytes(m_root / "1.png", greyPng(4, 4, 10));
        const Paths files(50, m_root / "1.png");
        std::stop_source source;
        Job job{source.get_token(), {}};
        job.onProgress = [&](const Progress&) { source.request_stop(); };
        QVERIFY_EXCEPTION_THROWN(readOwnImages(files, Shape{1, 4, 4}, 2, job), Cancelled);
        QVERIFY_EXCEPTION_THROWN(readOwnImages(files, {}, 2, job), Cancelled);
    }

    void reportsProgress()
    {
        writeBytes(m_root / "1.png", greyPng(4, 4, 10));
        const Paths files(50, m_root / "1.png");
        std::vector<std::int64_t> seen;
        Job job;
        job.onProgress = [&](const Progress& progress) {
            QCOMPARE(progress.total, std::int64_t(50));
            seen.push_back(progress.done);
        };
        readOwnImages(files, Shape{1, 4, 4}, 2, job);
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QCOMPARE(seen.front(), std::int64_t(0));
        QCOMPARE(seen.back(), std::int64_t(50));
    }

    /// Whatever openDataset() reads is a data set; else a folder of images is one's own.
    void tellsOwnImagesFromDataSets()
    {
        const auto image = greyPng(4, 4, 1);
        writeBytes(m_root / "own/1.png", image);
        writeBytes(m_root / "own/readme.txt", text("mine"));
        QVERIFY(looksLikeOwnImages(m_root / "own"));
        writeBytes(m_root / "own/empty/notes.txt", text("no image"));
        QVERIFY(looksLikeOwnImages(m_root / "own"));
        QVERIFY(!errorOf([&] { openDataset(m_root / "own"); }).empty());

        writeBytes(m_root / "own/cat/1.png", image);
        writeBytes(m_root / "own/cat/2.png", image);
        writeBytes(m_root / "own/dog/1.png", image);
        writeBytes(m_root / "own/dog/2.png", image);
        fs::remove_all(m_root / "own/empty");
        QVERIFY(!looksLikeOwnImages(m_root / "own")); // class folders
        QVERIFY(errorOf([&] { openDataset(m_root / "own"); }).empty());

        const auto idx = m_root / "idx";
        writeBytes(idx / "train-images-idx3-ubyte", idxImages(2, 4, 4));
        writeBytes(idx / "train-labels-idx1-ubyte", idxLabels({0, 1}));
        writeBytes(idx / "t10k-images-idx3-ubyte", idxImages(2, 4, 4));
        writeBytes(idx / "t10k-labels-idx1-ubyte", idxLabels({0, 1}));
        writeBytes(idx / "preview.png", image);
        QVERIFY(!looksLikeOwnImages(idx));
        QVERIFY(errorOf([&] { openDataset(idx); }).empty());

        // One more folder around it, as archives unpack.
        writeBytes(m_root / "outer/preview.png", image);
        QVERIFY(looksLikeOwnImages(m_root / "outer"));
        fs::remove(idx / "preview.png"); // else it would be a class folder
        fs::rename(idx, m_root / "outer/idx");
        QVERIFY(!looksLikeOwnImages(m_root / "outer"));
        QVERIFY(errorOf([&] { openDataset(m_root / "outer"); }).empty());

        writeBytes(m_root / "texts/1.txt", text("no image"));
        QVERIFY(!looksLikeOwnImages(m_root / "texts"));
        QVERIFY(!looksLikeOwnImages(m_root / "missing"));
        QVERIFY(!looksLikeOwnImages(m_root / "texts/1.txt"));
    }
};

QTEST_GUILESS_MAIN(OwnImagesTest)
#include "tst_own_images.moc"
