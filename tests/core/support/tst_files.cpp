// SPDX-License-Identifier: GPL-3.0-or-later
// Reading JSON that may come from anywhere, and writing files.
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/support/json_file.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace augury;
namespace fs = std::filesystem;

namespace {

template <class Action> std::string errorOf(Action action)
{
    try {
        action();
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

class TestFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->path().toStdString();
    }

    void depthIsLimited()
    {
        QVERIFY(parseJson(nested(32)) == nlohmann::json::parse(nested(32)));
        for (const std::size_t depth : {33U, 500'000U})
            QCOMPARE(errorOf([&] { parseJson(nested(depth)); }),
                std::string("it is nested deeper than 32 levels"));
        QCOMPARE(errorOf([] { parseJson("[1, x]"); }), std::string("it is not JSON (byte 5)"));
        QVERIFY(!errorOf([] { parseJson(""); }).empty());
        QVERIFY(!errorOf([] { parseJson("[1e999]"); }).empty());
    }

    void sizeIsLimited()
    {
        const auto file = m_root / "a.json";
        std::ofstream(file) << "[1, 2, 3]";
        QVERIFY(readJsonFile(file, "run", 9) == nlohmann::json({1, 2, 3}));
        const auto message = errorOf([&] { readJsonFile(file, "run", 8); });
        QVERIFY2(message.find("a.json") != std::string::npos
                && message.find("at most 8") != std::string::npos,
            message.c_str());
    }

    void writingMakesMissingFolders()
    {
        const auto folder = m_root / "none" / "yet";
        writeFileAtomically(folder / "a.txt", "x");
        QCOMPARE(fs::file_size(folder / "a.txt"), std::uintmax_t(1));
        // Where a file is in the way none can be made.
        const auto message = errorOf([&] { writeFileAtomically(folder / "a.txt" / "b.txt", "x"); });
        QVERIFY2(message.find("b.txt") != std::string::npos, message.c_str());
        QCOMPARE(fs::file_size(folder / "a.txt"), std::uintmax_t(1));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
