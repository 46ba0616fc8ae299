// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history.h"

#include "core/experiment/experiment_json.h"
#include "core/experiment/report.h"
#include "core/store/run_store.h"
#include "ui/session/session.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace augury {

namespace {

constexpr const char* s_kind = "repeat";

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
    const auto store = RunStore::open(file);
    const auto entries = store.list();
    const auto found = std::ranges::find(entries, s_kind, &RunStore::Entry::kind);
    if (found == entries.end())
        return {};
    const auto document = store.get(found->id);
    const auto where = "run " + std::to_string(found->id) + " of " + file.string();
    PastRun run;
    run.outcome = repeatsFromDocument(document, where);
    const auto settings = document.find("settings");
    if (run.outcome.repeats.empty() || settings == document.end())
        return {};
    run.config = experimentFromJson(*settings, where);
    if (const auto data = document.find("data"); data != document.end() && data->is_object())
        run.dataName = data->value("name", std::string());
    run.document = documentText(document);
    run.finished = QDateTime::fromString(QString::fromStdString(found->date), Qt::ISODate);
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
