// SPDX-License-Identifier: GPL-3.0-or-later
// How image folders may be laid out, how one level is split, and what is refused.
#include "core/data/open_dataset.h"
#include "data_files.h"

#include <map>
#include <set>

using namespace augury;
using namespace datafiles;

class TestImageLayouts : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_root;

private Q_SLOTS:
    void init()
    {
        m_root = fs::path(m_dir.path().toStdString()) / "pets";
        fs::remove_all(m_root);
    }

    void oneLevelIsSplitByClass()
    {
        const std::map<std::string, int> sizes = {{"a", 10}, {"b", 5}, {"c", 1}, {"d", 2}};
        std::uint8_t tag = 0;
        for (const auto& [name, count] : sizes)
            for (int i = 0; i < count; ++i)
                writeBytes(m_root / name / (std::to_string(i) + ".png"), greyPng(4, 4, tag++));
        const auto classCounts = [](const ImageSet& set) {
            std::map<std::int32_t, int> found;
            for (const std::int32_t label : set.labels)
                ++found[label];
            return found;
        };
        OpenOptions options;
        options.testFraction = 0.3;
        Dataset data = openDataset(m_root, options);
        QCOMPARE(classCounts(*data.test), (std::map<std::int32_t, int>{{0, 3}, {1, 2}, {3, 1}}));
        QCOMPARE(classCounts(*data.train),
            (std::map<std::int32_t, int>{{0, 7}, {1, 3}, {2, 1}, {3, 1}}));
        std::vector<std::uint8_t> tags;
        for (const auto* set : {data.train.get(), data.test.get()}) {
            std::vector<std::uint8_t> half;
            for (std::size_t i = 0; i < set->size(); ++i)
                half.push_back(set->image(i).pixels[0]);
            QVERIFY(std::is_sorted(half.begin(), half.end())); // the order of class, then name
            tags.insert(tags.end(), half.begin(), half.end());
        }
        QCOMPARE(std::set(tags.begin(), tags.end()).size(), std::size_t(18)); // none lost or twice

        QCOMPARE(openDataset(m_root, options).test->pixels, data.test->pixels);
        std::set<std::string> different; // GCC 12 misjudges <=> of vectors of bytes
        for (options.seed = 1; options.seed <= 12; ++options.seed) {
            const auto pixels = openDataset(m_root, options).test->pixels;
            different.emplace(pixels.begin(), pixels.end());
        }
        QVERIFY(different.size() > 8);

        options.testFraction = 0.999;
        data = openDataset(m_root, options);
        QCOMPARE(classCounts(*data.train),
            (std::map<std::int32_t, int>{{0, 1}, {1, 1}, {2, 1}, {3, 1}}));
        options.testFraction = 0.001;
        data = openDataset(m_root, options);
        QCOMPARE(classCounts(*data.test), (std::map<std::int32_t, int>{{0, 1}}));
        QVERIFY(contains(data.notes[0], "17 training and 1 test images"));
    }

    void validationStandsInForTest()
    {
        writeGoodFolder(m_root);
        fs::rename(m_root / "test", m_root / "valid");
        Dataset data = openDataset(m_root);
        QCOMPARE(data.test->size(), std::size_t(6));
        QVERIFY(contains(data.notes[0], "the images in valid are the test set"));
        fs::create_directories(m_root / "test");
        fs::copy(m_root / "train", m_root / "test", fs::copy_options::recursive);
        fs::remove(m_root / "test/cat/2.png");
        data = openDataset(m_root);
        QCOMPARE(data.test->size(), std::size_t(5));
        QVERIFY(contains(data.notes[0], "The folder valid is not read"));
    }

    void layoutsOnTheEdge()
    {
        // Test images alone.
        writeGoodFolder(m_root);
        fs::remove_all(m_root / "train");
        Dataset data = openDataset(m_root);
        QCOMPARE(data.train->size(), std::size_t(0));
        QVERIFY(data.train->shape == data.test->shape);
        QCOMPARE(data.classNames.size(), std::size_t(2));
        // A class that is missing from the test images is fine.
        writeGoodFolder(m_root);
        fs::remove_all(m_root / "test/cat");
        data = openDataset(m_root);
        QCOMPARE(data.test->labels, (std::vector<std::int32_t>{1, 1, 1}));
        // A class may be called train.
        fs::remove_all(m_root);
        for (const char* name : {"train", "bus"})
            for (int i = 0; i < 2; ++i)
                writeBytes(m_root / name / (std::to_string(i) + ".png"), greyPng(4, 4, 1));
        data = openDataset(m_root);
        QCOMPARE(data.classNames, (std::vector<std::string>{"bus", "train"}));
    }

    void litterIsIgnored()
    {
        writeGoodFolder(m_root);
        const std::size_t before = openDataset(m_root).train->size();
        for (const char* name : {".DS_Store", "Thumbs.db", "desktop.ini", ".hidden.png"})
            writeBytes(m_root / "train/cat" / name, text("x"));
        writeBytes(m_root / "train/.ipynb_checkpoints/a.txt", text("x"));
        writeBytes(m_root / "README.txt", text("x"));
        writeBytes(m_root / "__MACOSX/cat/a.png", text("x"));
        const Dataset data = openDataset(m_root);
        QCOMPARE(data.train->size(), before);
        QCOMPARE(data.classNames.size(), std::size_t(2));
    }

    void badFolders_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* fault, const char* expected) {
            QTest::newRow(fault) << QString::fromUtf8(fault) << QString::fromUtf8(expected);
        };
        row("empty class", "train/bird is empty");
        row("text file", "train/cat/notes.txt is not an image of a known kind");
        row("empty file", "train/cat/9.png is empty (0 bytes)");
        row("folder in class", "train/cat holds the folder more");
        row("broken link", "train/cat/gone.png can't be read: it is a broken link");
        row("link loop", "train/cat/loop.png can't be read: it is a broken link");
        row("class only in test", "test/bird is a class that the training images don't have");
        row("train only", "no folder test");
        row("no classes", "train holds no class folders");
        row("every file bad", "train/cat/0.png is not an image");
        row("oversized picture", "bomb.png is 40000×40000 pixels; images may have up to 100 mega");
        row("one class", "has only one class, cat");
        row("pictures too large", "mostly 2×1025 pixels (height × width). Choose a size");
    }

    void badFolders()
    {
        QFETCH(QString, fault);
        QFETCH(QString, expected);
        writeGoodFolder(m_root);
        const fs::path cat = m_root / "train/cat";
        if (fault == QStringLiteral("empty class"))
            fs::create_directories(m_root / "train/bird");
        else if (fault == QStringLiteral("text file"))
            writeBytes(cat / "notes.txt", text("These are cats."));
        else if (fault == QStringLiteral("empty file"))
            writeBytes(cat / "9.png", {});
        else if (fault == QStringLiteral("folder in class"))
            fs::create_directories(cat / "more");
        else if (fault == QStringLiteral("broken link"))
            fs::create_symlink("nowhere.png", cat / "gone.png");
        else if (fault == QStringLiteral("link loop"))
            fs::create_symlink("loop.png", cat / "loop.png");
        else if (fault == QStringLiteral("class only in test"))
            writeBytes(m_root / "test/bird/0.png", greyPng(4, 4, 1));
        else if (fault == QStringLiteral("train only"))
            fs::remove_all(m_root / "test");
        else if (fault == QStringLiteral("no classes")) {
            fs::remove_all(m_root / "train");
            writeBytes(m_root / "train/0.png", greyPng(4, 4, 1));
        } else if (fault == QStringLiteral("every file bad")) {
            for (const auto& entry : fs::recursive_directory_iterator(m_root))
                if (entry.is_regular_file())
                    writeBytes(
                        entry.path(), text("not an image, but long enough to be sniffed at"));
        } else if (fault == QStringLiteral("oversized picture"))
            writeBytes(cat / "bomb.png", png(40000, 40000, 1, {}));
        else if (fault == QStringLiteral("one class")) {
            fs::remove_all(m_root / "train/dog");
            fs::remove_all(m_root / "test/dog");
        } else if (fault == QStringLiteral("pictures too large")) {
            for (const auto& entry : fs::recursive_directory_iterator(m_root))
                if (entry.is_regular_file())
                    writeBytes(entry.path(), greyPng(1025, 2, 3));
        } else
            QFAIL("unknown fault");
        QVERIFY(contains(errorOf([&] { openDataset(m_root); }), expected.toStdString()));
    }
};

QTEST_GUILESS_MAIN(TestImageLayouts)
#include "tst_image_layouts.moc"
