// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history.h"

#include "core/experiment/experiment_json.h"
#include "core/store/resumption.h"
#include "core/store/run_documents.h"
#include "core/store/run_store.h"
#include "core/support/error.h"
#include "ui/session/run_history.h"
#include "ui/session/session.h"

namespace augury {

namespace {
constexpr int s_lookBack = 50; // runs
}

QString keepInHistory(
    const std::filesystem::path& file, const nlohmann::json& document, const char* kind)
{
    if (file.empty())
        return {};
    try {
        RunStore::open(file).add(document, kind);
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

std::shared_ptr<const RepeatsRun> lastRun(const std::filesystem::path& file)
{
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return {};
    const auto store = RunStore::openToRead(file);
    // The newest that ran to its end; when there is none, the newest with anything to show.
    std::optional<RunInfo> chosen;
    for (const auto& info : store.list(s_lookBack)) {
        if (info.kind != repeatKind || info.repeatsDone == 0)
            continue;
        const bool complete = info.status == RunStatus::Finished;
        if (complete || !chosen)
            chosen = info;
        if (complete)
            break;
    }
    return chosen ? repeatsRun(store.get(chosen->id)) : nullptr;
}

void requireDataOf(const std::filesystem::path& file, std::int64_t run, const Dataset& dataset)
{
    if (run <= 0 || file.empty())
        return;
    const auto record = RunStore::openToRead(file).get(run);
    if (isDataOf(record, dataset))
        return;
    const auto folder =
        openingOf(record, experimentFromJson(record.settings(), "The run's settings")).folder;
    throw Error("The images in hand are not those that run " + std::to_string(run)
        + " was made on. Open its data set first: " + folder + ".");
}

void Session::restoreLastRun()
{
    m_worker.start({tr("Reading the history"),
        [this, history = m_history](JobContext&) -> std::function<void()> {
            auto past = lastRun(history);
            if (!past)
                return {};
            return [this, past] {
                if (m_run)
                    return;
                m_run = *past;
                m_run->running = false; // another program is at it, not this one
                Q_EMIT runRestored();
            };
        },
        [this](JobEnd end, const QString& message) {
            if (end == JobEnd::Failed)
                Q_EMIT historyFailed(message);
        }});
}

} // namespace augury
