// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment_json.h"
#include "core/experiment/project.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <cmath>
#include <fstream>
#include <random>
#include <set>

using namespace augury;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// Random values, none of which is the field's default.
class Dice {
public:
    explicit Dice(unsigned seed)
        : m_engine(seed)
    {
    }
    int whole(int low, int high) { return std::uniform_int_distribution(low, high)(m_engine); }
    double real(double low, double high)
    {
        return std::uniform_real_distribution(low, high)(m_engine);
    }
    Range range(double low, double high)
    {
        const double a = real(low, high);
        return {a, real(a, high)};
    }

private:
    std::mt19937 m_engine;
};

AugmentPolicy randomPolicy(Dice& dice)
{
    AugmentPolicy policy;
    policy.horizontalFlip = false; // on in the tutorial's, which is the default
    policy.verticalFlip = true;
    policy.rotate90 = true;
    policy.rotationRange = dice.real(0.1, 180);
    policy.widthShiftRange = dice.real(0.01, 1);
    policy.heightShiftRange = dice.real(0.01, 1);
    policy.shearRange = dice.real(0.1, 89);
    policy.zoomRange = dice.range(0.5, 0.9);
    policy.zoomIndependentAxes = true;
    policy.cropFraction = dice.range(0.3, 0.9);
    policy.brightnessRange = dice.range(0.2, 0.9);
    policy.contrastRange = dice.range(1.1, 3);
    policy.channelShiftRange = dice.real(1, 255);
    policy.noiseStd = dice.real(1, 255);
    policy.blurSigma = dice.range(0.1, 5);
    policy.fillMode = FillMode(dice.whole(1, 3));
    policy.fillValue = dice.whole(1, 255);
    return policy;
}

