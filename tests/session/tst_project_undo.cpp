// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo of a project's settings.
#include "core/experiment/experiment_json.h"
#include "core/support/json_fields.h"
#include "tests/support/random_projects.h"
#include "ui/session/project_file.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using namespace augury::testing;
using namespace std::chrono_literals;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr int s_patience = 60'000; // ms
constexpr ProjectFile::AutosaveTimes s_never{24h, 24h};

QString text(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

ExperimentConfig configOf(const json& object)
{
    ExperimentConfig config;
    JsonFields fields(object, "an experiment");
    readExperiment(fields, config, ReadAs::Draft);
    throwIfAny(fields.problems(), "test");
    return config;
}

/// Every way to change one field alone: what `from` becomes with one of `to`'s values.
std::vector<std::pair<std::string, ExperimentConfig>> stepsFrom(
    const ExperimentConfig& from, const ExperimentConfig& to)
{
    std::vector<std::pair<std::string, ExperimentConfig>> steps;
    const json before = toJson(from);
    const json after = toJson(to);
    for (const auto& [name, value] : after.items()) {
        if (value.is_object() && before.contains(name)) {
            for (const auto& [inner, part] : value.items()) {
                auto changed = before;
                changed[name][inner] = part;
                steps.emplace_back(std::string(name).append(".").append(inner), configOf(changed));
            }
        } else {
            auto changed = before;
            changed[name] = value;
            steps.emplace_back(name, configOf(changed));
        }
    }
    return steps;
}

} // namespace

class ProjectUndoTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_folder;
    fs::path m_autosaves;

    static void waitFor(const ProjectFile& project)
    {
        QTRY_VERIFY_WITH_TIMEOUT(project.isIdle(), s_patience);
    }
    static void setCopies(Settings& settings, int copies)
    {
        settings.edit([copies](ExperimentConfig& c) { c.copies = copies; });
    }

private Q_SLOTS:
    void init()
    {
        m_folder = fs::canonical(m_dir.path().toStdString()) / QTest::currentTestFunction();
        if (QTest::currentDataTag())
            m_folder /= QTest::currentDataTag();
        m_autosaves = m_folder / "user" / "autosave";
        fs::create_directories(m_folder);
    }

    void undoesAndRedoesEveryField()
    {
        ExperimentConfig start;
        start.dataPath = "/data";
        const auto steps = stepsFrom(start, randomConfig(2));
        QVERIFY(steps.size() > 35);
        auto blended = randomConfig(1); // has what the other leaves out
        QVERIFY(blended.vote.includeOriginal);
        auto all = steps;
        for (const auto& step : stepsFrom(start, blended))
            all.push_back(step);
        int changes = 0;
        for (const auto& [name, config] : all) {
            Settings settings;
            settings.setConfig(start);
            ProjectFile project(settings, m_autosaves, s_never);
            QSignalSpy dirty(&project, &ProjectFile::dirtyChanged);
            settings.setConfig(config);
            if (config == start)
                continue; // the default in both
            ++changes;
            QVERIFY2(project.isDirty(), name.c_str());
            QCOMPARE(project.undoStack().count(), 1);
            project.undoStack().undo();
            QVERIFY2(settings.config() == start, name.c_str());
            QVERIFY2(!project.isDirty(), name.c_str());
            project.undoStack().redo();
            QVERIFY2(settings.config() == config, name.c_str());
            QVERIFY2(project.isDirty(), name.c_str());
            QCOMPARE(dirty.count(), 3);
            QCOMPARE(project.undoStack().count(), 1); // none of its own making
        }
        QVERIFY(changes > 60);
    }

    void undoesModelAndNotes()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        QSignalSpy model(&project, &ProjectFile::modelChanged);
        project.setModel(QStringLiteral("/models/a.safetensors"));
        project.setNotes(QStringLiteral("Grüße"));
        QCOMPARE(project.undoStack().count(), 2);
        QCOMPARE(project.model(), QStringLiteral("/models/a.safetensors"));
        project.undoStack().undo();
        QCOMPARE(project.notes(), QString());
        project.undoStack().undo();
        QCOMPARE(project.model(), QString());
        QCOMPARE(model.count(), 2);
        QVERIFY(!project.isDirty());
        // The sample model is part of the program, no file.
        project.setModel(QStringLiteral(":/models/fashion_mnist.safetensors"));
        QVERIFY(!project.isDirty());
    }

    void aRowOfEditsGoesBackStepByStep()
    {
        Settings settings;
        settings.edit([](ExperimentConfig& c) { c.dataPath = "/data"; });
        ProjectFile project(settings, m_autosaves, s_never);
        const auto start = settings.config();
        std::vector<ExperimentConfig> states;
        for (int i = 0; i < 10; ++i) {
            settings.edit([i](ExperimentConfig& c) {
                (i % 2 == 0 ? c.copies : c.repeats) += 1; // never the same field twice in a row
            });
            states.push_back(settings.config());
        }
        QCOMPARE(project.undoStack().count(), 10);
        for (int i = 8; i >= 0; --i) {
            project.undoStack().undo();
            QVERIFY(settings.config() == states[std::size_t(i)]);
        }
        project.undoStack().undo();
        QVERIFY(settings.config() == start);
        QVERIFY(!project.undoStack().canUndo());
        // An edit after an undo is a new one, even of the field that was edited before it.
        project.undoStack().redo();
        setCopies(settings, 99);
        QCOMPARE(project.undoStack().count(), 2);
        QVERIFY(!project.undoStack().canRedo());
    }

    void quickEditsOfOneFieldAreOne()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        const auto before = settings.config().copies;
        for (int copies = before + 1; copies < before + 50; ++copies)
            setCopies(settings, copies);
        QCOMPARE(project.undoStack().count(), 1);
        project.undoStack().undo();
        QCOMPARE(settings.config().copies, before);
    }

    void undoBackToTheSavedStateIsClean()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        setCopies(settings, 3);
        project.saveAs(text(m_folder / "p.augury"));
        waitFor(project);
        setCopies(settings, 4); // at once, but no part of what was saved
        QCOMPARE(project.undoStack().count(), 2);
        QVERIFY(project.isDirty());
        project.undoStack().undo();
        QCOMPARE(settings.config().copies, 3);
        QVERIFY(!project.isDirty());
        project.undoStack().undo();
        QVERIFY(project.isDirty());
        setCopies(settings, 3); // by hand
        QVERIFY(!project.isDirty());
    }

    void theDataOpenedAtFirstIsNoEdit()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        settings.edit([](ExperimentConfig& c) { c.dataPath = "/sample"; });
        QVERIFY(!project.isDirty());
        QCOMPARE(project.undoStack().count(), 0);
        // Another folder is one, and undo asks for the first again.
        settings.edit([](ExperimentConfig& c) { c.dataPath = "/other"; });
        QVERIFY(project.isDirty());
        QSignalSpy wanted(&project, &ProjectFile::dataWanted);
        project.undoStack().undo();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("/sample"));
        QVERIFY(!project.isDirty());
    }
};

QTEST_GUILESS_MAIN(ProjectUndoTest)
#include "tst_project_undo.moc"
