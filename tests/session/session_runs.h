// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeat_details.h"
#include "ui/session/session.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTest>

/// Runs of a session that are the same each time, and what of them has to be.
namespace augury::test {

constexpr int s_patience = 120'000; // ms
constexpr int s_repeats = 5;

inline void settle(Settings& settings)
{
    settings.edit([](ExperimentConfig& c) {
        c.training.epochs = 1;
        c.training.batchSize = 16;
        c.training.seed = 11;
        c.validationFraction = 0.25;
        c.copies = 3;
        c.repeats = s_repeats;
    });
}

inline bool open(Session& session, const QString& folder)
{
    session.openData(folder);
    return QTest::qWaitFor([&] { return !session.isBusy(); }, s_patience)
        && session.dataError().isEmpty();
}

/// A window without one: runs the repeats until it is killed.
inline int runAsChild(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    Session session;
    session.setHistory(argv[2]);
    if (!open(session, QString::fromLocal8Bit(argv[3])))
        return 2;
    settle(session.settings());
    session.runRepeats();
    QObject::connect(&session, &Session::runEnded, &application, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

/// All that a repeat found, and nothing of how long it took.
inline nlohmann::json found(const RepeatResult& repeat)
{
    auto row = toJson(repeat);
    row.erase("train_seconds");
    row.erase("evaluate_seconds");
    for (auto& epoch : row["history"])
        epoch.erase("seconds");
    if (repeat.details)
        row["details"] = toJson(*repeat.details);
    return row;
}

inline nlohmann::json found(const std::vector<RepeatResult>& repeats)
{
    auto rows = nlohmann::json::array();
    for (const auto& repeat : repeats)
        rows.push_back(found(repeat));
    return rows;
}

inline bool sameWeights(const Checkpoint& a, const Checkpoint& b)
{
    if (a.tensors.size() != b.tensors.size())
        return false;
    for (std::size_t i = 0; i < a.tensors.size(); ++i) {
        if (a.tensors[i].name != b.tensors[i].name || a.tensors[i].values != b.tensors[i].values)
            return false;
    }
    return !a.tensors.empty();
}

} // namespace augury::test
