// SPDX-License-Identifier: GPL-3.0-or-later
// Whole runs: added, exported, imported.
#include "core/store/run_store_state.h"
#include "core/tune/tune_json.h"

#include <utility>

namespace augury {

using nlohmann::json;

std::int64_t RunStore::add(const json& document, const std::string& kind, const std::string& date)
{
    const auto rows = rowsOf(document, kind, "The result");
    const auto ended = date.empty() ? utcNow() : date;
    std::int64_t id = 0;
    m_state->write([&] {
        id = m_state->insertRun(kind);
        m_state->insertRows(id, rows, ended);
        m_state->store(id, document, kind, rows);
        markEnded(*m_state->database, id, isStopped(document), ended);
        SQLite::Statement update(*m_state->database,
            "UPDATE runs SET started = coalesce(strftime('%Y-%m-%dT%H:%M:%SZ', finished,"
            " '-' || seconds || ' seconds'), finished) WHERE id = ?");
        update.bind(1, id);
        update.exec();
    });
    return id;
}

json RunStore::exportRun(std::int64_t id) const
{
    auto record = get(id);
    if (record.info.kind == tuneKind) {
        // Beside those that it may have come with from another history.
        auto& list = record.document["confirmations"];
        if (!list.is_array())
            list = json::array();
        for (const auto& kept : confirmationsOf(id)) {
            auto row = toJson(kept.confirmation);
            row["date"] = kept.date;
            list.push_back(std::move(row));
        }
    }
    return withNotes(std::move(record.document), record.info);
}

std::int64_t RunStore::importRun(const json& document, const std::string& where)
{
    json own = document;
    const auto info = takeNotes(own, where);
    const auto rows = rowsOf(own, info.kind, where);
    const auto ended = info.finished.empty() ? utcNow() : info.finished;
    std::int64_t id = 0;
    m_state->write([&] {
        id = m_state->insertRun(info.kind);
        m_state->insertRows(id, rows, ended);
        m_state->store(id, own, info.kind, rows);
        markEnded(*m_state->database, id, isStopped(own), ended);
        m_state->update(id, "started", info.started.empty() ? ended : info.started);
        m_state->update(id, "name", info.name);
        m_state->update(id, "note", info.note);
        m_state->update(id, "tags", storedText(info.tags));
    });
    return id;
}

} // namespace augury
