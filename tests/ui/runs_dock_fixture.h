// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/store/made_runs.h"
#include "ui/panels/runs_dock.h"
#include "ui/session/run_history.h"

#include <QLineEdit>
#include <QMainWindow>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace augury::test {

using namespace augury::testing;

constexpr int s_patience = 60'000; // ms

template <class Widget> inline Widget* named(QWidget& root, const QString& name)
{
    for (auto* widget : root.findChildren<Widget*>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

/// The dock in a window, on a history of four runs: finished, stopped, a training, and one that
/// somebody is at.
class RunsDockFixture {
protected:
    void begin()
    {
        QLocale::setDefault(QLocale::c());
        m_file = m_dir.filePath(QStringLiteral("%1.sqlite").arg(++m_count)).toStdString();
        auto store = RunStore::open(m_file);
        m_finished = store.add(madeDocument({0, 1, 2, 3}, 4, "apples"), "repeat");
        m_stopped = store.add(madeDocument({0, 1}, 4, "pears"), "repeat");
        auto document = madeDocument({0}, 4, "apples");
        document.erase("repeats");
        document["history"] = nlohmann::json::array();
        document["stopped"] = false;
        m_training = store.add(document, "train");
        store.setNote(m_finished, "the best so far");
        m_running = std::make_unique<RunStore>(RunStore::open(m_file));
        m_live = m_running->begin(madeDocument({}, 10, "plums"), "repeat");
        m_running->addRepeat(m_live, madeRepeat(0));
        m_history = std::make_unique<RunHistory>(m_file);
        m_window = std::make_unique<QMainWindow>();
        m_dock = new RunsDock(*m_history, m_window.get());
        m_window->addDockWidget(Qt::BottomDockWidgetArea, m_dock);
        m_window->resize(1440, 320);
        m_window->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_history->model().rowCount(), 4, s_patience);
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
    }

    void end()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_history->isIdle(), s_patience);
        m_window.reset();
        m_history.reset();
        m_running.reset();
    }

    QList<std::int64_t> shown() const
    {
        QList<std::int64_t> ids;
        if (!m_dock->emptyText().isEmpty())
            return ids;
        for (int row = 0; row < m_dock->table()->model()->rowCount(); ++row)
            ids << cell(row, RunsModel::Id).toLongLong();
        return ids;
    }
    QString cell(int row, int column) const
    {
        return m_dock->table()->model()->index(row, column).data().toString();
    }
    int rowOf(std::int64_t id) const { return static_cast<int>(shown().indexOf(id)); }
    const RunInfo& info(std::int64_t id) const
    {
        return m_history->model().run(m_history->model().rowOf(id).value());
    }
    void select(const std::vector<std::int64_t>& ids)
    {
        auto* table = m_dock->table();
        table->clearSelection();
        for (const auto id : ids)
            table->selectionModel()->setCurrentIndex(
                table->model()->index(rowOf(id), RunsModel::Status),
                QItemSelectionModel::Select | QItemSelectionModel::Rows);
        table->setFocus();
    }
    void type(const QString& words)
    {
        auto* editor = m_dock->table()->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, words);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(!m_dock->table()->findChild<QLineEdit*>()); // closed editors go later
    }

    QTemporaryDir m_dir;
    std::filesystem::path m_file;
    int m_count = 0;
    std::int64_t m_finished = 0;
    std::int64_t m_stopped = 0;
    std::int64_t m_training = 0;
    std::int64_t m_live = 0;
    std::unique_ptr<RunStore> m_running;
    std::unique_ptr<RunHistory> m_history;
    std::unique_ptr<QMainWindow> m_window;
    RunsDock* m_dock = nullptr;
};

} // namespace augury::test
