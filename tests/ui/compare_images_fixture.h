// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/inspect_fixture.h"
#include "ui/charts/chart_widget.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare/detail_panes.h"
#include "ui/views/compare/repeat_choice.h"
#include "ui/views/compare_view.h"

#include <QTabWidget>

namespace augury::test {

/// The real window with the settings of a small run, and what it takes to open its images.
class CompareImagesFixture {
protected:
    /// Three repeats of tiny networks.
    void setUpRun()
    {
        session().settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 2;
            c.training.batchSize = 20;
            c.repeats = 3;
            c.copies = 5;
            c.policy.heightShiftRange = 0.3;
        });
    }

    void settle()
    {
        QTRY_VERIFY_WITH_TIMEOUT(session().isIdle() && m_window->history().isIdle(), s_patience);
    }

    void openWindow()
    {
        m_window = makeWindow(m_dir.filePath(QStringLiteral("%1.ini").arg(++m_windows)),
            filesIn(m_dir.path().toStdString()));
        m_window->resize(1400, 900);
        m_window->show();
        m_window->begin(m_fixture.dataPath());
        QTRY_VERIFY_WITH_TIMEOUT(session().dataset() && !session().isBusy(), s_patience);
        m_window->pages()->setCurrentWidget(compare());
    }

    Session& session() { return m_window->session(); }
    CompareView* compare() { return m_window->compareView(); }
    InspectView* page() { return m_window->inspectView(); }
    /// Hold on to it: the page's own is replaced as the history is read.
    std::shared_ptr<const RepeatsRun> front() { return m_window->comparedRuns().front(); }
    std::int64_t grid() { return page()->images()->rowCount(); }

    /// A chart about the images of one repeat, −1: of all.
    void choose(CompareCharts::Tab tab, int index)
    {
        compare()->panes()->setCurrent(tab);
        auto* choice = qobject_cast<DetailPane*>(compare()->panes()->front())->repeatChoice();
        choice->setCurrentIndex(index + 1);
        Q_EMIT choice->activated(index + 1);
        QCOMPARE(
            compare()->panes()->compared().repeat, index < 0 ? std::nullopt : std::optional(index));
        // Drawn, so that there is something to click.
        QTRY_VERIFY(!compare()->panes()->front()->chart()->grab().isNull());
        QTest::qWait(120);
    }

    /// Inspect is in front, with the figures of that repeat.
    void checkInspect(int index)
    {
        QTRY_COMPARE_WITH_TIMEOUT(
            static_cast<QWidget*>(m_window->pages()->currentWidget()), page(), s_patience);
        const auto run = front();
        const auto& wanted = run->outcome.repeats[static_cast<std::size_t>(index)].comparison;
        auto& inspector = m_window->inspector();
        QTRY_VERIFY_WITH_TIMEOUT(inspector.tally()
                && inspector.tally()->evaluation == session().evaluation()
                && inspector.votes() == Inspector::Votes::Current,
            s_patience);
        const auto& got = *inspector.tally()->comparison;
        QCOMPARE(got.images, wanted.images);
        QCOMPARE(got.baselineCorrect, wanted.baselineCorrect);
        QCOMPARE(got.ttaCorrect, wanted.ttaCorrect);
        QCOMPARE(got.fixed, wanted.fixed);
        QCOMPARE(got.broken, wanted.broken);
        QCOMPARE(session().settings().config().training.seed, repeatSeed(run->config, index));
        QTest::qWait(0);
    }

    QTemporaryDir m_dir;
    InspectFixture m_fixture;
    std::unique_ptr<MainWindow> m_window;
    int m_windows = 0;
};

} // namespace augury::test
