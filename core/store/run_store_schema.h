// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>

/// Opening the history's file, and what is in it.
namespace augury {

/// Turns SQLite's failure into an Error for people.
[[noreturn]] void throwStoreError(
    const std::filesystem::path& path, const SQLite::Exception& problem);

enum class StoreAccess { Write, Read };

/// A connection to a file of the current version. May throw SQLite::Exception as well as Error.
std::unique_ptr<SQLite::Database> openStore(const std::filesystem::path& path, StoreAccess access);

/// A transaction that writes; rolled back unless committed. IMMEDIATE: two programs that start at
/// once wait for each other.
class WriteTransaction {
public:
    explicit WriteTransaction(SQLite::Database& database)
        : m_database(database)
    {
        m_database.exec("BEGIN IMMEDIATE");
    }
    ~WriteTransaction()
    {
        if (!m_committed)
            m_database.tryExec("ROLLBACK"); // SQLite has done so itself after some failures
    }
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;

    void commit()
    {
        m_database.exec("COMMIT");
        m_committed = true;
    }

private:
    SQLite::Database& m_database;
    bool m_committed = false;
};

} // namespace augury
