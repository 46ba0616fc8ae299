// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that are kept, listed, found again, and what a user does with them.
#include "core/augment/presets.h"
#include "core/experiment/experiment_json.h"
#include "core/store/run_documents.h"
#include "tests/core/store/made_runs.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace augury;
using namespace augury::testing;
namespace fs = std::filesystem;

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
            first = store.add(madeDocument({0, 1, 2, 3}), "repeat", "2024-05-01T12:00:12Z");
            second = store.add(madeDocument({0, 2}), "repeat");
            QVERIFY(second > first);
        }
        const auto store = RunStore::open(m_path);
        const auto runs = store.list();
        QCOMPARE(runs.size(), std::size_t(2));
        QCOMPARE(runs[0].id, second); // newest first
        QCOMPARE(runs[0].status, RunStatus::Stopped);
        QCOMPARE(runs[0].repeatsDone, 2);
        const auto& run = runs[1];
        QCOMPARE(run.id, first);
        QCOMPARE(run.status, RunStatus::Finished);
        QCOMPARE(run.kind, std::string("repeat"));
        QCOMPARE(run.started, std::string("2024-05-01T12:00:00Z")); // it took 12 s
        QCOMPARE(run.finished, std::string("2024-05-01T12:00:12Z"));
        QCOMPARE(run.seconds, 12.0);
        QCOMPARE(run.repeatsDone, 4);
        QCOMPARE(run.repeatsWanted, 4);
        QCOMPARE(run.data, std::string("bands"));
        QCOMPARE(run.policy, std::string("tutorial (horizontal flip)"));
        QCOMPARE(run.vote, std::string("mean"));
        QCOMPARE(run.copies, 5);
        QCOMPARE(run.seed, std::uint64_t(7));
        QCOMPARE(run.title, std::string("bands: 4 repeats, 70.3 → 71.6 %"));
        QVERIFY(store.get(first).document == madeDocument({0, 1, 2, 3})
            || withoutMemory(store.get(first).document)
                == withoutMemory(madeDocument({0, 1, 2, 3})));
        QCOMPARE(store.get(second).repeats.size(), std::size_t(2));
        QCOMPARE(store.get(second).plan.threadsPerFit, 3);
    }

    void policiesAreCalledAsTheyAreElsewhere()
    {
        const auto words = [](const AugmentPolicy& policy) {
            auto config = madeConfig();
            config.copies = 2; // of two views there are no more
            config.policy = policy;
            RunInfo info;
            info.kind = "repeat";
            describeSettings(toJson(config), info);
            return info.policy;
        };
        QCOMPARE(words({.views = ViewSets{.horizontalFlip = true}}),
            std::string("hflip (2 views: horizontal flip)"));
        QCOMPARE(words(findPreset("gentle")->policy),
            std::string("gentle (horizontal flip, shift ±5 %, zoom 0.95–1.05)"));
        QCOMPARE(words({.verticalFlip = true}), std::string("vertical flip")); // no preset
        QCOMPARE(words({}), std::string("none"));
    }

    /// By hand: lifts 0.010, 0.012, 0.014, 0.016; mean 0.013, s = 0.002582, t(0.975, 3) = 3.182446.
    void figuresOfAListAreThoseOfTheRepeats()
    {
        auto store = RunStore::open(m_path);
        store.add(madeDocument({0, 1, 2, 3}), "repeat");
        const auto run = store.list().front();
        QVERIFY(std::abs(run.baseline.value() - 0.703) < 1e-12);
        QVERIFY(std::abs(run.tta.value() - 0.716) < 1e-12);
        QVERIFY(std::abs(run.lift.value() - 0.013) < 1e-12);
        const double half = 3.182446 * std::sqrt(20e-6 / 3) / 2;
        QVERIFY(std::abs(run.liftCi95.value().low - (0.013 - half)) < 1e-8);
        QVERIFY(std::abs(run.liftCi95.value().high - (0.013 + half)) < 1e-8);
        QCOMPARE(run.fixed, 20 + 22 + 24 + 26);
        QCOMPARE(run.broken, 40);
        store.add(madeDocument({1}), "repeat");
        QVERIFY(!store.list().front().liftCi95); // of one there is none
        QVERIFY(store.list().front().lift);
    }

    void evaluationsKeepAllOfTheirDocument()
    {
        const auto comparison = madeRepeat(0).comparison;
        auto document = toJson(madeRepeat(0));
        for (const char* field : {"index", "seed", "history"})
            document.erase(field);
        document["settings"] = toJson(madeConfig());
        document["data"] = {{"name", "bands"}};
        document["curve"] = {{"points", {1, 2, 3}}};
        document["seconds"] = 2.5;
        auto store = RunStore::open(m_path);
        const auto id = store.add(document, "evaluate");
        const auto record = store.get(id);
        QVERIFY(record.document == document);
        QCOMPARE(record.info.repeatsWanted, 0);
        QCOMPARE(record.info.seconds, 2.5);
        QCOMPARE(record.info.baseline.value(), 0.7);
        QCOMPARE(record.info.lift.value(), 0.01);
        QCOMPARE(record.info.liftCi95.value().low, comparison.liftCi95().low);
        QCOMPARE(record.info.fixed, std::int64_t(20));
        QVERIFY(store.unfinished().empty());
    }

    void latestIsOfItsKindAndNotRemoved()
    {
        auto store = RunStore::open(m_path);
        const auto older = store.add(madeDocument({0}), "repeat");
        const auto repeat = store.add(madeDocument({0}), "repeat");
        QCOMPARE(store.latest("repeat").value_or(0), repeat);
        QVERIFY(!store.latest("evaluate"));
        store.remove(repeat);
        QCOMPARE(store.latest("repeat").value_or(0), older);
    }

    void listIsLimited()
    {
        auto store = RunStore::open(m_path);
        std::int64_t last = 0;
        for (int i = 0; i < 5; ++i)
            last = store.add(madeDocument({i}, 9), "repeat");
        const auto runs = store.list(2);
        QCOMPARE(runs.size(), std::size_t(2));
        QCOMPARE(runs[0].id, last);
    }

    void namesNotesAndTags()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeDocument({0}), "repeat");
        store.rename(id, "  Größe 3\n");
        store.setNote(id, "two\nlines; 'quotes' \"too\"");
        store.setTags(id, {"b", " a ", "b", "", "ä"});
        const auto run = RunStore::open(m_path).list().front();
        QCOMPARE(run.name, std::string("Größe 3"));
        QCOMPARE(run.note, std::string("two\nlines; 'quotes' \"too\""));
        QVERIFY((run.tags == std::vector<std::string>{"a", "b", "ä"}));
        store.rename(id, "");
        store.setTags(id, {});
        QVERIFY(store.list().front().name.empty() && store.list().front().tags.empty());
    }

    void removedRunsComeBackUntilTheyArePurged()
    {
        auto store = RunStore::open(m_path);
        const auto first = store.add(madeDocument({0, 1}), "repeat");
        const auto second = store.add(madeDocument({2}), "repeat");
        store.setNote(first, "kept");
        store.remove(first);
        store.remove(first); // again: the same
        QCOMPARE(store.list().size(), std::size_t(1));
        QCOMPARE(store.list(10, true).size(), std::size_t(2));
        QVERIFY(store.list(10, true)[1].removed);
        QCOMPARE(store.purge(), 0); // younger than a month
        store.restore(first);
        QCOMPARE(store.list().size(), std::size_t(2));
        QCOMPARE(store.get(first).repeats.size(), std::size_t(2));
        QCOMPARE(store.get(first).info.note, std::string("kept"));
        QCOMPARE(store.purge(0), 0); // nothing is removed now
        QVERIFY(contains(errorOf([&] { store.purgeRun(first); }), "not deleted"));

        store.remove(first);
        QCOMPARE(store.purge(0), 1);
        QVERIFY(contains(errorOf([&] { store.get(first); }), "no run"));
        QVERIFY(contains(errorOf([&] { store.restore(first); }), "no run"));
        store.remove(second);
        store.purgeRun(second);
        QVERIFY(store.list(10, true).empty());
        QVERIFY(store.add(madeDocument({0}), "repeat") > second); // ids are not used again
    }

    void whatIsNotThereIsAnError()
    {
        auto store = RunStore::open(m_path);
        for (const auto& message : {errorOf([&] { store.get(3); }),
                 errorOf([&] { store.rename(3, "x"); }), errorOf([&] { store.setNote(3, "x"); }),
                 errorOf([&] { store.setTags(3, {"x"}); }), errorOf([&] { store.remove(3); }),
                 errorOf([&] { store.restore(3); }), errorOf([&] { store.purgeRun(3); }),
                 errorOf([&] { store.exportRun(3); }), errorOf([&] { store.resume(3); })})
            QVERIFY2(contains(message, "no run 3") && contains(message, m_path.string()),
                message.c_str());
    }

    void namesThatAreNotUtf8AreKeptReadable()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeDocument({0}, 4, "caf\xe9"), "repeat");
        QCOMPARE(store.get(id).info.repeatsDone, 1);
        QVERIFY(contains(store.list().front().data, "caf"));
    }

    void exportedRunsComeBackElsewhere()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.add(madeDocument({0, 1, 2}), "repeat", "2024-05-01T12:00:12Z");
        store.rename(id, "a name");
        store.setNote(id, "a note");
        store.setTags(id, {"x", "y"});
        // Through text, as in a file.
        const auto exported = nlohmann::json::parse(documentText(store.exportRun(id)));
        auto other = RunStore::open(m_path.parent_path() / "other.sqlite");
        const auto copy = other.get(other.importRun(exported, "run.json"));
        const auto original = store.get(id);
        QVERIFY(copy.document == original.document);
        QCOMPARE(copy.info.name, original.info.name);
        QCOMPARE(copy.info.note, original.info.note);
        QVERIFY(copy.info.tags == original.info.tags);
        QCOMPARE(copy.info.started, original.info.started);
        QCOMPARE(copy.info.finished, original.info.finished);
        QCOMPARE(copy.info.seconds, original.info.seconds);
        QCOMPARE(copy.info.status, RunStatus::Stopped);
        QCOMPARE(copy.info.title, original.info.title);
        QVERIFY(other.exportRun(copy.info.id) == store.exportRun(id));
    }

    void importsDocumentsOfTheCommandLine()
    {
        auto store = RunStore::open(m_path);
        const auto id = store.importRun(madeDocument({0, 1, 2, 3}), "result.json");
        QCOMPARE(store.get(id).info.kind, std::string("repeat"));
        QCOMPARE(store.get(id).info.status, RunStatus::Finished);
    }

    void refusesToImportWhatIsNoRun()
    {
        auto store = RunStore::open(m_path);
        const auto whole = store.exportRun(store.add(madeDocument({0, 1}), "repeat"));
        const auto messageOf = [&](const nlohmann::json& document) {
            return errorOf([&] { store.importRun(document, "file.json"); });
        };
        std::vector<nlohmann::json> wrong(8, whole);
        wrong[0] = nlohmann::json::array();
        wrong[1] = nlohmann::json::object();
        wrong[2].erase("settings");
        wrong[3]["settings"]["copies"] = -1;
        wrong[4]["repeats"][0].erase("baseline");
        wrong[5]["repeats"][1]["index"] = 0;
        wrong[6]["run"]["kind"] = "evaluate";
        wrong[7]["repeats"] = "many";
        for (const auto& document : wrong) {
            const auto message = messageOf(document);
            QVERIFY2(contains(message, "file.json"), message.c_str());
        }
        QCOMPARE(store.list().size(), std::size_t(1)); // nothing of them was kept
        auto odd = whole; // what a user could have written by hand
        odd["run"]["started"] = "yesterday";
        odd["run"]["tags"] = {"b", 3, "b"};
        const auto run = store.get(store.importRun(odd, "file.json")).info;
        QVERIFY((run.tags == std::vector<std::string>{"b"}));
        QVERIFY(run.started != "yesterday");
    }

    void severalProgramsAddAtOnce()
    {
        constexpr int each = 20;
        const auto document = madeDocument({0, 1});
        std::string messages[4];
        {
            std::vector<std::jthread> writers;
            for (auto& message : messages) {
                writers.emplace_back([&message, &document, path = m_path] {
                    message = errorOf([&] { // each creates or opens the file for itself
                        auto store = RunStore::open(path);
                        for (int i = 0; i < each; ++i)
                            store.add(document, "repeat");
                    });
                });
            }
        }
        for (const auto& message : messages)
            QCOMPARE(message, std::string());
        const auto runs = RunStore::open(m_path).list();
        QCOMPARE(runs.size(), std::size_t(4 * each));
        for (const auto& run : runs)
            QCOMPARE(run.repeatsDone, 2);
    }

    void tellsThatAnotherHasWritten()
    {
        auto store = RunStore::open(m_path);
        const auto before = store.dataVersion();
        QCOMPARE(store.dataVersion(), before);
        RunStore::open(m_path).add(madeDocument({0}), "repeat");
        QVERIFY(store.dataVersion() != before);
        QCOMPARE(store.list().size(), std::size_t(1));
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
    /// What the process has held grows while a test runs.
    static nlohmann::json withoutMemory(nlohmann::json document)
    {
        document["run"].erase("peak_memory_mb");
        return document;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
