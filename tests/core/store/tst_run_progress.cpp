// SPDX-License-Identifier: GPL-3.0-or-later
// A run as it goes: begun, a repeat at a time, stopped, taken up again, finished.
#include "tests/core/store/made_runs.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace augury;
using namespace augury::testing;
namespace fs = std::filesystem;

class TestRunProgress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "runs.sqlite";
    }

    void eachRepeatIsKeptAsItEnds()
    {
        auto store = RunStore::open(m_path);
        const auto watcher = RunStore::open(m_path);
        const auto id = store.begin(madeDocument({}), "repeat");
        auto seen = watcher.list().front();
        QCOMPARE(seen.status, RunStatus::Running);
        QCOMPARE(seen.repeatsDone, 0);
        QCOMPARE(seen.repeatsWanted, 4);
        QVERIFY(seen.finished.empty() && !seen.started.empty());
        QVERIFY(!seen.baseline);
        for (const int index : {2, 0}) // fits side by side end in any order
            store.addRepeat(id, madeRepeat(index));
        seen = watcher.list().front();
        QCOMPARE(seen.repeatsDone, 2);
        QCOMPARE(seen.fixed, std::int64_t(20 + 24));
        QCOMPARE(seen.title, std::string("bands: 2 repeats, 70.2 → 71.4 %"));
        const auto record = watcher.get(id);
        QCOMPARE(record.repeats[0].index, 0);
        QCOMPARE(record.repeats[1].index, 2);
        QVERIFY(record.document.at("stopped") == true);
        QVERIFY(record.document.at("summary") == madeDocument({0, 2}).at("summary"));
        QVERIFY(record.document.at("repeats") == madeDocument({0, 2}).at("repeats"));
        QVERIFY(contains(errorOf([&] { store.addRepeat(id, madeRepeat(2)); }), "repeat 3"));

        store.addRepeat(id, madeRepeat(1));
        store.finish(id, madeDocument({0, 1, 2, 3})); // 3 was never added
        seen = watcher.list().front();
        QCOMPARE(seen.status, RunStatus::Finished);
        QCOMPARE(seen.repeatsDone, 4);
        QCOMPARE(seen.seconds, 12.0);
        QVERIFY(!seen.finished.empty());
        QVERIFY(watcher.get(id).document.at("repeats") == madeDocument({0, 1, 2, 3}).at("repeats"));
        QVERIFY(watcher.get(id).document.at("stopped") == false);
        // It is over: nothing is added any more.
        QVERIFY(contains(errorOf([&] { store.addRepeat(id, madeRepeat(9)); }), "not under way"));
        QVERIFY(contains(errorOf([&] { store.finish(id, madeDocument({0})); }), "not under way"));
    }

    void aRunNobodyIsAtIsStopped()
    {
        std::int64_t id = 0;
        const auto watcher = RunStore::open(m_path);
        {
            auto store = RunStore::open(m_path);
            id = store.begin(madeDocument({}), "repeat");
            store.addRepeat(id, madeRepeat(1));
            QCOMPARE(watcher.get(id).info.status, RunStatus::Running);
            QVERIFY(watcher.unfinished().empty());
        }
        const auto info = watcher.get(id).info;
        QCOMPARE(info.status, RunStatus::Stopped);
        QVERIFY(!info.finished.empty()); // when its last repeat was
        QCOMPARE(watcher.unfinished().size(), std::size_t(1));
    }

    void aKilledProcessLetsGo()
    {
        RunStore::open(m_path);
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto store = RunStore::open(m_path);
            const auto id = store.begin(madeDocument({}), "repeat");
            store.addRepeat(id, madeRepeat(0));
            [[maybe_unused]] const auto written = ::write(ready[1], "x", 1);
            for (;;)
                ::pause();
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
        auto store = RunStore::open(m_path);
        const auto id = store.list().front().id;
        QCOMPARE(store.list().front().status, RunStatus::Running);
        QVERIFY(contains(errorOf([&] { store.resume(id); }), "another program"));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QCOMPARE(store.list().front().status, RunStatus::Stopped);
        QCOMPARE(store.resume(id).repeats.size(), std::size_t(1));
        for (const int end : ready)
            ::close(end);
    }

    void aStoppedRunIsTakenUp()
    {
        std::int64_t id = 0;
        {
            auto store = RunStore::open(m_path);
            id = store.begin(madeDocument({}), "repeat");
            store.addRepeat(id, madeRepeat(2));
            store.finish(id, madeDocument({2})); // by Ctrl-C
            QCOMPARE(store.get(id).info.status, RunStatus::Stopped);
        }
        auto store = RunStore::open(m_path);
        const auto record = store.resume(id);
        QCOMPARE(record.repeats.size(), std::size_t(1));
        QCOMPARE(record.plan.threadsPerFit, 3);
        QCOMPARE(record.info.seconds, 12.0);
        auto other = RunStore::open(m_path);
        QCOMPARE(other.get(id).info.status, RunStatus::Running);
        QVERIFY(contains(errorOf([&] { other.resume(id); }), "another program"));
        store.addRepeat(id, madeRepeat(0));
        QVERIFY(other.get(id).info.seconds >= 12.0); // what was before counts
        store.finish(id, madeDocument({0, 1, 2, 3}, 4, "bands", 20));
        QCOMPARE(other.get(id).info.seconds, 20.0);
        QVERIFY(contains(errorOf([&] { other.resume(id); }), "4 repeats are done"));
    }

    void onlyOneOfManyTakesARunUp()
    {
        const auto id = RunStore::open(m_path).add(madeDocument({0}), "repeat");
        std::atomic<int> taken = 0;
        std::atomic<int> tried = 0;
        {
            std::vector<std::jthread> programs;
            for (int i = 0; i < 4; ++i) {
                programs.emplace_back([&] {
                    auto store = RunStore::open(m_path);
                    taken += errorOf([&] { store.resume(id); }).empty() ? 1 : 0;
                    ++tried;
                    while (tried < 4) // nobody lets go before all have asked
                        std::this_thread::yield();
                });
            }
        }
        QCOMPARE(taken.load(), 1);
    }

    void whatCannotBeTakenUp()
    {
        auto store = RunStore::open(m_path);
        const auto removed = store.add(madeDocument({0}), "repeat");
        store.remove(removed);
        QVERIFY(contains(errorOf([&] { store.resume(removed); }), "restore"));
        QVERIFY(store.unfinished().empty());
        auto document = toJson(madeRepeat(0));
        document["settings"] = madeDocument({}).at("settings");
        const auto evaluation = store.add(document, "evaluate");
        QVERIFY(contains(errorOf([&] { store.resume(evaluation); }), "evaluate"));
        const auto running = store.begin(madeDocument({}), "repeat");
        store.remove(running);
        QCOMPARE(store.purge(0), 1); // the first alone: somebody is at the other
        QVERIFY(contains(errorOf([&] { store.purgeRun(running); }), "under way"));
        store.addRepeat(running, madeRepeat(0));
        store.restore(running);
        QCOMPARE(store.list().front().repeatsDone, 1);
    }

    void twoProgramsWriteTheirRunsAtOnce()
    {
        constexpr int each = 25;
        std::string messages[3];
        {
            std::vector<std::jthread> programs;
            for (auto& message : messages) {
                programs.emplace_back([&message, path = m_path] {
                    message = errorOf([&] {
                        const auto config = madeConfig(each);
                        auto store = RunStore::open(path);
                        const auto id = store.begin(madeDocument({}, each), "repeat");
                        for (int i = 0; i < each; ++i)
                            store.addRepeat(id, madeRepeat(i, config));
                        std::vector<int> all(each);
                        for (int i = 0; i < each; ++i)
                            all[static_cast<std::size_t>(i)] = i;
                        store.finish(id, madeDocument(all, each));
                    });
                });
            }
        }
        for (const auto& message : messages)
            QCOMPARE(message, std::string());
        const auto store = RunStore::open(m_path);
        QCOMPARE(store.list().size(), std::size_t(3));
        for (const auto& run : store.list()) {
            QCOMPARE(run.status, RunStatus::Finished);
            QCOMPARE(store.get(run.id).repeats.size(), std::size_t(each));
        }
    }

    void finishAndDiscardLeaveARunAloneThatIsAnothers()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeDocument({}), "repeat");
        fs::remove(m_path.string() + "-running");
        auto other = RunStore::open(m_path);
        other.resume(id);
        const auto taken = [&](auto action) {
            try {
                action();
                return false;
            } catch (const RunTakenOver&) {
                return true;
            }
        };
        QVERIFY(taken([&] { store.finish(id, madeDocument({0, 1, 2, 3})); }));
        QVERIFY(taken([&] { store.discard(id); }));
        QCOMPARE(other.get(id).info.status, RunStatus::Running);
        QCOMPARE(other.get(id).repeats.size(), std::size_t(0));
        other.remove(id);
        other.discard(id);
        QVERIFY(taken([&] { store.addRepeat(id, madeRepeat(0)); })); // it is gone altogether
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestRunProgress)
#include "tst_run_progress.moc"
