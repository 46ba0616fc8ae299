// SPDX-License-Identifier: GPL-3.0-or-later
// Recognising a format, and what is said when there is none.
#include "core/data/open_dataset.h"
#include "data_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <limits>

using namespace augury;
using namespace datafiles;

namespace {

void writeIdx(const fs::path& folder)
{
    writeBytes(folder / "train-images-idx3-ubyte", idxImages(2, 4, 4));
    writeBytes(folder / "train-labels-idx1-ubyte", idxLabels({0, 1}));
    writeBytes(folder / "t10k-images-idx3-ubyte", idxImages(2, 4, 4));
    writeBytes(folder / "t10k-labels-idx1-ubyte", idxLabels({1, 0}));
}

/// Nobody's rights while it lives, when the test runs as root: root may read everything.
class OrdinaryUser {
public:
    OrdinaryUser()
        : m_wasRoot(geteuid() == 0)
        , m_ordinary(!m_wasRoot || seteuid(nobody) == 0)
    {
    }
    ~OrdinaryUser()
    {
        if (m_wasRoot && m_ordinary && seteuid(0) != 0)
            qFatal("could not become root again");
    }
    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;
    explicit operator bool() const { return m_ordinary; }

    static constexpr uid_t nobody = 65534;

private:
    bool m_wasRoot;
    bool m_ordinary;
};

} // namespace

class TestOpenDataset : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_root;

    std::string errorOfOpening(const fs::path& path) const
    {
        return errorOf([&] { openDataset(path); });
    }

