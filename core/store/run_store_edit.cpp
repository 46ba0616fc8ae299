// SPDX-License-Identifier: GPL-3.0-or-later
// What a user does with runs.
#include "core/store/run_store_state.h"
#include "core/support/error.h"

#include <fmt/format.h>

namespace augury {

void RunStore::State::update(std::int64_t id, const char* column, const std::string& value)
{
    SQLite::Statement update(*database, fmt::format("UPDATE runs SET {} = ? WHERE id = ?", column));
    update.bind(1, value);
    update.bind(2, id);
    if (update.exec() != 1)
        throwNoRun(id);
}

void RunStore::State::erase(std::int64_t id)
{
    for (const char* statement :
        {"DELETE FROM repeats WHERE run = ?", "DELETE FROM trials WHERE run = ?",
            // The test images were used all the same.
            "UPDATE confirmations SET run = NULL WHERE run = ?", "DELETE FROM runs WHERE id = ?"}) {
        SQLite::Statement erase(*database, statement);
        erase.bind(1, id);
        erase.exec();
    }
}

void RunStore::rename(std::int64_t id, const std::string& name)
{
    m_state->write([&] { m_state->update(id, "name", tidyName(name)); });
}

void RunStore::setNote(std::int64_t id, const std::string& note)
{
    m_state->write([&] { m_state->update(id, "note", cutTo(note, mostNoteCharacters)); });
}

void RunStore::setTags(std::int64_t id, std::vector<std::string> tags)
{
    const auto text = storedText(tidyTags(std::move(tags)));
    m_state->write([&] { m_state->update(id, "tags", text); });
}

void RunStore::remove(std::int64_t id)
{
    m_state->write([&] { m_state->update(id, "removed", utcNow()); });
}

void RunStore::restore(std::int64_t id)
{
    m_state->write([&] {
        SQLite::Statement update(*m_state->database, "UPDATE runs SET removed = NULL WHERE id = ?");
        update.bind(1, id);
        if (update.exec() != 1)
            m_state->throwNoRun(id);
    });
}

int RunStore::purge(double days)
{
    int purged = 0;
    m_state->write([&] {
        std::vector<std::int64_t> old;
        SQLite::Statement query(*m_state->database,
            "SELECT id FROM runs WHERE removed <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)");
        query.bind(1, fmt::format("-{:.6f} days", days));
        while (query.executeStep())
            old.push_back(query.getColumn(0).getInt64());
        for (const auto id : old) {
            if (m_state->isAlive(id))
                continue;
            m_state->erase(id);
            ++purged;
        }
    });
    return purged;
}

void RunStore::purgeRun(std::int64_t id)
{
    m_state->write([&] {
        SQLite::Statement query(
            *m_state->database, "SELECT removed IS NOT NULL FROM runs WHERE id = ?");
        query.bind(1, id);
        if (!query.executeStep())
            m_state->throwNoRun(id);
        if (query.getColumn(0).getInt() == 0)
            throw Error(fmt::format("Run {} is not deleted, so it is not purged.", id));
        if (m_state->isAlive(id))
            throw Error(fmt::format("Run {} is under way. Stop it first.", id));
        query.reset();
        m_state->erase(id);
    });
}

} // namespace augury
