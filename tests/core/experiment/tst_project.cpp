// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment_json.h"
#include "core/experiment/project.h"
#include "tests/support/random_projects.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>

using namespace augury;
using namespace augury::testing;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void put(const fs::path& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

} // namespace

class ProjectTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_folder;

    fs::path file(const char* name = "a.augury") const { return m_folder / name; }

    static std::string textOf(const json& document) { return document.dump(2) + "\n"; }
    json document(const Project& project = {}) const
    {
        return json::parse(projectText(project, file()));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = fs::canonical(m_dir.path().toStdString()) / QTest::currentTestFunction();
        fs::create_directories(m_folder);
    }

    void everyFieldIsChangedByTheRandomConfigs()
    {
        const json defaults = toJson(ExperimentConfig{});
        std::set<std::string> changed;
        for (const unsigned seed : {1U, 2U}) {
            const json config = toJson(randomConfig(seed));
            for (const auto& [name, value] : config.items()) {
                if (name == "policy") {
                    for (const auto& [inner, of] : value.items())
                        if (of != defaults["policy"][inner])
                            changed.insert("policy." + inner);
                } else if (!defaults.contains(name) || value != defaults[name]) {
                    changed.insert(name);
                }
            }
        }
        for (const auto& [name, value] : defaults.items()) {
            if (name != "policy")
                QVERIFY2(changed.contains(name), name.c_str());
        }
        QVERIFY(changed.contains("train_policy"));
        for (const auto& [name, value] : defaults["policy"].items())
            QVERIFY2(changed.contains("policy." + name), name.c_str());
    }

    void comesBackTheSame()
    {
        for (unsigned seed = 0; seed < 50; ++seed) {
            Project project;
            project.experiment = randomConfig(seed);
            project.model = "/models/of mine.safetensors";
            project.notes = "first line\n\"second\" – ∆\t" + std::to_string(seed);
            QVERIFY(project.experiment.validate().empty());
            writeProject(project, file());
            QVERIFY(readProject(file()) == project);
        }
        Project views;
        views.experiment = configWithViews();
        views.experiment.dataPath = "/data";
        views.autosaveOf = "/somewhere/else.augury";
        writeProject(views, file("views.json"));
        QVERIFY(readProject(file("views.json")) == views);
        views.experiment = configWithViewList();
        QVERIFY(views.experiment.validate().empty());
        writeProject(views, file("list.json"));
        QVERIFY(readProject(file("list.json")) == views);
    }

    void isTheDocumentedDocument()
    {
        Project project;
        project.experiment = randomConfig(5);
        const json written = document(project);
        QCOMPARE(written.size(), std::size_t(4));
        QCOMPARE(written["augury_project"].get<int>(), 1);
        QVERIFY(written["model"].is_null());
        QCOMPARE(written["notes"].get<std::string>(), std::string());
        QVERIFY(written["experiment"] == toJson(project.experiment));
        // The version is what one sees first.
        QVERIFY(projectText(project, file()).starts_with("{\n  \"augury_project\": 1,\n"));
    }

    void weightsFitTheViewsThatVote()
    {
        const auto fits = [](ExperimentConfig config, std::size_t weights) {
            config.vote.weights.assign(weights, 0.5);
            for (const auto& problem : config.validate()) {
                if (problem.field == "weights")
                    return false;
            }
            return true;
        };
        auto config = configWithViewList(); // three copies, a weight for each and class
        for (const std::size_t some : {0, 3, 6, 30})
            QVERIFY(fits(config, some));
        for (const std::size_t wrong : {1, 2, 4, 10})
            QVERIFY(!fits(config, wrong));
        config.vote.includeOriginal = true;
        QVERIFY(fits(config, 40) && !fits(config, 30));
        config.vote.rule = VoteRule::Learned;
        QVERIFY(fits(config, 4) && fits(config, 0) && !fits(config, 3) && !fits(config, 8));
        config.vote.rule = VoteRule::Mean; // has no use for them
        QVERIFY(fits(config, 5));
        // Random copies have no places that could have a weight.
        config.vote.rule = VoteRule::LearnedPerClass;
        config.policy = tutorialPolicy();
        const auto problems = config.validate();
        QVERIFY(std::ranges::any_of(
            problems, [](const Problem& problem) { return problem.field == "vote"; }));
    }

    void missingFieldsKeepTheirDefaults()
    {
        put(file(), R"({"augury_project": 1, "experiment": {"copies": 3}})");
        Project wanted;
        wanted.experiment.copies = 3;
        QVERIFY(readProject(file()) == wanted);
    }

    void whatLiesInTheFolderMovesWithIt()
    {
        fs::create_directories(m_folder / "one" / "images");
        Project project;
        project.experiment.dataPath = (m_folder / "one" / "images").string() + "/";
        project.model = m_folder / "one" / "nets" / ".." / "net.safetensors";
        writeProject(project, m_folder / "one" / "p.augury");
        const json written = json::parse(contents(m_folder / "one" / "p.augury"));
        QCOMPARE(written["experiment"]["data"].get<std::string>(), std::string("images"));
        QCOMPARE(written["model"].get<std::string>(), std::string("net.safetensors"));

        fs::rename(m_folder / "one", m_folder / "two");
        const auto moved = readProject(m_folder / "two" / "p.augury");
        QCOMPARE(moved.experiment.dataPath, (m_folder / "two" / "images").string());
        QCOMPARE(moved.model.string(), (m_folder / "two" / "net.safetensors").string());
    }

    void whatLiesElsewhereIsAbsolute()
    {
        fs::create_directories(m_folder / "project");
        Project project;
        // Beside it, with a name that begins like the folder's.
        project.experiment.dataPath = (m_folder / "project data").string();
        project.model = m_folder / "project" / ".." / "net.safetensors";
        writeProject(project, m_folder / "project" / "p.augury");
        const json written = json::parse(contents(m_folder / "project" / "p.augury"));
        QCOMPARE(
            written["experiment"]["data"].get<std::string>(), (m_folder / "project data").string());
        QCOMPARE(written["model"].get<std::string>(), (m_folder / "net.safetensors").string());
    }

    void theFolderItselfAndWhatALinkLeadsTo()
    {
        fs::create_directories(m_folder / "set");
        fs::create_directory_symlink(m_folder / "set", m_folder / "link");
        Project project;
        project.experiment.dataPath = (m_folder / "set").string();
        writeProject(project, m_folder / "set" / "p.augury");
        QCOMPARE(readProject(m_folder / "set" / "p.augury").experiment.dataPath,
            project.experiment.dataPath);
        // Named through the link, it is still in the folder.
        project.experiment.dataPath = (m_folder / "link" / "images").string();
        QCOMPARE(
            json::parse(projectText(project, m_folder / "set" / "p.augury"))["experiment"]["data"]
                .get<std::string>(),
            std::string("images"));
    }

    void relativeNamesCountFromTheProgramWhenWritingAndFromTheFileWhenReading()
    {
        Project project;
        project.experiment.dataPath = "some/where";
        QCOMPARE(document(project)["experiment"]["data"].get<std::string>(),
            (fs::current_path() / "some" / "where").string());
        auto written = document();
        written["experiment"]["data"] = "../images";
        put(file(), textOf(written));
        QCOMPARE(
            readProject(file()).experiment.dataPath, (m_folder.parent_path() / "images").string());
    }

    void noDataStaysNoData()
    {
        writeProject({}, file());
        QCOMPARE(readProject(file()).experiment.dataPath, std::string());
        QVERIFY(readProject(file()).model.empty());
    }

    void writesNothingThatItWouldNotRead()
    {
        writeProject({}, file());
        const auto before = contents(file());
        const auto refuses = [&](const Project& project) {
            try {
                writeProject(project, file());
            } catch (const Error& error) {
                return contents(file()) == before
                    && QByteArray(error.what()).contains(file().c_str());
            }
            return false;
        };
        Project project;
        project.experiment.copies = 0;
        QVERIFY(refuses(project));
        project = {};
        project.experiment.training.learningRate = std::nan("");
        QVERIFY(refuses(project));
        project = {};
        project.experiment.training.seed = (std::uint64_t(1) << 53) + 2; // not whole in JSON
        QVERIFY(refuses(project));
        project = {};
        project.experiment.dataPath = "/data/\xff";
        QVERIFY(refuses(project));
        project = {};
        project.notes.assign(1 << 20, 'x');
        QVERIFY(refuses(project));
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), {}), std::ptrdiff_t(1));
    }

    void aDraftMayHoldWhatDoesNotFitYet()
    {
        Project project;
        project.experiment = configWithViews();
        project.experiment.copies = 1000;
        project.experiment.policy.rotationRange = 500;
        project.experiment.training.policy.noiseStd = -1;
        writeProject(project, file(), ReadAs::Draft);
        QVERIFY(readProject(file(), ReadAs::Draft) == project);
        QVERIFY_EXCEPTION_THROWN(readProject(file()), Error);
        // But not what has no meaning at all.
        put(file("b.augury"), R"({"augury_project": 1, "experiment": {"copis": 1}})");
        QVERIFY_EXCEPTION_THROWN(readProject(file("b.augury"), ReadAs::Draft), Error);
    }

    void aPlaceThatCannotBeWrittenTo()
    {
        put(m_folder / "plain", "");
        try {
            writeProject({}, m_folder / "plain" / "p.augury");
            QFAIL("written into a file");
        } catch (const Error& error) {
            QVERIFY(QByteArray(error.what()).contains((m_folder / "plain" / "p.augury").c_str()));
        }
    }

    void tellsWhatIsMissing()
    {
        Project project;
        QVERIFY(missingFiles(project).empty());
        project.experiment.dataPath = m_folder.string();
        project.model = m_folder / "net.safetensors";
        auto missing = missingFiles(project);
        QCOMPARE(missing.size(), std::size_t(1));
        QCOMPARE(missing[0].field, std::string("model"));
        QVERIFY(
            missing[0].message.find((m_folder / "net.safetensors").string()) != std::string::npos);
        put(project.model, "");
        project.experiment.dataPath = (m_folder / "gone").string();
        missing = missingFiles(project);
        QCOMPARE(missing.size(), std::size_t(1));
        QCOMPARE(missing[0].field, std::string("data"));
    }

    void knowsProjectsByNameAndContent()
    {
        QVERIFY(isProjectFile(file("not yet there.augury")));
        writeProject({}, file("a.json"));
        QVERIFY(isProjectFile(file("a.json")));
        put(file("b.json"), "{\"rotation_range\": 10}");
        put(file("c.json"), "{\"augury_project\"");
        put(file("d.json"), "[\"augury_project\"]");
        for (const char* name : {"b.json", "c.json", "d.json", "e.json", "a.safetensors", "augury"})
            QVERIFY2(!isProjectFile(file(name)), name);
        QCOMPARE(withProjectSuffix("x/run 1.5").string(), std::string("x/run 1.5.augury"));
        QCOMPARE(withProjectSuffix("x.json").string(), std::string("x.json"));
        QCOMPARE(withProjectSuffix("x.augury").string(), std::string("x.augury"));
    }
};

QTEST_GUILESS_MAIN(ProjectTest)
#include "tst_project.moc"
