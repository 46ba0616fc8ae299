// SPDX-License-Identifier: GPL-3.0-or-later
// Searches in the history, and what the test images were asked.
#include "core/report/run_csv.h"
#include "core/report/run_facts.h"
#include "core/store/tune_recorder.h"
#include "tests/core/tune/made_search.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace augury;
using namespace augury::testing;
using nlohmann::json;
namespace fs = std::filesystem;

class TestTuneRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "runs.sqlite";
    }

    void aSearchIsKeptAsItGoes()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeSearch({}), "tune");
        auto seen = RunStore::open(m_path).list().front();
        QCOMPARE(seen.kind, std::string("tune"));
        QCOMPARE(seen.repeatsDone, 0);
        QCOMPARE(seen.repeatsWanted, madePlanned);
        QCOMPARE(seen.status, RunStatus::Running);
        QVERIFY(!seen.lift);

        std::vector<Trial> round = madeTrials({0, 3, 5});
        round[1].state = Trial::State::Waiting; // in a round of halving
        store.setTrials(id, round);
        seen = RunStore::open(m_path).list().front();
        QCOMPARE(seen.repeatsDone, 2);
        QCOMPARE(seen.title,
            std::string("bands: sweep of 3 configurations, best +3.85 points")); // (90 − 85) / 130
        round[1].state = Trial::State::Dropped;
        store.setTrials(id, std::span(round).subspan(1, 1)); // in place of the first
        seen = RunStore::open(m_path).list().front();
        QCOMPARE(seen.repeatsDone, 3);
        QCOMPARE(*seen.baseline, 85.0 / 130);
        QCOMPARE(*seen.tta, 90.0 / 130);
        QCOMPARE(seen.fixed, std::int64_t(6));
        QCOMPARE(seen.broken, std::int64_t(1));
        QVERIFY(seen.liftCi95 && seen.liftCi95->low < *seen.lift);

        store.finish(id, madeSearch({0, 1, 2, 3, 4, 5, 6, 7}));
        const auto record = RunStore::open(m_path).get(id);
        QCOMPARE(record.info.status, RunStatus::Finished);
        QVERIFY(record.info.isComplete());
        QCOMPARE(record.trials.size(), std::size_t(8));
        QVERIFY(record.document.at("trials") == madeSearch({0, 1, 2, 3, 4, 5, 6, 7}).at("trials"));
        QCOMPARE(record.document.at("best").get<int>(), 7);
        QCOMPARE(record.document.at("stopped").get<bool>(), false);
        QCOMPARE(
            record.info.title, std::string("bands: sweep of 8 configurations, best +6.92 points"));
        QVERIFY(
            contains(errorOf([&] { RunStore::open(m_path).setTrials(id, round); }), "not under"));
    }

    void anotherTrialIsNotTheBestByItsPlace()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeSearch({}), "tune");
        for (const int index : {6, 2, 4}) // the best first
            store.setTrials(id, madeTrials({index}));
        QCOMPARE(*store.list().front().tta, 92.0 / 130);
        QCOMPARE(*store.get(id).info.tta, 92.0 / 130);
    }

    void aKilledSearchIsGoneOnWith()
    {
        std::int64_t id = 0;
        {
            auto store = RunStore::open(m_path);
            id = store.begin(madeSearch({}), "tune");
            store.setTrials(id, madeTrials({0, 1, 2}));
        } // as when the process ends
        auto store = RunStore::open(m_path);
        QCOMPARE(store.list().front().status, RunStatus::Stopped);
        QVERIFY(!store.list().front().finished.empty());
        QCOMPARE(store.unfinished("tune").size(), std::size_t(1));
        QVERIFY(store.unfinished().empty()); // of repeats
        const auto record = store.resume(id);
        QCOMPARE(record.trials.size(), std::size_t(3));
        QVERIFY(toJson(record.trials[2]) == toJson(madeTrial(2)));
        QVERIFY(record.document.at("stopped").get<bool>());
        QCOMPARE(record.document.at("tried").get<int>(), 3);

        auto other = RunStore::open(m_path); // as another process would
        QVERIFY(contains(errorOf([&] { other.resume(id); }), "another program is at it"));
        QVERIFY(other.unfinished("tune").empty());

        store.setTrials(id, madeTrials({3, 4, 5, 6, 7}));
        store.finish(id, madeSearch({0, 1, 2, 3, 4, 5, 6, 7}));
        QVERIFY(contains(errorOf([&] { other.resume(id); }), "8 configurations"));
        QVERIFY(other.get(id).document.at("trials")
            == madeSearch({0, 1, 2, 3, 4, 5, 6, 7}).at("trials"));
    }

    void aRunTakenOverIsLeftAlone()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeSearch({}), "tune");
        fs::remove(m_path.string() + "-running"); // what tells that somebody is at it
        auto other = RunStore::open(m_path);
        other.resume(id);
        QVERIFY_EXCEPTION_THROWN(store.setTrials(id, madeTrials({0})), RunTakenOver);
        other.setTrials(id, madeTrials({1}));
        QCOMPARE(other.get(id).trials.size(), std::size_t(1));
    }

    void whatIsNoSearchTakesNoTrials()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeDocument({}), "repeat");
        QVERIFY(contains(errorOf([&] { store.setTrials(id, madeTrials({0})); }), "no search"));
    }

    void searchesTravel()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeSearch({0, 1, 2}), "tune");
        store.rename(id, "mine");
        store.addConfirmation("images", id, madeConfirmation());
        const auto exported = json::parse(documentText(store.exportRun(id)));
        QCOMPARE(exported.at("confirmations").size(), std::size_t(1));
        QVERIFY(exported.at("confirmations")[0].contains("date"));
        QCOMPARE(exported.at("run").at("kind").get<std::string>(), std::string("tune"));

        auto elsewhere = RunStore::open(m_path.parent_path() / "other.sqlite");
        const auto there = elsewhere.importRun(exported, "the file");
        const auto record = elsewhere.get(there);
        QCOMPARE(record.info.name, std::string("mine"));
        QCOMPARE(record.info.repeatsDone, 3);
        QCOMPARE(record.info.repeatsWanted, madePlanned);
        QCOMPARE(record.info.status, RunStatus::Stopped);
        QVERIFY(record.document.at("trials") == exported.at("trials"));
        // It was not this history that used its test images.
        QVERIFY(elsewhere.confirmations("images").empty());
        QVERIFY(elsewhere.confirmationsOf(there).empty());
        // Its confirmation is told of all the same, and not lost on the way.
        QVERIFY(elsewhere.exportRun(there).at("confirmations") == exported.at("confirmations"));
        QCOMPARE(elsewhere.resume(there).trials.size(), std::size_t(3)); // and it goes on
    }

    void damagedSearchesAreNotImported()
    {
        auto store = RunStore::open(m_path);
        const auto refused = [&](const auto& change) {
            auto document = madeSearch({0, 1});
            change(document);
            return errorOf([&] { store.importRun(document, "the file"); });
        };
        QVERIFY(contains(refused([](json& d) { d["trials"][0]["index"] = 99; }), "the file"));
        QVERIFY(contains(refused([](json& d) { d["trials"][0]["right"] = ""; }), "the file"));
        QVERIFY(!refused([](json& d) { d["trials"] = 3; }).empty());
        QVERIFY(!refused([](json& d) { d["tune"]["rules"] = {"loudest"}; }).empty());
        QVERIFY(!refused([](json& d) { d["settings"] = json::array(); }).empty());
        QVERIFY(!refused([](json& d) { d["confirmations"] = {{{"seed", 3}}}; }).empty());
        QVERIFY(!refused([](json& d) { d["run"]["kind"] = "repeat"; }).empty());
        QVERIFY(store.list().empty());
    }

    void confirmationsAreCountedByTestSet()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeSearch({0, 1}), "tune");
        store.addConfirmation("one", id, madeConfirmation(30));
        store.addConfirmation("two", id, madeConfirmation(31));
        store.addConfirmation("one", std::nullopt, madeConfirmation(32));
        store.addConfirmation("one", 12345, madeConfirmation(33)); // purged meanwhile
        const auto kept = RunStore::openToRead(m_path).confirmations("one");
        QCOMPARE(kept.size(), std::size_t(3));
        QCOMPARE(kept[0].run.value(), id);
        QVERIFY(!kept[1].run && !kept[2].run);
        QVERIFY(sameConfirmation(kept[0].confirmation, madeConfirmation(30)));
        QCOMPARE(kept[2].confirmation.test.fixed, std::int64_t(33));
        QCOMPARE(kept[0].date.size(), std::string("2024-05-01T12:34:56Z").size());
        QCOMPARE(store.confirmationsOf(id).size(), std::size_t(2));
        QVERIFY(store.confirmations("three").empty());
    }

    void confirmationsOutliveTheirSearch()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeSearch({0, 1}), "tune");
        store.addConfirmation("one", id, madeConfirmation());
        store.remove(id);
        QCOMPARE(store.confirmations("one").size(), std::size_t(1));
        store.restore(id);
        QCOMPARE(store.confirmationsOf(id).size(), std::size_t(1));
        store.remove(id);
        store.purgeRun(id);
        QVERIFY(store.list(10, true).empty());
        const auto kept = store.confirmations("one");
        QCOMPARE(kept.size(), std::size_t(1));
        QVERIFY(!kept[0].run);
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READONLY);
        QCOMPARE(raw.execAndGet("SELECT count(*) FROM trials").getInt(), 0);
    }

    /// A history as the version before wrote it.
    void theSecondFormatIsBroughtUpToDate()
    {
        {
            auto store = RunStore::open(m_path);
            store.add(madeDocument({0, 1, 2, 3}), "repeat");
        }
        {
            SQLite::Database raw(m_path.string(), SQLite::OPEN_READWRITE);
            raw.exec("DROP TABLE trials; DROP TABLE confirmations; PRAGMA user_version = 2");
        }
        auto store = RunStore::open(m_path);
        QCOMPARE(store.get(1).repeats.size(), std::size_t(4));
        const auto id = store.add(madeSearch({0}), "tune");
        store.addConfirmation("one", id, madeConfirmation());
        QCOMPARE(store.get(id).trials.size(), std::size_t(1));
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READONLY);
        QCOMPARE(raw.execAndGet("PRAGMA user_version").getInt(), 3);
        QCOMPARE(raw.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    }

    void aFullDiskKeepsWhatWasThere()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.begin(madeSearch({}), "tune");
        store.setTrials(id, madeTrials({0}));
        store.limitPages(1); // not below what there is: full
        std::vector<Trial> many;
        for (int i = 0; i < madePlanned; ++i) {
            many.push_back(madeTrial(i));
            many.back().configuration.vote.weights.assign(5000, 1.0 / 3);
        }
        QVERIFY(contains(errorOf([&] { store.setTrials(id, many); }), "full"));
        store.limitPages(1'000'000);
        QCOMPARE(store.get(id).trials.size(), std::size_t(1));
        store.setTrials(id, madeTrials({1})); // and it goes on
        QCOMPARE(store.get(id).info.repeatsDone, 2);
    }

    void theRecorderKeepsASearch()
    {
        std::vector<std::string> told;
        const auto warn = [&](const std::string& message) { told.push_back(message); };
        TuneRecorder recorder(m_path, madeSearch({}), warn);
        recorder.add(madeTrials({0, 1}));
        recorder.add(madeTrials({1, 2}));
        QCOMPARE(RunStore::open(m_path).get(*recorder.id()).trials.size(), std::size_t(3));
        for (const char* end : {"", "-wal", "-shm", "-running"})
            fs::remove(m_path.string() + end);
        recorder.add(madeTrials({4})); // all of it anew
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY(contains(told[0], "deleted"));
        QCOMPARE(RunStore::open(m_path).get(*recorder.id()).trials.size(), std::size_t(4));
        recorder.finish(madeSearch({0, 1, 2, 4}));
        QCOMPARE(RunStore::open(m_path).list().front().status, RunStatus::Stopped);

        auto store = RunStore::open(m_path);
        const auto id = store.list().front().id;
        store.resume(id);
        TuneRecorder further(std::move(store), id, warn);
        further.add(madeTrials({3, 5, 6, 7}));
        further.finish(madeSearch({0, 1, 2, 3, 4, 5, 6, 7}));
        const auto record = RunStore::open(m_path).get(id);
        QCOMPARE(record.info.status, RunStatus::Finished);
        QCOMPARE(record.trials.size(), std::size_t(8));
        QCOMPARE(told.size(), std::size_t(1));

        TuneRecorder dropped(m_path, madeSearch({}), warn);
        dropped.discard();
        QCOMPARE(RunStore::open(m_path).list().size(), std::size_t(1));
    }

    /// What could not be written is not forgotten, even where the run had to be begun anew.
    void theRecorderTriesAgain()
    {
        int warnings = 0;
        TuneRecorder recorder(m_path, madeSearch({}), [&](const std::string&) { ++warnings; });
        SQLite::Database other(m_path.string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE"); // for longer than anybody waits
        recorder.add(madeTrials({2}));
        QCOMPARE(warnings, 1);
        other.exec("ROLLBACK");
        recorder.add(madeTrials({0}));
        QCOMPARE(warnings, 1);
        QCOMPARE(RunStore::open(m_path).get(*recorder.id()).trials.size(), std::size_t(2));
    }

    void theTrialsAreATable()
    {
        auto store = RunStore::open(m_path);
        const auto record = store.get(store.add(madeSearch({0, 7}), "tune"));
        QVERIFY(has(record, RunTable::Trials));
        QVERIFY(!has(record, RunTable::Repeats));
        QCOMPARE(runCsv(record, RunTable::Trials), trialsCsv(madeSpec(), record.trials));
        QVERIFY(contains(errorOf([&] { runCsv(record, RunTable::Curve); }), "trials"));
        const auto facts = factsOf(record);
        QCOMPARE(facts.comparison->ttaCorrect, std::int64_t(94));
        QCOMPARE(facts.verdict, record.document.at("verdict").get<std::string>());
        const auto loose = recordOf(madeSearch({0, 7}));
        QCOMPARE(loose.trials.size(), std::size_t(2));
        QCOMPARE(loose.info.repeatsWanted, madePlanned);
        QCOMPARE(loose.info.status, RunStatus::Stopped);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestTuneRuns)
#include "tst_tune_runs.moc"