private Q_SLOTS:
    void init()
    {
        m_root = fs::path(m_dir.path().toStdString()) / "root";
        fs::remove_all(m_root);
        fs::create_directories(m_root);
    }

    void looksOneFolderDown()
    {
        writeIdx(m_root / "raw");
        writeBytes(m_root / "README", text("x"));
        writeBytes(m_root / ".cache/x", text("x"));
        const Dataset data = openDataset(m_root);
        QCOMPARE(data.format, std::string("IDX"));
        QCOMPARE(data.name, std::string("root"));
        fs::create_directories(m_root / "other"); // now it is not clear which
        QVERIFY(contains(errorOfOpening(m_root), "No data set found"));
    }

    void acceptsAFileOfTheSet()
    {
        writeIdx(m_root);
        QCOMPARE(openDataset(m_root / "t10k-labels-idx1-ubyte").name, std::string("root"));
    }

    void namesComeFromThePath()
    {
        writeIdx(m_root / "digits");
        QCOMPARE(openDataset(m_root / "digits/").name, std::string("digits"));
        QCOMPARE(openDataset(m_root / "digits/../digits/.").name, std::string("digits"));
        const fs::path before = fs::current_path();
        fs::current_path(m_root / "digits");
        const std::string here = openDataset(".").name;
        const std::string file = openDataset("t10k-images-idx3-ubyte").name;
        fs::current_path(before);
        QCOMPARE(here, std::string("digits"));
        QCOMPARE(file, std::string("digits"));
        fs::rename(m_root / "digits", m_root / "FashionMNIST");
        QCOMPARE(openDataset(m_root / "FashionMNIST").name, std::string("Fashion-MNIST"));
        QCOMPARE(openDataset(m_root).name, std::string("Fashion-MNIST"));
    }

    void saysWhatItLookedForAndFound()
    {
        for (const char* name : {"a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"})
            writeBytes(m_root / name, text("x"));
        fs::create_directories(m_root / "things");
        const std::string error = errorOfOpening(m_root);
        QVERIFY(contains(error, m_root.string()));
        for (const char* part :
            {"train-images-idx3-ubyte", ".gz", "data_batch_1.bin", "train.bin", "train/CLASS",
                "Found 6 files (a.txt, b.txt, c.txt, d.txt, e.txt, …)", "1 folder (things)"})
            QVERIFY(contains(error, part));
        fs::remove_all(m_root);
        fs::create_directories(m_root);
        QVERIFY(contains(errorOfOpening(m_root), "Found 0 files and 0 folders"));
    }

    void pythonCifarGetsAHint()
    {
        for (const char* name : {"data_batch_1", "test_batch", "batches.meta"})
            writeBytes(m_root / "cifar-10-batches-py" / name, text("x"));
        QVERIFY(contains(errorOfOpening(m_root), "Python version"));
    }

    void pathsThatLeadNowhere()
    {
        QVERIFY(contains(errorOfOpening(m_root / "gone"), "gone does not exist"));
        QVERIFY(contains(errorOfOpening(""), "does not exist"));
        writeBytes(m_root / "file", text("x"));
        QVERIFY(contains(errorOfOpening(m_root / "file/below"), "file/below"));
        fs::create_directory_symlink("loop", m_root / "loop");
        QVERIFY(contains(errorOfOpening(m_root / "loop"), "Could not open"));
        fs::create_directory_symlink("nowhere", m_root / "dangling");
        QVERIFY(contains(errorOfOpening(m_root / "dangling"), "dangling does not exist"));
        QCOMPARE(mkfifo((m_root / "pipe").c_str(), 0600), 0);
        QVERIFY(contains(errorOfOpening(m_root / "pipe"), "neither a folder nor a file"));
        QVERIFY(contains(errorOfOpening("/dev/null"), "neither a folder nor a file"));
        QVERIFY(contains(errorOfOpening(std::string(5000, 'x')), "Could not open"));
    }

    void missingDefaultNamesThePackage()
    {
        if (fs::exists(defaultDatasetPath())) {
            QCOMPARE(openDataset(defaultDatasetPath()).name, std::string("Fashion-MNIST"));
            return;
        }
        QVERIFY(contains(
            errorOfOpening(defaultDatasetPath()), "sudo apt install dataset-fashion-mnist"));
    }

    void partsThatAreNoFiles()
    {
        writeIdx(m_root);
        fs::remove(m_root / "t10k-images-idx3-ubyte");
        fs::create_directories(m_root / "t10k-images-idx3-ubyte");
        QVERIFY(contains(errorOfOpening(m_root), "t10k-images-idx3-ubyte"));
        fs::remove(m_root / "t10k-images-idx3-ubyte");
        // A pipe in the place of a file must neither hang nor count.
        QCOMPARE(mkfifo((m_root / "t10k-images-idx3-ubyte").c_str(), 0600), 0);
        QVERIFY(contains(errorOfOpening(m_root), "t10k-images-idx3-ubyte"));
    }

    void withoutRights()
    {
        writeIdx(m_root);
        writeBytes(m_root / "pets/cat/1.png", greyPng(4, 4, 1));
        writeBytes(m_root / "pets/dog/1.png", greyPng(4, 4, 1));
        writeBytes(m_root / "pets/dog/2.png", greyPng(4, 4, 1));
        for (auto entry = fs::path(m_dir.path().toStdString()); const auto& below :
             {entry, m_root, m_root / "pets", m_root / "pets/cat", m_root / "pets/dog"})
            fs::permissions(below, fs::perms(0755));
        fs::permissions(m_root / "t10k-images-idx3-ubyte", fs::perms::none);
        fs::permissions(m_root / "pets/dog/1.png", fs::perms::none);
        std::string file;
        std::string image;
        std::string folder;
        std::string classFolder;
        {
            const OrdinaryUser user;
            if (!user)
                QSKIP("this is root, who may read everything, and can't change to another user");
            file = errorOfOpening(m_root);
            image = errorOfOpening(m_root / "pets");
        }
        fs::permissions(m_root / "pets/dog/1.png", fs::perms(0644));
        fs::permissions(m_root / "pets/dog", fs::perms::none);
        {
            const OrdinaryUser user;
            classFolder = errorOfOpening(m_root / "pets");
        }
        fs::permissions(m_root, fs::perms::none);
        {
            const OrdinaryUser user;
            folder = errorOfOpening(m_root);
        }
        fs::permissions(m_root, fs::perms(0755));
        fs::permissions(m_root / "pets/dog", fs::perms(0755));
        QVERIFY(contains(file, "t10k-images-idx3-ubyte: Permission denied"));
        QVERIFY(contains(image, "pets/dog/1.png: Permission denied"));
        QVERIFY(contains(classFolder, "pets/dog: Permission denied"));
        QVERIFY(contains(folder, "root: Permission denied"));
    }

    void badOptions_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("fraction");
        QTest::addColumn<QString>("expected");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("small") << 3 << 32 << 0.2 << QStringLiteral("image_size is 3×32");
        QTest::newRow("large") << 32 << 1025 << 0.2 << QStringLiteral("image_size is 32×1025");
        QTest::newRow("negative") << -32 << 32 << 0.2 << QStringLiteral("image_size");
        QTest::newRow("nothing") << 32 << 32 << 0.0 << QStringLiteral("test_fraction");
        QTest::newRow("all") << 32 << 32 << 1.0 << QStringLiteral("test_fraction");
        QTest::newRow("nan") << 32 << 32 << nan << QStringLiteral("test_fraction");
    }

    void badOptions()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(double, fraction);
        QFETCH(QString, expected);
        writeIdx(m_root);
        OpenOptions options;
        options.imageSize = std::pair(height, width);
        options.testFraction = fraction;
        QVERIFY(contains(errorOf([&] { openDataset(m_root, options); }), expected.toStdString()));
    }

    void classesWithoutTrainingImagesAreNoted()
    {
        writeIdx(m_root);
        writeBytes(m_root / "t10k-labels-idx1-ubyte", idxLabels({3, 0}));
        const Dataset data = openDataset(m_root);
        QCOMPARE(data.classNames.size(), std::size_t(4));
        QCOMPARE(data.notes.at(0), std::string("Without training images: 2 classes (2, 3)."));
    }

    void shapesAreDescribed() { QCOMPARE(describe({3, 32, 48}), std::string("3×32×48")); }
};

QTEST_GUILESS_MAIN(TestOpenDataset)
#include "tst_open_dataset.moc"
