// SPDX-License-Identifier: GPL-3.0-or-later
// What writes a run to the history for the programs, whatever becomes of the file meanwhile.
#include "core/store/run_recorder.h"
#include "tests/core/store/made_runs.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace augury;
using namespace augury::testing;
namespace fs = std::filesystem;

class TestRunRecorder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "runs.sqlite";
    }

    void recorderKeepsARun()
    {
        std::string warning;
        const auto warn = [&](const std::string& message) { warning += message; };
        RunRecorder recorder(m_path, madeDocument({}), warn);
        QVERIFY(recorder.id());
        recorder.add(madeRepeat(0));
        QCOMPARE(RunStore::open(m_path).list().front().repeatsDone, 1);
        recorder.finish(madeDocument({0, 1, 2, 3}));
        QCOMPARE(RunStore::open(m_path).list().front().status, RunStatus::Finished);
        QCOMPARE(warning, std::string());
        RunRecorder nothing;
        nothing.add(madeRepeat(0));
        nothing.finish(madeDocument({0}));
        QCOMPARE(RunStore::open(m_path).list().size(), std::size_t(1));
    }

    void recorderDropsWhatCameToNothing()
    {
        RunRecorder recorder(m_path, madeDocument({}), {});
        recorder.discard();
        recorder.finish(madeDocument({0}));
        QVERIFY(RunStore::open(m_path).list(10, true).empty());
    }

    void recorderWarnsOnceWhileTheDiskIsFull()
    {
        int warnings = 0;
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeDocument({}), "repeat");
        store.limitPages(1); // not below what there is: full
        RunRecorder recorder(std::move(store), id, [&](const std::string&) { ++warnings; });
        auto large = madeRepeat(0);
        large.history.resize(2000);
        recorder.add(large);
        recorder.add(large);
        QCOMPARE(warnings, 1); // once, not with each
        QCOMPARE(RunStore::open(m_path).get(id).info.repeatsDone, 0);
    }

    void recorderTriesAgainWithTheNextRepeat()
    {
        int warnings = 0;
        RunRecorder recorder(m_path, madeDocument({}), [&](const std::string&) { ++warnings; });
        SQLite::Database other(m_path.string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE"); // for longer than anybody waits
        recorder.add(madeRepeat(2));
        QCOMPARE(warnings, 1);
        other.exec("ROLLBACK");
        recorder.add(madeRepeat(0));
        QCOMPARE(warnings, 1);
        const auto record = RunStore::open(m_path).get(recorder.id().value());
        QCOMPARE(record.repeats.size(), std::size_t(2));
        QVERIFY(toJson(record.repeats[1]) == toJson(madeRepeat(2)));
    }

    void recorderWithoutAHistoryWarnsAndAddsAtTheEndWhereItCan()
    {
        const auto blocked = m_path.parent_path() / "taken";
        fs::create_directories(blocked);
        std::string warning;
        RunRecorder recorder(
            blocked, madeDocument({}), [&](const std::string& message) { warning += message; });
        QVERIFY(contains(warning, "folder"));
        QVERIFY(!recorder.id());
        recorder.add(madeRepeat(0));
        fs::remove(blocked);
        recorder.finish(madeDocument({0, 1, 2, 3}));
        QCOMPARE(RunStore::open(blocked).list().front().repeatsDone, 4);
    }

    void recorderWritesAllOfItAnewWhereTheFileWasDeleted()
    {
        std::vector<RunRecorder::Message> told;
        const auto warn = [&](const RunRecorder::Message& message) { told.push_back(message); };
        RunStore::open(m_path).add(madeDocument({0}), "repeat"); // so that ids differ
        RunRecorder recorder(m_path, madeDocument({}), warn);
        recorder.add(madeRepeat(2));
        QCOMPARE(recorder.id().value(), std::int64_t(2));
        for (const char* end : {"", "-wal", "-shm", "-running"})
            fs::remove(m_path.string() + end);
        recorder.add(madeRepeat(0));
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY2(contains(told[0].text, "deleted") && contains(told[0].text, m_path.string())
                && contains(told[0].text, "run 1"),
            told[0].text.c_str());
        QCOMPARE(told[0].kept, RunRecorder::Kept::All);
        QCOMPARE(recorder.id().value(), std::int64_t(1));
        QCOMPARE(RunStore::open(m_path).list().front().status, RunStatus::Running);
        QCOMPARE(RunStore::open(m_path).list().front().repeatsDone, 2);
        recorder.finish(madeDocument({0, 1, 2, 3}));
        QCOMPARE(told.size(), std::size_t(1)); // once
        const auto record = RunStore::open(m_path).get(1);
        QCOMPARE(record.info.status, RunStatus::Finished);
        QVERIFY(record.document.at("repeats") == madeDocument({0, 1, 2, 3}).at("repeats"));
        QVERIFY(record.document.at("settings") == madeDocument({}).at("settings"));
        QCOMPARE(SQLite::Database(m_path.string()).execAndGet("PRAGMA integrity_check").getString(),
            std::string("ok"));
    }

    /// Moved away just before the end; its place was taken by another history.
    void recorderWritesAllOfItAnewWhereTheFileWasReplaced()
    {
        std::vector<std::string> told;
        const auto warn = [&](const std::string& message) { told.push_back(message); };
        const auto id = RunStore::open(m_path).add(madeDocument({1}), "repeat");
        auto store = RunStore::open(m_path);
        store.resume(id);
        RunRecorder recorder(std::move(store), id, warn); // a run that is gone on with
        recorder.add(madeRepeat(0));
        const auto away = m_path.parent_path() / "away.sqlite";
        for (const char* end : {"", "-wal", "-shm"})
            fs::rename(m_path.string() + end, away.string() + end);
        RunStore::open(m_path).add(madeDocument({0}), "repeat");
        recorder.add(madeRepeat(2));
        auto seen = RunStore::open(m_path).get(2);
        QCOMPARE(seen.repeats.size(), std::size_t(3)); // those of before as well
        QCOMPARE(seen.plan.threadsPerFit, 3);
        QCOMPARE(told.size(), std::size_t(1));
        fs::remove(m_path);
        recorder.finish(madeDocument({0, 1, 2, 3}));
        QCOMPARE(told.size(), std::size_t(2)); // it happened twice
        QCOMPARE(RunStore::open(m_path).get(1).repeats.size(), std::size_t(4));
    }

    void aRunThatAnotherProgramTookOverIsKeptBesideIt()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeDocument({}), "repeat");
        store.addRepeat(id, madeRepeat(0));
        std::vector<std::string> told;
        RunRecorder recorder(
            std::move(store), id, [&](const std::string& message) { told.push_back(message); });
        fs::remove(m_path.string() + "-running"); // what tells that somebody is at it
        auto other = RunStore::open(m_path);
        other.resume(id);
        other.addRepeat(id, madeRepeat(1));
        recorder.add(madeRepeat(1));
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY2(contains(told[0], "Run 1 ") && contains(told[0], "another program as well")
                && contains(told[0], "run 2") && !contains(told[0], "UNIQUE"),
            told[0].c_str());
        recorder.finish(madeDocument({0, 1, 2, 3}));
        other.finish(id, madeDocument({0, 1}));
        QCOMPARE(other.get(1).repeats.size(), std::size_t(2));
        QCOMPARE(other.get(2).repeats.size(), std::size_t(4));
        QCOMPARE(told.size(), std::size_t(1));
    }

    void messagesSayHowMuchIsKept()
    {
        std::vector<RunRecorder::Message> told;
        const auto warn = [&](const RunRecorder::Message& message) { told.push_back(message); };
        const auto blocked = m_path.parent_path() / "taken";
        fs::create_directories(blocked);
        RunRecorder nowhere(blocked, madeDocument({}), warn);
        QCOMPARE(told.at(0).kept, RunRecorder::Kept::Nothing);
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeDocument({}), "repeat");
        store.limitPages(1);
        RunRecorder full(std::move(store), id, warn);
        auto large = madeRepeat(0);
        large.history.resize(2000);
        full.add(large);
        QCOMPARE(told.at(1).kept, RunRecorder::Kept::Part);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestRunRecorder)
#include "tst_run_recorder.moc"
