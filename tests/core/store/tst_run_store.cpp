// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"

#include "core/support/error.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace augury;
namespace fs = std::filesystem;

namespace {

nlohmann::json document(int number)
{
    return {{"data", {{"name", "Fashion-MNIST"}}}, {"repeats", nlohmann::json::array({1, 2})},
        {"summary", {{"baseline", {{"mean", 0.9123}}}, {"tta", {{"mean", 0.9187}}}}},
        {"number", number}};
}

/// The message of the Error that `action` throws; empty when it throws none.
template <class Action> std::string errorOf(Action action)
{
    try {
        action();
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestRunStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "deep" / "runs.sqlite";
    }

    void keepsRunsAcrossOpenings()
    {
        std::int64_t first = 0;
        std::int64_t second = 0;
        {
            auto store = RunStore::open(m_path);
            QCOMPARE(store.list().size(), std::size_t(0));
            QVERIFY(!store.latest("repeat"));
            first = store.add(document(1), "repeat", "2024-05-01T12:00:00Z");
            second = store.add(document(2), "repeat");
            QVERIFY(second > first);
        }
        const auto store = RunStore::open(m_path);
        const auto entries = store.list();
        QCOMPARE(entries.size(), std::size_t(2));
        QCOMPARE(entries[0].id, second); // newest first
        QCOMPARE(entries[1].id, first);
        QCOMPARE(entries[1].date, std::string("2024-05-01T12:00:00Z"));
        QCOMPARE(entries[1].kind, std::string("repeat"));
        QCOMPARE(entries[1].title, std::string("Fashion-MNIST: 2 repeats, 91.2 → 91.9 %"));
        QCOMPARE(entries[0].date.size(), std::string("2024-05-01T12:00:00Z").size());
        QVERIFY(store.get(first) == document(1));
        QVERIFY(store.get(second) == document(2));
    }

    void latestIsOfItsKind()
    {
        auto store = RunStore::open(m_path);
        const auto repeat = store.add(document(1), "repeat");
        const auto train = store.add(document(2), "train");
        QCOMPARE(store.latest("repeat").value_or(0), repeat);
        QCOMPARE(store.latest("train").value_or(0), train);
        QVERIFY(!store.latest("evaluate"));
    }

    void listIsLimited()
    {
        auto store = RunStore::open(m_path);
        for (int i = 0; i < 5; ++i)
            store.add(document(i), "repeat");
        const auto entries = store.list(2);
        QCOMPARE(entries.size(), std::size_t(2));
        QVERIFY(store.get(entries[0].id) == document(4));
    }

    void removedIdsAreNotUsedAgain()
    {
        auto store = RunStore::open(m_path);
        const auto first = store.add(document(1), "repeat");
        store.remove(first);
        store.remove(first); // nothing happens
        QVERIFY(contains(errorOf([&] { store.get(first); }), "no run"));
        QVERIFY(store.add(document(2), "repeat") > first);
    }

    void namesThatAreNotUtf8AreKeptReadable()
    {
        auto store = RunStore::open(m_path);
        auto broken = document(1);
        broken["data"]["name"] = "caf\xe9";
        const auto id = store.add(broken, "repeat");
        QVERIFY(store.get(id).at("number") == 1);
    }

    void damagedFileIsAnError()
    {
        fs::create_directories(m_path.parent_path());
        std::ofstream(m_path) << std::string(5000, 'x');
        const auto message = errorOf([&] { RunStore::open(m_path); });
        QVERIFY2(
            contains(message, "damaged") && contains(message, m_path.string()), message.c_str());
        QCOMPARE(fs::file_size(m_path), std::uintmax_t(5000)); // left alone
    }

    void damageInsideIsAnError()
    {
        {
            auto store = RunStore::open(m_path);
            auto large = document(1);
            large["padding"] = std::string(100'000, 'p');
            store.add(large, "repeat");
        }
        {
            // The pages behind the first, which holds the schema.
            std::fstream file(m_path, std::ios::in | std::ios::out | std::ios::binary);
            const std::string noise(static_cast<std::size_t>(fs::file_size(m_path)) - 4096, '\xff');
            file.seekp(4096);
            file.write(noise.data(), static_cast<std::streamsize>(noise.size()));
        }
        const auto message = errorOf([&] { RunStore::open(m_path).list(); });
        QVERIFY2(contains(message, "damaged"), message.c_str());
    }

    void newerFileIsAnErrorAndKept()
    {
        RunStore::open(m_path).add(document(1), "repeat");
        SQLite::Database(m_path.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
        const auto message = errorOf([&] { RunStore::open(m_path); });
        QVERIFY2(contains(message, "newer") && contains(message, "99"), message.c_str());
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READWRITE);
        QCOMPARE(raw.execAndGet("PRAGMA user_version").getInt(), 99);
        QCOMPARE(raw.execAndGet("SELECT count(*) FROM runs").getInt(), 1);
    }

    void foreignDatabaseIsAnErrorAndKept()
    {
        fs::create_directories(m_path.parent_path());
        {
            SQLite::Database other(m_path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            other.exec("CREATE TABLE recipes (name TEXT)");
        }
        const auto message = errorOf([&] { RunStore::open(m_path); });
        QVERIFY2(contains(message, "another program"), message.c_str());
        SQLite::Database other(m_path.string(), SQLite::OPEN_READONLY);
        QCOMPARE(other.execAndGet("SELECT count(*) FROM sqlite_master").getInt(), 1);
    }

    void folderInItsPlaceIsAnError()
    {
        fs::create_directories(m_path);
        QVERIFY(contains(errorOf([&] { RunStore::open(m_path); }), "folder"));
    }

    void fileInPlaceOfItsFolderIsAnError()
    {
        std::ofstream(m_path.parent_path()) << "x";
        QVERIFY(contains(errorOf([&] { RunStore::open(m_path); }), m_path.parent_path().string()));
    }

    void severalProgramsAddAtOnce()
    {
        constexpr int each = 20;
        std::string messages[4];
        {
            std::vector<std::jthread> writers;
            for (auto& message : messages) {
                writers.emplace_back([&message, path = m_path] {
                    message = errorOf([&] { // each creates or opens the file for itself
                        auto store = RunStore::open(path);
                        for (int i = 0; i < each; ++i)
                            store.add(document(i), "repeat");
                    });
                });
            }
        }
        for (const auto& message : messages)
            QCOMPARE(message, std::string());
        QCOMPARE(RunStore::open(m_path).list().size(), std::size_t(4 * each));
    }

    void defaultPathFollowsXdg()
    {
        const QByteArray data = qgetenv("XDG_DATA_HOME");
        const QByteArray home = qgetenv("HOME");
        qputenv("HOME", "/home/somebody");
        qputenv("XDG_DATA_HOME", "/data");
        QCOMPARE(RunStore::defaultPath().string(), std::string("/data/augury/runs.sqlite"));
        for (const char* ignored : {"", "relative/path"}) {
            qputenv("XDG_DATA_HOME", ignored);
            QCOMPARE(RunStore::defaultPath().string(),
                std::string("/home/somebody/.local/share/augury/runs.sqlite"));
        }
        qunsetenv("XDG_DATA_HOME");
        qunsetenv("HOME");
        QVERIFY(contains(errorOf([] { RunStore::defaultPath(); }), "HOME"));
        qputenv("XDG_DATA_HOME", data);
        qputenv("HOME", home);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
