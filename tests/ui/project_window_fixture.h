// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

namespace augury::test {

constexpr int s_patience = 60'000; // ms
constexpr ProjectFile::AutosaveTimes s_never{std::chrono::hours(24), std::chrono::hours(24)};

inline std::filesystem::path toFs(const QString& path)
{
    return std::filesystem::path(path.toStdString());
}

inline QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

/// The real window on tiny data, with a folder of its own for each test.
class ProjectWindowFixture {
protected:
    bool writeData()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        m_other = m_dir.filePath(QStringLiteral("other"));
        return writeTinyIdx(m_data) && writeTinyIdx(m_other, {16, 3, 60, 30});
    }

    bool begin()
    {
        m_folder = m_dir.filePath(QString::fromLatin1(QTest::currentTestFunction()));
        if (!QDir().mkpath(m_folder))
            return false;
        make();
        return true;
    }

    void make()
    {
        m_window = makeWindow(
            m_folder + QStringLiteral("/store.ini"), filesIn(toFs(m_folder) / "user", s_never));
        m_window->show();
    }

    /// And waits until everything of it is there.
    void open(const QString& path, const QString& model = {})
    {
        m_window->begin(path, model);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().dataset() && m_window->session().isIdle()
                && m_window->project().isIdle(),
            s_patience);
    }

    /// Closes the window, which asks nothing, and starts the next one as without arguments.
    void startAgain()
    {
        m_window->close();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->isHidden() && m_window->session().isIdle() && m_window->project().isIdle(),
            s_patience);
        m_window.reset();
        make();
        open({});
    }

    template <typename Change> QString projectFile(Change change)
    {
        Project project;
        project.experiment.dataPath = m_data.toStdString();
        change(project);
        const auto path = m_folder + QStringLiteral("/mine.augury");
        writeProject(project, toFs(path));
        return path;
    }

    const ExperimentConfig& config() { return m_window->session().settings().config(); }
    QSlider* slider() const { return setupSlider(*m_window, QStringLiteral("Copies")); }

    QAction* action(const std::string& name) const
    {
        const auto* actions = m_window->projectActions();
        return name == "undo" ? actions->undo()
            : name == "save"  ? actions->save()
            : name == "open"  ? actions->open()
                              : actions->create();
    }

    bool click(const char* text)
    {
        auto* button = visibleButton(*m_window->projectBars(), QString::fromUtf8(text));
        if (button)
            QTest::mouseClick(button, Qt::LeftButton);
        return button != nullptr;
    }

    QTemporaryDir m_dir;
    QString m_data;
    QString m_other;
    QString m_folder;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace augury::test
