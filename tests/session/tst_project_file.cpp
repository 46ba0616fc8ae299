// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_file.h"

#include "core/data/open_dataset.h"
#include "tests/support/random_projects.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using namespace augury::testing;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int s_patience = 60'000; // ms
constexpr ProjectFile::AutosaveTimes s_never{24h, 24h};

QString text(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

QByteArray contents(const fs::path& path)
{
    QFile file(text(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

} // namespace

class ProjectFileTest : public QObject {
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

    void beginsClean()
    {
        Settings settings;
        setCopies(settings, 12);
        const ProjectFile project(settings, m_autosaves, s_never);
        QVERIFY(!project.isDirty());
        QVERIFY(project.path().isEmpty());
        QCOMPARE(project.name(), QStringLiteral("Untitled"));
        QVERIFY(project.recoverable().empty());
        QVERIFY(!fs::exists(m_autosaves)); // nothing is made before it is needed
    }

    void savesAndOpens()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        QSignalSpy saved(&project, &ProjectFile::saved);
        QSignalSpy failed(&project, &ProjectFile::saveFailed);
        const auto config = randomConfig(4);
        settings.setConfig(config);
        project.setNotes(QStringLiteral("mine"));
        QVERIFY(project.isDirty());
        project.saveAs(text(m_folder / "run 1.5"));
        waitFor(project);
        QCOMPARE(failed.count(), 0);
        QCOMPARE(saved.count(), 1);
        const auto file = m_folder / "run 1.5.augury";
        QCOMPARE(project.path(), text(file));
        QCOMPARE(project.name(), QStringLiteral("run 1.5"));
        QVERIFY(!project.isDirty());
        QVERIFY(readProject(file) == (Project{config, {}, "mine"}));
        QCOMPARE(project.recent().paths(), QStringList{text(file)});

        Settings others;
        ProjectFile reader(others, m_autosaves, s_never);
        QSignalSpy opened(&reader, &ProjectFile::opened);
        QSignalSpy wanted(&reader, &ProjectFile::dataWanted);
        setCopies(others, 3);
        reader.open(text(file));
        waitFor(reader);
        QCOMPARE(opened.count(), 1);
        QVERIFY(opened[0][1].toString().contains(QString::fromStdString(config.dataPath)));
        QVERIFY(others.config() == config);
        QCOMPARE(reader.notes(), QStringLiteral("mine"));
        QVERIFY(!reader.isDirty());
        QCOMPARE(reader.undoStack().count(), 0);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QString::fromStdString(config.dataPath));
    }

    void whatIsChangedWhileItIsSavedIsUnsaved()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        setCopies(settings, 3);
        project.saveAs(text(m_folder / "p.augury"));
        setCopies(settings, 4); // the writing has not been told of yet
        waitFor(project);
        QCOMPARE(readProject(m_folder / "p.augury").experiment.copies, 3);
        QVERIFY(project.isDirty());
        project.save();
        waitFor(project);
        QVERIFY(!project.isDirty());
        QCOMPARE(readProject(m_folder / "p.augury").experiment.copies, 4);
    }

    void aNewOneHasTheDefaults()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        settings.setConfig(randomConfig(1));
        project.saveAs(text(m_folder / "p.augury"));
        waitFor(project);
        project.create();
        ExperimentConfig wanted;
        wanted.dataPath = defaultDatasetPath().string();
        QVERIFY(settings.config() == wanted);
        QVERIFY(project.path().isEmpty());
        QVERIFY(!project.isDirty());
        QCOMPARE(project.undoStack().count(), 0);
        waitFor(project);
    }

    void whatCannotBeOpenedChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        QTest::newRow("version") << QByteArray("{\"augury_project\": 2, \"experiment\": {}}")
                                 << QStringLiteral("it is of version 2");
        QTest::newRow("fields") << QByteArray(
            "{\"augury_project\": 1, \"experiment\": {\"copis\": 1, \"repeats\": 0}}")
                                << QStringLiteral("experiment.repeats must be 1 to 1000");
        QTest::newRow("cut") << QByteArray("{\"augury_project\": 1, ")
                             << QStringLiteral("(byte 23)");
    }
    void whatCannotBeOpenedChangesNothing()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, says);
        const auto file = m_folder / "bad.augury";
        {
            QFile out(text(file));
            QVERIFY(out.open(QIODevice::WriteOnly) && out.write(content) == content.size());
        }
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        setCopies(settings, 5);
        QSignalSpy failed(&project, &ProjectFile::openFailed);
        project.open(text(file));
        waitFor(project);
        QCOMPARE(failed.count(), 1);
        const auto message = failed[0][0].toString();
        QVERIFY2(message.contains(text(file)) && message.contains(says), qPrintable(message));
        QCOMPARE(contents(file), content);
        QCOMPARE(settings.config().copies, 5);
        QVERIFY(project.isDirty() && project.path().isEmpty());
        QVERIFY(project.undoStack().canUndo());
        QVERIFY(project.recent().paths().isEmpty());
    }

    void settingsThatDoNotFitAreNotSavedButKept()
    {
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        QSignalSpy failed(&project, &ProjectFile::saveFailed);
        project.saveAs(text(m_folder / "p.augury"));
        waitFor(project);
        const auto before = contents(m_folder / "p.augury");
        settings.edit([](ExperimentConfig& c) {
            c.copies = 12;
            c.policy = {};
            c.policy.views = ViewSets{};
        });
        project.save();
        waitFor(project);
        QCOMPARE(failed.count(), 1);
        QVERIFY2(failed[0][0].toString().contains(QStringLiteral("experiment.copies must be 1 to")),
            qPrintable(failed[0][0].toString()));
        QCOMPARE(contents(m_folder / "p.augury"), before);
        QVERIFY(project.isDirty());
        // It can't be run like this, but it is not lost.
        Project kept;
        for (const auto& entry : fs::directory_iterator(m_autosaves)) {
            if (entry.path().extension() == projectSuffix)
                kept = readProject(entry, ReadAs::Draft);
        }
        QCOMPARE(kept.experiment.copies, 12);
        QVERIFY(kept.experiment.policy.views.has_value());
    }

    void remembersTheFilesOpenedLast()
    {
        const auto ini = text(m_folder / "augury.ini");
        QStringList wanted;
        {
            QSettings store(ini, QSettings::IniFormat);
            Settings settings;
            ProjectFile project(settings, m_autosaves, s_never);
            QSignalSpy changed(&project, &ProjectFile::recentChanged);
            for (int i = 0; i < 10; ++i) {
                const auto file = text(m_folder) + QStringLiteral("/p%1.augury").arg(i);
                project.saveAs(file);
                wanted.prepend(file);
            }
            project.open(wanted[9]); // the oldest
            waitFor(project);
            QCOMPARE(changed.count(), 11);
            wanted.prepend(wanted.takeLast());
            wanted = wanted.mid(0, 8);
            QCOMPARE(project.recent().paths(), wanted);
            project.recent().save(store);
        }
        const QSettings store(ini, QSettings::IniFormat);
        Settings settings;
        ProjectFile project(settings, m_autosaves, s_never);
        project.recent().load(store);
        QCOMPARE(project.recent().paths(), wanted);
    }
};

QTEST_GUILESS_MAIN(ProjectFileTest)
#include "tst_project_file.moc"
