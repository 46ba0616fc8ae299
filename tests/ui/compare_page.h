// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/compare_runs.h"
#include "ui/session/compared_runs.h"
#include "ui/session/run_history.h"
#include "ui/session/session.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare_view.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>

/// The Compare page on a history of made-up runs, without a window.
namespace compare_page {

constexpr int patience = 60'000; // ms

struct Page {
    explicit Page(const std::filesystem::path& file)
        : history(file)
        , runs(session, history)
        , view(session, runs)
    {
        view.resize(900, 800);
        view.show();
    }
    ~Page()
    {
        static_cast<void>(
            QTest::qWaitFor([&] { return history.isIdle() && session.isIdle(); }, patience));
    }

    bool open(const std::vector<std::int64_t>& ids)
    {
        runs.open(ids.front());
        if (!QTest::qWaitFor(
                [&] { return runs.front() && runs.front()->id == ids.front(); }, patience))
            return false;
        runs.add({ids.begin() + 1, ids.end()});
        if (!QTest::qWaitFor([&] { return runs.runs().size() == ids.size(); }, patience))
            return false;
        runs.bringToFront(ids.front());
        return true;
    }

    augury::Session session;
    augury::RunHistory history;
    augury::ComparedRuns runs;
    augury::CompareView view;
};

/// One history for a whole suite.
struct Runs {
    Runs()
        : file((dir.path() + QStringLiteral("/runs.sqlite")).toStdString())
    {
        using compare_data::store;
        ten = store(file, {});
        other = store(file, {.shift = -0.9, .copies = 15});
        named = store(file, {.name = "crop & flip", .shift = 0.4});
        early = store(file, {.name = "early", .earlyExit = true});
        old = store(file, {.name = "old", .details = false});
        learned = store(file, {.name = "learned", .rule = augury::VoteRule::Learned});
        stopped = store(file, {.name = "stopped", .done = 4, .planned = 10});
        for (int n = 1; n <= 7; ++n)
            small[n] = store(file, {.done = n, .planned = n});
    }

    QTemporaryDir dir;
    std::filesystem::path file;
    std::int64_t ten = 0;
    std::int64_t other = 0;
    std::int64_t named = 0;
    std::int64_t early = 0;
    std::int64_t old = 0;
    std::int64_t learned = 0;
    std::int64_t stopped = 0;
    std::map<int, std::int64_t> small; ///< by the number of repeats
};

} // namespace compare_page
