// SPDX-License-Identifier: GPL-3.0-or-later
// One project file gives the same numbers in the window and on the command line.
#include "core/experiment/report.h"
#include "ui/session/project_file.h"
#include "ui/session/session.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace augury;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr int s_patience = 120'000; // ms
constexpr ProjectFile::AutosaveTimes s_never{24h, 24h};

/// <class>/*.png, hard enough to be mistaken: which of them are test images is the split seed's.
bool writeImageFolder(const QString& folder)
{
    std::mt19937 random(5);
    std::normal_distribution<double> noise(0, 70);
    for (int label = 0; label < 3; ++label) {
        const QDir dir(folder + QStringLiteral("/class%1").arg(label));
        if (!QDir().mkpath(dir.path()))
            return false;
        for (int i = 0; i < 40; ++i) {
            QImage image(12, 12, QImage::Format_Grayscale8);
            for (int y = 0; y < 12; ++y) {
                for (int x = 0; x < 12; ++x) {
                    const double level = (x / 4 == label ? 150 : 95) + noise(random);
                    image.scanLine(y)[x] = static_cast<uchar>(std::clamp(level, 0.0, 255.0));
                }
            }
            if (!image.save(dir.filePath(QStringLiteral("%1.png").arg(i))))
                return false;
        }
    }
    return true;
}

/// All of a repeat that does not depend on the clock.
json numbers(json repeat)
{
    repeat.erase("train_seconds");
    repeat.erase("evaluate_seconds");
    for (auto& epoch : repeat.at("history"))
        epoch.erase("seconds");
    return repeat;
}

} // namespace

class ProjectRunTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_file;

    /// The document of `augury-cli run`.
    json onTheCommandLine() const
    {
        QProcess process;
        process.start(QStringLiteral(AUGURY_BUILD_DIR "/app/cli/augury-cli"),
            {QStringLiteral("run"), m_file, QStringLiteral("--json"),
                QStringLiteral("--no-history")});
        if (!process.waitForFinished(s_patience) || process.exitCode() != 0)
            throw Error(process.readAllStandardError().toStdString());
        return json::parse(process.readAllStandardOutput().toStdString());
    }
    /// That of the window, which opens the project, its data, and runs the repeats.
    json inTheWindow() const
    {
        Session session;
        ProjectFile project(session.settings(), m_dir.path().toStdString() + "/autosave", s_never);
        connect(&project, &ProjectFile::dataWanted, &session, &Session::openData);
        QSignalSpy failed(&project, &ProjectFile::openFailed);
        project.open(m_file);
        const auto wait = [&](const auto& ready) { return QTest::qWaitFor(ready, s_patience); };
        if (!wait([&] { return session.dataset() && session.isIdle(); }))
            throw Error("the data was not opened");
        session.runRepeats();
        if (!wait([&] { return session.run() && !session.run()->running; }))
            throw Error("the repeats did not end");
        if (project.isDirty())
            throw Error("running changed the project");
        return json::parse(*session.run()->document);
    }

private Q_SLOTS:
    void givesTheSameNumbersInTheWindowAndOnTheCommandLine()
    {
        m_file = m_dir.filePath(QStringLiteral("p.augury"));
        QVERIFY(writeImageFolder(m_dir.filePath(QStringLiteral("images"))));
        Settings settings;
        ProjectFile project(settings, m_dir.path().toStdString() + "/autosave", s_never);
        settings.edit([&](ExperimentConfig& c) {
            c.dataPath = m_dir.filePath(QStringLiteral("images")).toStdString();
            c.training.epochs = 2;
            c.training.batchSize = 16;
            c.training.threads = 1;
            c.training.seed = 77;
            c.splitSeed = 3;
            c.validationFraction = 0.1;
            c.policy.rotationRange = 25;
            c.policy.widthShiftRange = 0.2;
            c.copies = 5;
            c.vote.rule = VoteRule::GeometricMean;
            c.vote.blend = 0.3;
            c.repeats = 3;
            c.parallelFits = 1;
        });
        project.saveAs(m_file);
        QTRY_VERIFY_WITH_TIMEOUT(project.isIdle() && !project.isDirty(), s_patience);

        const auto line = onTheCommandLine();
        const auto window = inTheWindow();
        QVERIFY(line.at("settings") == window.at("settings"));
        QVERIFY(line.at("data") == window.at("data"));
        QVERIFY(line.at("summary") == window.at("summary"));
        QCOMPARE(line.at("repeats").size(), std::size_t(3));
        QCOMPARE(window.at("repeats").size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(numbers(line.at("repeats")[i]) == numbers(window.at("repeats")[i]));
        // It was hard enough to tell two splits from each other.
        QVERIFY(line.at("repeats")[0].at("baseline").at("accuracy").get<double>() < 1);
    }
};

QTEST_GUILESS_MAIN(ProjectRunTest)
#include "tst_project_run.moc"
