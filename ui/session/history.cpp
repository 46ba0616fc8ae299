// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history.h"

#include "core/experiment/experiment_json.h"
#include "core/experiment/report.h"
#include "core/store/run_store.h"
#include "ui/session/session.h"

#include <nlohmann/json.hpp>

namespace augury {

namespace {

constexpr const char* s_kind = "repeat";
constexpr int s_lookBack = 50; // runs

} // namespace

QString keepInHistory(const std::filesystem::path& file, const nlohmann::json& document)
{
    if (file.empty())
        return {};
    try {
        RunStore::open(file).add(document, s_kind);
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

std::optional<PastRun> lastRun(const std::filesystem::path& file)
{
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return {};
    const auto store = RunStore::openToRead(file);
    // The newest that ran to its end; when there is none, the newest with anything to show.
    std::optional<RunInfo> chosen;
    for (const auto& info : store.list(s_lookBack)) {
        if (info.kind != s_kind || info.repeatsDone == 0)
            continue;
        const bool complete = info.status == RunStatus::Finished;
        if (complete || !chosen)
            chosen = info;
        if (complete)
            break;
    }
    if (!chosen)
        return {};
    const auto where = "run " + std::to_string(chosen->id) + " of " + file.string();
    const auto document = store.get(chosen->id).document;
    PastRun run;
    run.outcome = repeatsFromDocument(document, where);
    const auto settings = document.find("settings");
    if (run.outcome.repeats.empty() || settings == document.end())
        return {};
    run.config = experimentFromJson(*settings, where);
    if (const auto data = document.find("data"); data != document.end() && data->is_object())
        run.dataName = data->value("name", std::string());
    run.document = documentText(document);
    run.finished = QDateTime::fromString(QString::fromStdString(chosen->finished), Qt::ISODate);
    return run;
}

void Session::restoreLastRun()
{
    m_worker.start({tr("Reading the history"),
        [this, history = m_history](JobContext&) -> std::function<void()> {
            auto past = lastRun(history);
            if (!past)
                return {};
            return [this, past = std::move(*past)] {
                if (m_run)
                    return;
                m_run = RepeatsRun{past.config, nullptr, past.dataName, past.outcome, 0, false,
                    std::make_shared<const std::string>(past.document), past.finished};
                Q_EMIT runRestored();
            };
        },
        [this](JobEnd end, const QString& message) {
            if (end == JobEnd::Failed)
                Q_EMIT historyFailed(message);
        }});
}

} // namespace augury
