// SPDX-License-Identifier: GPL-3.0-or-later
// What the test images were asked.
#include "core/store/run_store_state.h"
#include "core/support/error.h"
#include "core/support/json_file.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

namespace augury {

namespace {

constexpr const char* columns = "SELECT id, run, date, result FROM confirmations";

std::vector<KeptConfirmation> readAll(SQLite::Statement& query, const std::filesystem::path& path)
{
    std::vector<KeptConfirmation> all;
    while (query.executeStep()) {
        KeptConfirmation kept;
        kept.id = query.getColumn(0).getInt64();
        if (const auto run = query.getColumn(1); !run.isNull())
            kept.run = run.getInt64();
        kept.date = query.getColumn(2).getString();
        const auto where =
            fmt::format("Confirmation {} in the run history {}", kept.id, path.string());
        nlohmann::json row;
        try {
            row = parseJson(query.getColumn(3).getString());
        } catch (const Error& problem) {
            throw Error(fmt::format("{} is damaged: {}.", where, problem.what()));
        }
        kept.confirmation = confirmationFromJson(row, where);
        all.push_back(std::move(kept));
    }
    return all;
}

} // namespace

std::int64_t RunStore::addConfirmation(
    const std::string& testSet, std::optional<std::int64_t> run, const Confirmation& confirmation)
{
    std::int64_t id = 0;
    m_state->write([&] {
        // The test images were used, even where the search was purged meanwhile.
        SQLite::Statement insert(*m_state->database,
            "INSERT INTO confirmations (run, test, date, result)"
            " VALUES ((SELECT id FROM runs WHERE id = ?), ?, ?, ?)");
        if (run)
            insert.bind(1, *run);
        insert.bind(2, testSet);
        insert.bind(3, utcNow());
        insert.bind(4, storedText(toJson(confirmation)));
        insert.exec();
        id = m_state->database->getLastInsertRowid();
    });
    return id;
}

std::vector<KeptConfirmation> RunStore::confirmations(const std::string& testSet) const
{
    return m_state->guarded([&] {
        SQLite::Statement query(
            *m_state->database, fmt::format("{} WHERE test = ? ORDER BY id", columns));
        query.bind(1, testSet);
        return readAll(query, m_state->path);
    });
}

std::vector<KeptConfirmation> RunStore::confirmationsOf(std::int64_t run) const
{
    return m_state->guarded([&] {
        SQLite::Statement query(
            *m_state->database, fmt::format("{} WHERE run = ? ORDER BY id", columns));
        query.bind(1, run);
        return readAll(query, m_state->path);
    });
}

} // namespace augury
