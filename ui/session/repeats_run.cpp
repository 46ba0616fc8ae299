// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/repeats_run.h"

#include "core/experiment/experiment_json.h"
#include "core/experiment/report.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "core/tune/configuration.h"
#include "ui/session/run_history.h"

#include <algorithm>

namespace augury {

namespace {

constexpr int s_words = 40; // letters of a policy, in a legend

QString cutName(const AugmentPolicy& policy)
{
    auto words = QString::fromStdString(shortName(policy));
    if (words.size() > s_words)
        words = words.left(s_words - 1).trimmed() + QStringLiteral("…");
    return words;
}

/// The same texts from part of a document, whatever else stands there.
std::vector<std::string> textsIn(const nlohmann::json& list)
{
    std::vector<std::string> texts;
    if (list.is_array() && std::ranges::all_of(list, &nlohmann::json::is_string))
        texts = list.get<std::vector<std::string>>();
    return texts;
}

} // namespace

QString RepeatsRun::title() const
{
    const auto label = name.isEmpty()
        ? QStringLiteral("%1 × %2").arg(cutName(config.policy), QString::number(config.copies))
        : name;
    return id > 0 ? QStringLiteral("%1 · %2").arg(QString::number(id), label) : label;
}

DataOpening openingOf(const RepeatsRun& run)
{
    auto opening = run.opening;
    if (opening.folder.empty())
        opening.folder =
            run.config.dataPath.empty() ? defaultDatasetPath().string() : run.config.dataPath;
    opening.options.seed = run.config.splitSeed;
    return opening;
}

std::shared_ptr<const RepeatsRun> repeatsRun(const RunRecord& record)
{
    const auto& info = record.info;
    const auto where = "Run " + std::to_string(info.id);
    if (info.kind != repeatKind)
        throw Error(where + " is " + (info.kind == trainKind ? "a training" : "an evaluation")
            + ", not repeats of an experiment, so there is nothing to compare in it.");
    try {
        auto run = std::make_shared<RepeatsRun>();
        run->config = experimentFromJson(record.settings(), where);
        run->opening = openingOf(record, run->config);
        run->outcome.repeats = record.repeats.empty()
            ? repeatsFromDocument(record.document, where).repeats // of the first format
            : record.repeats;
        run->outcome.stopped = info.status != RunStatus::Finished;
        run->outcome.parallelFits = record.plan.parallelFits;
        run->outcome.threadsPerFit = record.plan.threadsPerFit;
        run->dataName = info.data;
        run->classNames = textsIn(part(part(record.document, "data"), "classes"));
        run->seconds = info.seconds;
        run->running = info.status == RunStatus::Running;
        run->document = std::make_shared<const std::string>(documentText(record.document));
        run->finished = QDateTime::fromString(QString::fromStdString(info.finished), Qt::ISODate);
        run->id = info.id;
        run->name = QString::fromStdString(info.name);
        return run;
    } catch (const nlohmann::json::exception& problem) {
        throw Error(where + " of the history is damaged (" + problem.what() + ").");
    }
}

} // namespace augury
