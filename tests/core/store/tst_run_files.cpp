// SPDX-License-Identifier: GPL-3.0-or-later
// The file itself: older formats, damage, a full disk, rights.
#include "tests/core/store/made_runs.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace augury;
using namespace augury::testing;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeBytes(const fs::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

/// A file of the first format, as the first Augury wrote it.
void makeVersionOne(const fs::path& path, const std::vector<std::string>& documents)
{
    SQLite::Database raw(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    raw.exec("CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
             " date TEXT NOT NULL, title TEXT NOT NULL, document TEXT NOT NULL);"
             "CREATE INDEX runs_by_kind ON runs (kind, id);"
             "PRAGMA application_id = 1096107865; PRAGMA user_version = 1;");
    for (const auto& document : documents) {
        SQLite::Statement insert(raw,
            "INSERT INTO runs (kind, date, title, document)"
            " VALUES ('repeat', '2024-05-01T12:00:12Z', 'the title', ?)");
        insert.bind(1, document);
        insert.exec();
    }
    raw.exec("UPDATE sqlite_sequence SET seq = 40"); // later ones were deleted
}

/// What `action` does in a child that may do less; its exit code is 0 when `action` is true.
template <class Action> int inChildWithoutRights(Action action)
{
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t nobody = 65534;
        if (::getuid() == 0 && ::setuid(nobody) != 0)
            ::_exit(77);
        ::_exit(action() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

class TestRunFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "deep" / "runs.sqlite";
        fs::create_directories(m_path.parent_path());
    }

    void firstFormatIsBroughtUpToDate()
    {
        const auto whole = madeDocument({0, 1, 2, 3});
        const auto stopped = madeDocument({0, 2});
        makeVersionOne(m_path,
            {whole.dump(), stopped.dump(), "no JSON at all", "{}", R"({"repeats": [1, "two"]})"});
        {
            auto store = RunStore::open(m_path);
            const auto runs = store.list();
            QCOMPARE(runs.size(), std::size_t(5));
            const auto& first = runs[4];
            QCOMPARE(first.id, std::int64_t(1));
            QCOMPARE(first.title, std::string("the title"));
            QCOMPARE(first.status, RunStatus::Finished);
            QCOMPARE(first.started, std::string("2024-05-01T12:00:00Z"));
            QCOMPARE(first.finished, std::string("2024-05-01T12:00:12Z"));
            QCOMPARE(first.seconds, 12.0);
            QCOMPARE(first.data, std::string("bands"));
            QCOMPARE(first.repeatsDone, 4);
            QCOMPARE(first.repeatsWanted, 4);
            QCOMPARE(first.copies, 5);
            // As a run of today gives them.
            auto other = RunStore::open(m_path.parent_path() / "other.sqlite");
            other.add(whole, "repeat");
            const auto today = other.list().front();
            QCOMPARE(first.baseline.value(), today.baseline.value());
            QCOMPARE(first.tta.value(), today.tta.value());
            QCOMPARE(first.lift.value(), today.lift.value());
            QCOMPARE(first.liftCi95.value().low, today.liftCi95.value().low);
            QCOMPARE(first.liftCi95.value().high, today.liftCi95.value().high);
            QCOMPARE(first.fixed, today.fixed);
            QCOMPARE(first.broken, today.broken);
            const auto record = store.get(1);
            QVERIFY(record.document == whole);
            QCOMPARE(record.repeats.size(), std::size_t(4));
            QVERIFY(toJson(record.repeats[3]) == toJson(madeRepeat(3)));

            QCOMPARE(runs[3].status, RunStatus::Stopped);
            QVERIFY(contains(errorOf([&] { store.get(3); }), "damaged")); // and the others are fine
            QCOMPARE(runs[2].started, std::string("2024-05-01T12:00:12Z"));
            QVERIFY(errorOf([&] { store.get(4); }).empty());
            QVERIFY(errorOf([&] { store.get(5); }).empty());
            QCOMPARE(store.add(whole, "repeat"), std::int64_t(41)); // no id is used twice

            // A run stopped then goes on now.
            QCOMPARE(store.resume(2).repeats.size(), std::size_t(2));
            store.addRepeat(2, madeRepeat(1));
            QCOMPARE(store.get(2).document.at("repeats").size(), std::size_t(3));
            store.finish(2, madeDocument({0, 1, 2, 3}));
            QVERIFY(store.get(2).document.at("repeats") == whole.at("repeats"));
        }
        QCOMPARE(RunStore::open(m_path).list().size(), std::size_t(6));
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READONLY);
        QCOMPARE(raw.execAndGet("PRAGMA user_version").getInt(), 3);
        QCOMPARE(raw.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    }

    void aFileIsMadeForSeveralReadersAndOneWriter()
    {
        RunStore::open(m_path);
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READONLY);
        QCOMPARE(raw.execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
    }

    void newerFileIsAnErrorAndKept()
    {
        RunStore::open(m_path).add(madeDocument({0}), "repeat");
        SQLite::Database(m_path.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
        for (const auto& message : {errorOf([&] { RunStore::open(m_path); }),
                 errorOf([&] { RunStore::openToRead(m_path); })})
            QVERIFY2(contains(message, "newer") && contains(message, "99"), message.c_str());
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READWRITE);
        QCOMPARE(raw.execAndGet("PRAGMA user_version").getInt(), 99);
        QCOMPARE(raw.execAndGet("SELECT count(*) FROM runs").getInt(), 1);
    }

    void foreignDatabaseIsAnErrorAndKept()
    {
        {
            SQLite::Database other(m_path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            other.exec("CREATE TABLE recipes (name TEXT)");
        }
        const auto before = bytesOf(m_path);
        for (const auto& message : {errorOf([&] { RunStore::open(m_path); }),
                 errorOf([&] { RunStore::openToRead(m_path); })})
            QVERIFY2(contains(message, "another program"), message.c_str());
        QVERIFY(bytesOf(m_path) == before);
    }

    void damagedFileIsAnError()
    {
        writeBytes(m_path, std::string(5000, 'x'));
        const auto message = errorOf([&] { RunStore::open(m_path); });
        QVERIFY2(
            contains(message, "damaged") && contains(message, m_path.string()), message.c_str());
        QCOMPARE(bytesOf(m_path), std::string(5000, 'x')); // left alone
    }

    /// Whatever is left of a file: either it is told that it is damaged, or what it gives is what
    /// was put in. Never a crash, never another exception, never wrong figures.
    void truncatedFilesAreToldApart()
    {
        {
            auto store = RunStore::open(m_path);
            for (int i = 0; i < 12; ++i)
                store.add(madeDocument({0, 1, 2, 3}), "repeat");
        }
        const auto whole = bytesOf(m_path);
        int damaged = 0;
        for (std::size_t step = 0; step < 120; ++step) {
            const auto length = step * whole.size() / 120 + (step % 3);
            const auto file = m_path.parent_path() / "cut.sqlite";
            writeBytes(file, whole.substr(0, length));
            const auto problem = useAll(file, length == 0 ? 0 : 12);
            damaged += problem.empty() ? 0 : 1;
            QVERIFY2(problem.empty() || contains(problem, file.string()), problem.c_str());
            fs::remove(file);
            fs::remove(file.string() + "-wal");
            fs::remove(file.string() + "-shm");
        }
        QVERIFY2(damaged > 100, qPrintable(QString::number(damaged)));
    }

    void scribbledFilesAreToldApart()
    {
        {
            auto store = RunStore::open(m_path);
            for (int i = 0; i < 6; ++i)
                store.add(madeDocument({0, 1, 2, 3}), "repeat");
        }
        const auto whole = bytesOf(m_path);
        const auto file = m_path.parent_path() / "scribbled.sqlite";
        int damaged = 0;
        for (std::uint32_t i = 0; i < 60; ++i) {
            auto bytes = whole;
            const auto where = randomWords(3, RandomUse::Subset, i)[0] % bytes.size();
            const auto length = std::min<std::size_t>(700, bytes.size() - where);
            bytes.replace(where, length, std::string(length, static_cast<char>(i * 37)));
            writeBytes(file, bytes);
            damaged += useAll(file, {}).empty() ? 0 : 1; // nothing but Error comes out
            fs::remove(file);
            fs::remove(file.string() + "-wal");
            fs::remove(file.string() + "-shm");
        }
        QVERIFY2(damaged > 20, qPrintable(QString::number(damaged)));
    }

    /// Half a million brackets once ended the program: what writes a document is recursive.
    void deeplyNestedRowsAreDamaged()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeDocument({0}), "repeat");
        const auto second = store.add(madeDocument({0}), "repeat");
        const std::string deep = R"({"settings":)" + std::string(500'000, '[');
        const std::string whole = deep + std::string(500'000, ']') + "}";
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READWRITE);
        for (const auto* column : {"document", "tags", "settings"}) {
            SQLite::Statement update(
                raw, std::string("UPDATE runs SET ") + column + " = ? WHERE id = ?");
            update.bind(1, whole);
            update.bind(2, id);
            update.exec();
        }
        SQLite::Statement update(raw, "UPDATE repeats SET result = ? WHERE run = ?");
        update.bind(1, whole);
        update.bind(2, second);
        update.exec();
        for (const auto each : {id, second}) {
            const auto message = errorOf([&] { store.exportRun(each); });
            QVERIFY2(contains(message, "damaged") && contains(message, "nested deeper")
                    && contains(message, m_path.string()),
                message.c_str());
        }
        QCOMPARE(store.list().size(), std::size_t(2)); // shown all the same
        QVERIFY(store.list().back().tags.empty());
    }

    void fullDiskLosesNothingThatWasKept()
    {
        auto store = RunStore::open(m_path);
        const auto kept = store.add(madeDocument({0, 1}), "repeat");
        const auto running = store.begin(madeDocument({}), "repeat");
        store.addRepeat(running, madeRepeat(0));
        store.limitPages(1); // no page beyond those there are
        auto large = madeRepeat(1);
        large.history.resize(5000);
        const auto message = errorOf([&] { store.addRepeat(running, large); });
        QVERIFY2(contains(message, "full") && contains(message, m_path.string()), message.c_str());
        QVERIFY(contains(errorOf([&] { store.setNote(kept, std::string(100'000, 'n')); }), "full"));
        std::string lastMessage;
        for (int i = 0; i < 200 && lastMessage.empty(); ++i)
            lastMessage = errorOf([&] { store.add(madeDocument({0, 1, 2, 3}), "repeat"); });
        QVERIFY(contains(lastMessage, "full"));
        // All is there, in this object and in others.
        QCOMPARE(store.get(kept).repeats.size(), std::size_t(2));
        QCOMPARE(store.get(running).repeats.size(), std::size_t(1));
        QCOMPARE(RunStore::open(m_path).get(running).info.repeatsDone, 1);
        // There is room again: the object goes on.
        store.limitPages(1'000'000);
        store.addRepeat(running, large);
        store.finish(running, madeDocument({0, 2, 3}));
        QCOMPARE(RunStore::open(m_path).get(running).repeats.size(), std::size_t(4));
        QCOMPARE(RunStore::open(m_path).get(running).repeats[1].history.size(), std::size_t(5000));
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READONLY);
        QCOMPARE(raw.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    }

    void lockedFileIsAnErrorAndPasses()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeDocument({0}), "repeat");
        SQLite::Database other(m_path.string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        QCOMPARE(store.get(id).repeats.size(), std::size_t(1)); // reading goes on
        QVERIFY(contains(errorOf([&] { store.setNote(id, "x"); }), "in use"));
        other.exec("ROLLBACK");
        store.setNote(id, "y");
        QCOMPARE(store.get(id).info.note, std::string("y"));
    }

    void readOnlyFileCanBeReadAndNotWritten()
    {
        RunStore::open(m_path).add(madeDocument({0, 1}), "repeat");
        // Neither the file nor its folder may be written to.
        fs::permissions(m_folder->path().toStdString(), fs::perms(0755));
        fs::remove(m_path.string() + "-running");
        fs::permissions(m_path, fs::perms(0444));
        fs::permissions(m_path.parent_path(), fs::perms(0555));
        const int code = inChildWithoutRights([&] {
            const auto message = errorOf([&] { RunStore::open(m_path); });
            if (!contains(message, m_path.string()) || !contains(message, "writ"))
                return false;
            auto store = RunStore::openToRead(m_path);
            return store.list().size() == 1 && store.get(1).repeats.size() == 2
                && contains(errorOf([&] { store.rename(1, "x"); }), "writ")
                && contains(errorOf([&] { store.resume(1); }), "rights")
                && store.list().front().name.empty();
        });
        // The file alone.
        fs::permissions(m_path.parent_path(), fs::perms(0777));
        const int second = inChildWithoutRights([&] {
            auto store = RunStore::openToRead(m_path);
            return contains(errorOf([&] { RunStore::open(m_path); }), "may not be written")
                && store.list().size() == 1 && !errorOf([&] { store.setNote(1, "x"); }).empty();
        });
        fs::permissions(m_path.parent_path(), fs::perms(0755));
        QCOMPARE(code, 0);
        QCOMPARE(second, 0);
        fs::permissions(m_path, fs::perms(0644));
        RunStore::open(m_path).rename(1, "writable again");
    }

    void readingMakesNoFile()
    {
        QVERIFY(contains(errorOf([&] { RunStore::openToRead(m_path); }), m_path.string()));
        QVERIFY(!fs::exists(m_path));
    }

    void folderInItsPlaceIsAnError()
    {
        fs::create_directories(m_path);
        QVERIFY(contains(errorOf([&] { RunStore::open(m_path); }), "folder"));
        QVERIFY(contains(errorOf([&] { RunStore::openToRead(m_path); }), "folder"));
    }

    void fileInPlaceOfItsFolderIsAnError()
    {
        fs::remove(m_path.parent_path());
        writeBytes(m_path.parent_path(), "x");
        QVERIFY(contains(errorOf([&] { RunStore::open(m_path); }), m_path.parent_path().string()));
    }

private:
    /// Opens a file, reads all of it, and writes to it. The message of the Error there was. Fails
    /// the test where something else comes back than so many runs as they were put in.
    static std::string useAll(const fs::path& file, std::optional<std::size_t> runs)
    {
        return errorOf([&] {
            auto store = RunStore::open(file);
            const auto list = store.list();
            const auto repeats = madeDocument({0, 1, 2, 3}).at("repeats");
            bool same = !runs || list.size() == *runs;
            for (const auto& run : list)
                same = (store.get(run.id).document.at("repeats") == repeats || !runs) && same;
            if (!same)
                QTest::qFail("a damaged file gave something else", __FILE__, __LINE__);
            store.unfinished();
            store.add(madeDocument({0}), "repeat");
        });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestRunFiles)
#include "tst_run_files.moc"