ExperimentConfig randomConfig(unsigned seed)
{
    Dice dice(seed);
    ExperimentConfig config;
    config.dataPath = "/data/Müller's \"images\" " + std::to_string(dice.whole(1, 1000));
    config.training.epochs = dice.whole(4, 10'000);
    config.training.batchSize = dice.whole(2, 127);
    config.training.learningRate = dice.real(1e-6, 9e-4);
    config.training.normalisation = NormalisationKind::Standardise;
    config.training.seed = std::uint64_t(dice.whole(2, 1 << 30)) << 22U;
    config.training.device = "cuda:" + std::to_string(dice.whole(0, 7));
    config.training.threads = dice.whole(1, 64);
    config.training.policy = randomPolicy(dice);
    config.training.policy.horizontalFlip = true;
    config.policy = randomPolicy(dice);
    config.copies = dice.whole(8, 1000);
    config.vote.rule = VoteRule(dice.whole(1, 10));
    const bool blended = seed % 2 == 0; // not together
    config.vote.includeOriginal = !blended;
    config.vote.blend = blended ? dice.real(0.01, 1) : 0;
    config.vote.temperature = dice.real(0.6, 20);
    config.vote.gamma = dice.real(1.1, 50);
    config.exactEarlyExit = false;
    config.splitSeed = std::uint64_t(dice.whole(2, 1 << 30));
    config.validationFraction = dice.real(0.01, 0.9);
    config.subsetTrain = std::size_t(dice.whole(1, 1 << 30));
    config.subsetTest = std::size_t(dice.whole(1, 1 << 30));
    config.repeats = dice.whole(11, 1000);
    config.parallelFits = dice.whole(1, 1024);
    return config;
}

/// With fixed views, which a random policy can't have.
ExperimentConfig configWithViews()
{
    ExperimentConfig config;
    config.policy = {};
    config.policy.views = ViewSets{true, true, true, {1, 0.9}, CropViews::Five, 0.8, {1, 1.1}};
    config.copies = 160;
    config.vote.rule = VoteRule::Learned;
    return config;
}

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

    /// What readProject() says of this text; empty when it reads it. The file must not change.
    QString errorFor(const std::string& text, ReadAs as = ReadAs::Settings)
    {
        put(file("wrong.augury"), text);
        QString message;
        try {
            readProject(file("wrong.augury"), as);
        } catch (const Error& error) {
            message = QString::fromUtf8(error.what());
            if (!message.contains(QString::fromStdString(file("wrong.augury").string())))
                message = QStringLiteral("NO FILE NAMED: ") + message;
        }
        if (contents(file("wrong.augury")) != text)
            return QStringLiteral("THE FILE CHANGED");
        return message;
    }
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

    void anotherVersionIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QString>("says");
        QTest::newRow("2") << QByteArray("2") << QStringLiteral("it is of version 2");
        QTest::newRow("huge") << QByteArray("18446744073709551615")
                              << QStringLiteral("it is of version 18446744073709551615");
        for (const char* wrong : {"0", "-1", "1.5", "\"1\"", "null", "[1]", "1e400"})
            QTest::newRow(wrong) << QByteArray(wrong) << QString();
    }
    void anotherVersionIsLeftAlone()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const QString, says);
        // With fields that this version does not know: no talk of those.
        const auto message = errorFor("{\"augury_project\": " + version.toStdString()
            + ", \"layers\": [], \"experiment\": 7}");
        QVERIFY2(
            message.startsWith(QStringLiteral("Could not read the project")), qPrintable(message));
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY2(!message.contains(QStringLiteral("layers")), qPrintable(message));
        if (!says.isEmpty())
            QVERIFY2(message.contains(QStringLiteral("newer Augury")), qPrintable(message));
    }

    void saysEverythingAtOnce()
    {
        auto wrong = document();
        wrong["modle"] = "net";
        wrong["notes"] = 5;
        wrong["experiment"]["kopies"] = 3;
        wrong["experiment"]["repeats"] = "ten";
        wrong["experiment"]["validation_fraction"] = 2;
        wrong["experiment"]["policy"]["rotation_range"] = 900;
        wrong["experiment"]["train_policy"] = {{"hflip", true}};
        const auto message = errorFor(textOf(wrong));
        for (const char* part : {"modle is not a field of a project (the nearest is model)",
                 "notes must be a text or null, but is 5",
                 "experiment.kopies is not a field of an experiment (the nearest is copies)",
                 "experiment.repeats must be a whole number, but is \"ten\"",
                 "experiment.validation_fraction must be 0 to 0.9", "rotation_range must be",
                 "the nearest is horizontal_flip"})
            QVERIFY2(message.contains(QString::fromUtf8(part)), qPrintable(message));
    }

    void whatIsNoProject_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* text, const char* says) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(says);
        };
        row("empty", "", "it is empty");
        row("not JSON", "augury", "it is not JSON (byte 1)");
        row("a list", "[1]", "it is not a project");
        row("a policy", "{\"rotation_range\": 10}", "\"augury_project\"");
        row("no experiment", "{\"augury_project\": 1}", "experiment is missing");
        row("null", "{\"augury_project\": 1, \"experiment\": null}", "experiment is missing");
        row("both", "{\"augury_project\": 1, \"model\": 4}", "experiment is missing");
        row("a text", "{\"augury_project\": 1, \"experiment\": \"x\"}",
            "experiment must be an object");
        row("a zero byte", "{\"augury_project\": 1, \"model\": \"a\\u0000b\", \"experiment\": {}}",
            "model must not contain a zero byte");
        row("not UTF-8", "{\"augury_project\": 1, \"model\": \"\xff\"}", "it is not JSON (byte ");
    }
    void whatIsNoProject()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, says);
        const auto message = errorFor(text.toStdString());
        QVERIFY2(message.contains(says) && !message.startsWith(QStringLiteral("NO FILE")),
            qPrintable(message));
    }

    void depthAndSizeAreBounded()
    {
        const std::string deep(400'000, '[');
        QVERIFY(errorFor(
            "{\"augury_project\": 1, \"experiment\": " + deep + std::string(deep.size(), ']') + "}")
                    .contains(QStringLiteral("nested deeper")));
        QVERIFY(errorFor(std::string((1 << 20) + 1, ' ')).contains(QStringLiteral("too many")));
    }

    void truncatedAnywhere()
    {
        Project project;
        project.notes = "Grüße";
        const auto text = projectText(project, file());
        for (std::size_t length = 0; length + 1 < text.size(); ++length) {
            const auto message = errorFor(text.substr(0, length));
            const auto place = QStringLiteral("(byte %1)").arg(length == 0 ? 0 : length + 1);
            if (!message.startsWith(QStringLiteral("Could not read the project"))
                || !message.contains(place))
                QFAIL(qPrintable(QStringLiteral("%1: %2").arg(length).arg(message)));
        }
        // All but the last line's end is all.
        QCOMPARE(errorFor(text.substr(0, text.size() - 1)), QString());
    }

    void corruptAnywhere()
    {
        Project project;
        project.experiment = configWithViews();
        const auto text = projectText(project, file());
        int refused = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const std::array bytes = {'\0', '"', '9', '}', '\xff', char(text[at] ^ 1)};
            auto corrupt = text;
            corrupt[at] = bytes[at % bytes.size()];
            const auto message = errorFor(corrupt); // an Error or a project, nothing else
            QVERIFY2(!message.startsWith(QStringLiteral("NO FILE")), qPrintable(message));
            refused += message.isEmpty() ? 0 : 1;
        }
        QVERIFY(refused > int(text.size()) / 3);
    }

    void filesThatCantBeRead()
    {
        const auto message = [](const fs::path& path) {
            try {
                readProject(path);
            } catch (const Error& error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        QVERIFY(message(file("none.augury")).contains(QStringLiteral("none.augury: No such file")));
        QVERIFY(message(m_folder).contains(QStringLiteral("is a folder")));
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
        QVERIFY(!errorFor(R"({"augury_project": 1, "experiment": {"copis": 1}})", ReadAs::Draft)
                     .isEmpty());
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
