// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/inspect_latency.h"

#include "tests/support/beats.h"
#include "ui/charts/votes_chart.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/inspect_bar.h"
#include "ui/views/inspect_view.h"
#include "ui/views/look_view.h"
#include "ui/views/main_window.h"

#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QSlider>
#include <QTabWidget>

#include <deque>

namespace augury::test {

namespace {

constexpr int s_patience = 30'000; // ms

QSlider* slider(MainWindow& window, const QString& name)
{
    for (auto* one : window.setupDock()->findChildren<QSlider*>()) {
        if (one->accessibleName() == name)
            return one;
    }
    return nullptr;
}

/// Times moves, numbered from 0, until they are shown.
class Stopwatch {
public:
    Stopwatch() { m_clock.start(); }

    void move() { m_moves.push_back(now()); }
    std::size_t moves() const { return m_latencies.size() + m_moves.size(); }
    /// All moves up to this one are on the screen.
    void shown(std::size_t move)
    {
        while (m_latencies.size() <= move && !m_moves.empty()) {
            m_latencies.push_back(now() - m_moves.front());
            m_moves.pop_front();
        }
    }
    bool done() const { return m_moves.empty(); }
    const std::vector<double>& latencies() const { return m_latencies; }

private:
    double now() const { return double(m_clock.nsecsElapsed()) / 1e6; }

