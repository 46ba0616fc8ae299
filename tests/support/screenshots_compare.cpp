// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/screenshots_compare.h"

#include "tests/support/window_fixture.h"
#include "tests/ui/compare_runs.h"
#include "ui/charts/chart_widget.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare_view.h"

#include <QComboBox>
#include <QDir>
#include <QTabWidget>

namespace augury::test {

namespace {

using compare_data::MadeRun;

std::vector<std::int64_t> storeRuns(const std::filesystem::path& file)
{
    using compare_data::store;
    return {store(file, {}), store(file, {.shift = -0.9, .copies = 15}),
        store(file,
            {.name = "crop and flip, shift ±10 %, rotate ±10°, geometric mean of the "
                     "probabilities, for the lecture",
                .shift = 0.4,
                .copies = 32}),
        store(file, {.name = "2 repeats", .done = 2, .planned = 2}),
        store(file, {.name = "1 repeat", .done = 1, .planned = 1}),
        store(file, {.name = "early exit", .earlyExit = true}),
        store(file, {.name = "jitter", .shift = -2.1}), store(file, {.name = "zoom", .shift = -1}),
        store(file, {.name = "five crops", .shift = 0.2}),
        store(file, {.name = "stopped", .done = 4})};
}

class Visit {
public:
    Visit(MainWindow& window, Photographer& camera, const QString& data)
        : m_window(window)
        , m_camera(camera)
        , m_data(data)
    {
    }

    bool open(std::initializer_list<std::int64_t> ids)
    {
        auto& runs = m_window.comparedRuns();
        runs.open(*ids.begin());
        if (!waitFor([&] { return runs.front() && runs.front()->id == *ids.begin(); }))
            return false;
        if (ids.size() > 1) {
            runs.add({ids.begin() + 1, ids.end()});
            if (!waitFor([&] { return runs.runs().size() == ids.size(); }))
                return false;
            runs.bringToFront(*ids.begin());
        }
        m_window.pages()->setCurrentWidget(m_window.compareView());
        return true;
    }

    void tab(CompareCharts::Tab tab, const char* name)
    {
        m_window.compareView()->panes()->setCurrent(tab);
        m_camera.take(m_window, name);
    }

    void page(const QSize& size, const char* name)
    {
        // The page alone, at a size that a window may leave it.
        auto* page = m_window.compareView();
        page->resize(size);
        m_camera.take(*page, name);
    }

    bool live()
    {
        auto& session = m_window.session();
        session.openData(m_data);
        if (!waitFor([&] { return session.dataset() && session.isIdle(); }))
            return false;
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.repeats = 6;
            c.copies = 7;
            c.subsetTrain = 2000;
            c.subsetTest = 1000;
            c.policy = tutorialPolicy();
        });
        m_camera.take(m_window, "compare-first");
        m_window.runRepeats();
        tab(CompareCharts::Repeats, "compare-run-begun");
        if (!waitFor(
                [&] { return session.run()->outcome.repeats.size() >= 2 || !session.isBusy(); }))
            return false;
        m_camera.take(m_window, "compare-run-live");
        tab(CompareCharts::Ledger, "compare-run-live-ledger");
        return waitFor([&] { return session.isIdle(); });
    }

private:
    MainWindow& m_window;
    Photographer& m_camera;
    QString m_data;
};

} // namespace

bool photographCompare(Photographer& camera, const QString& data, const QString& folder)
{
    if (!QDir().mkpath(folder))
        return false;
    const QDir dir(folder);
    const auto files = filesIn(folder.toStdString());
    const auto ids = storeRuns(files.history);
    auto window = makeWindow(dir.filePath(QStringLiteral("store.ini")), files);
    window->resize(1440, 900);
    window->show();
    window->pages()->setCurrentWidget(window->compareView());
    Visit visit(*window, camera, data);
    if (!visit.live() || !visit.open({ids[0]}))
        return false;
    using enum CompareCharts::Tab;
    visit.tab(Repeats, "compare-repeats");
    visit.tab(Boxes, "compare-boxes");
    visit.tab(Lift, "compare-lift");
    visit.tab(Ledger, "compare-ledger");
    visit.tab(Confusion, "compare-confusion");
    auto* mode = window->compareView()->panes()->front()->findChildren<QComboBox*>().back();
    mode->setCurrentIndex(2);
    camera.take(*window, "compare-confusion-difference");
    mode->setCurrentIndex(0);
    visit.tab(Curve, "compare-curve");

    if (!visit.open({ids[0], ids[1], ids[2]}))
        return false;
    visit.tab(Lift, "compare-3-lift");
    visit.tab(Runs, "compare-3-runs");
    if (!visit.open({ids[2], ids[0], ids[1], ids[4], ids[6], ids[7], ids[8], ids[9]}))
        return false;
    visit.tab(Runs, "compare-8-runs");
    visit.tab(Lift, "compare-8-lift");
    window->resize(1024, 700);
    visit.tab(Runs, "compare-8-runs-small");
    visit.tab(Repeats, "compare-8-repeats-small");
    visit.tab(Confusion, "compare-8-confusion-small");
    window->resize(2560, 1400);
    visit.tab(Repeats, "compare-8-repeats-large");
    visit.tab(Ledger, "compare-8-ledger-large");
    window->resize(1440, 900);

    if (!visit.open({ids[4]}))
        return false;
    visit.tab(Repeats, "compare-1-repeat");
    visit.tab(Boxes, "compare-1-repeat-boxes");
    visit.tab(Lift, "compare-1-repeat-lift");
    if (!visit.open({ids[3]}))
        return false;
    visit.tab(Repeats, "compare-2-repeats");
    if (!visit.open({ids[5]}))
        return false;
    visit.tab(Confusion, "compare-early-exit-confusion");
    visit.tab(Ledger, "compare-early-exit-ledger");
    visit.tab(Curve, "compare-early-exit-curve");

    if (!visit.open({ids[0], ids[1]}))
        return false;
    window->resize(1024, 700);
    visit.tab(Ledger, "compare-ledger-small");
    QTest::keyClick(window->compareView()->panes()->front()->chart(), Qt::Key_Right);
    QTest::keyClick(window->compareView()->panes()->front()->chart(), Qt::Key_Right);
    QTest::keyClick(window->compareView()->panes()->front()->chart(), Qt::Key_Return);
    camera.take(*window, "compare-offer-small");
    return waitFor([&] { return window->session().isIdle() && window->history().isIdle(); });
}

} // namespace augury::test