    QElapsedTimer m_clock;
    std::deque<double> m_moves;
    std::vector<double> m_latencies;
};

void measureWholeSplit(MainWindow& window)
{
    auto& session = window.session();
    auto& inspector = window.inspector();
    auto* view = window.inspectView();
    session.settings().edit([](ExperimentConfig& c) {
        c.policy = tutorialPolicy();
        c.policy.rotationRange = 15;
        c.copies = 32;
        c.vote = {};
        c.subsetTest = 0;
    });
    inspector.evaluate();
    const auto counted = [&](int copies, const VoteOptions& vote) {
        const auto tally = inspector.tally();
        return inspector.votes() == Inspector::Votes::Current && tally && tally->copies == copies
            && tally->vote == vote;
    };
    if (!runUntil([&] { return session.isIdle() && counted(32, {}); })) {
        std::printf("the evaluation did not end\n");
        return;
    }
    PaintWatch score(view->bar()->scoreLabel());
    const auto time = [&](const auto& change) {
        QElapsedTimer clock;
        session.settings().edit(change);
        clock.start();
        score.painted = false;
        const auto& config = session.settings().config();
        runUntil([&] { return counted(config.copies, config.vote); });
        view->bar()->scoreLabel()->update(); // the same figures are not painted again
        runUntil([&] { return score.painted; });
        return double(clock.nsecsElapsed()) / 1e6;
    };
    const auto passes = session.evaluation()->table;
    std::vector<double> copies;
    for (int n = 31; n >= 1; --n)
        copies.push_back(time([n](ExperimentConfig& c) { c.copies = n; }));
    const auto size = QStringLiteral("%1 × 32: ").arg(inspector.split().size());
    printLatencies(qPrintable(size + QStringLiteral("copies → accuracy")), copies);
    session.settings().edit([](ExperimentConfig& c) { c.copies = 32; });
    std::vector<double> rules;
    for (const auto rule : allVoteRules()) {
        if (isLearned(rule))
            continue;
        rules.push_back(time([rule](ExperimentConfig& c) { c.vote.rule = rule; }));
        rules.push_back(time([](ExperimentConfig& c) { c.vote.blend = 0.25; }));
        rules.push_back(time([](ExperimentConfig& c) { c.vote.blend = 0; }));
    }
    printLatencies(qPrintable(size + QStringLiteral("rule, blend → accuracy")), rules);
    std::printf(
        "network passes meanwhile: %s\n", session.evaluation()->table == passes ? "none" : "SOME");
}

void measureScrolling(MainWindow& window, int ms)
{
    auto* grid = window.inspectView()->grid();
    auto* bar = grid->verticalScrollBar();
    Heartbeat heartbeat;
    std::vector<double> frames;
    QElapsedTimer total;
    total.start();
    QTimer scroll;
    int step = 0;
    QObject::connect(&scroll, &QTimer::timeout, grid, [&] {
        bar->setValue((++step * 40) % std::max(1, bar->maximum()));
        QElapsedTimer clock;
        clock.start();
        grid->viewport()->repaint();
        frames.push_back(double(clock.nsecsElapsed()) / 1e6);
    });
    heartbeat.start();
    scroll.start(16);
    runUntil([&] { return total.elapsed() > ms; });
    scroll.stop();
    heartbeat.print("scrolling");
    printLatencies("scrolling: one frame of the grid", frames);

    // Far jumps: until every picture that is seen is there.
    std::vector<double> jumps;
    for (int i = 1; i <= 20; ++i) {
        bar->setValue(
            static_cast<int>((qint64(bar->maximum()) * i * 7) / 20 % (bar->maximum() + 1)));
        QElapsedTimer clock;
        clock.start();
        runUntil([&] {
            const auto first = grid->indexAt({grid->gridSize().width() / 2, 4});
            const auto last =
                grid->indexAt({grid->gridSize().width() / 2, grid->viewport()->height() - 4});
            const int end = last.isValid() ? last.row() : grid->model()->rowCount() - 1;
            for (int row = std::max(0, first.row()); row <= end; ++row) {
                if (grid->model()->index(row, 0).data(Qt::DecorationRole).value<QImage>().isNull())
                    return false;
            }
            return true;
        });
        jumps.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    printLatencies("jump → all thumbnails", jumps);
}

} // namespace

void measureSlider(MainWindow& window, const char* what)
{
    if (!window.session().model()) {
        std::printf("latency   %s: there is no model yet\n", what);
        return;
    }
    auto* view = window.inspectView();
    auto* const page = window.pages()->currentWidget();
    window.pages()->setCurrentWidget(view);
    auto& inspector = window.inspector();
    window.session().settings().edit([](ExperimentConfig& c) {
        c.policy = tutorialPolicy();
        c.policy.rotationRange = 1;
        c.copies = 7;
    });
    auto* rotation = slider(window, QStringLiteral("Rotation ±, slider"));
    const bool ready = runUntil(
        [&] {
            return inspector.look() && inspector.look()->hasVotes()
                && inspector.look()->config.policy.rotationRange == 1;
        },
        s_patience);
    if (!rotation || !ready) {
        std::printf("there is no slider, or no look\n");
        return;
    }
    PaintWatch tiles(view->stage()->tiles()->viewport());
    PaintWatch votes(view->stage()->votes());
    Stopwatch watch;
    const int first = rotation->value();
    // Moves that the newest look holds, and those that each widget has painted.
    std::size_t arrived = 0;
    std::size_t inTiles = 0;
    std::size_t inVotes = 0;
    const auto painted = [&] {
        if (const auto both = std::min(inTiles, inVotes); both > 0)
            watch.shown(both - 1);
    };
    tiles.onPaint = [&] {
        inTiles = arrived;
        painted();
    };
    votes.onPaint = [&] {
        inVotes = arrived;
        painted();
    };
    QElapsedTimer sinceLook;
    sinceLook.start();
    QObject guard;
    QObject::connect(&inspector, &Inspector::lookChanged, &guard, [&] {
        arrived = static_cast<std::size_t>(
            std::max(0.0, inspector.look()->config.policy.rotationRange - 1));
        sinceLook.restart();
    });
    QTimer hand;
    QObject::connect(&hand, &QTimer::timeout, &guard, [&] {
        if (watch.moves() >= 150) {
            hand.stop();
            return;
        }
        watch.move();
        rotation->setValue(first + static_cast<int>(watch.moves()));
    });
    hand.start(16);
    runUntil(
        [&] {
            if (sinceLook.elapsed() > 200 && !watch.done())
                view->stage()->votes()->update(); // the same votes are not painted again
            return !hand.isActive() && watch.done();
        },
        s_patience);
    printLatencies(what, watch.latencies());
    window.pages()->setCurrentWidget(page);
}

void measureInspect(MainWindow& window, int ms)
{
    window.pages()->setCurrentWidget(window.inspectView());
    measureSlider(window, "slider → variants and votes");
    measureWholeSplit(window);
    measureScrolling(window, ms);
}

} // namespace augury::test
