// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_writer.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <utility>

namespace augury {

RunWriter::RunWriter(
    std::filesystem::path file, nlohmann::json document, const char* kind, Warn warn)
    : m_file(std::move(file))
    , m_document(std::move(document))
    , m_kind(kind)
    , m_warn(std::move(warn))
{
    attempt([&] { begin(); });
}

RunWriter::RunWriter(RunStore store, std::int64_t id, const char* kind, Warn warn)
    : m_file(store.path())
    , m_kind(kind)
    , m_warn(std::move(warn))
    , m_store(std::move(store))
    , m_id(id)
{
}

void RunWriter::takeUp(const std::function<void(RunRecord&)>& take)
{
    attempt([&] {
        auto record = m_store->get(*m_id);
        if (!record.document.is_object())
            record.document = nlohmann::json::object();
        take(record);
        m_document = std::move(record.document);
    });
}

void RunWriter::attempt(const std::function<void()>& action)
{
    try {
        action();
        m_warned = false;
    } catch (const Error& problem) {
        if (!m_warned && m_warn) // once, not with every part
            m_warn({m_left.empty() ? problem.what() : m_left + " " + problem.what(),
                m_id ? Kept::Part : Kept::Nothing});
        m_warned = true;
    }
}

void RunWriter::begin()
{
    if (!m_store)
        m_store = RunStore::open(m_file);
    m_id = m_store->begin(m_document, m_kind);
}

/// What was begun is not, or no longer, this run's.
void RunWriter::leave(const std::string& why)
{
    m_left = why;
    m_id.reset();
    m_store.reset();
}

/// False where there is no run of this writer, or no more.
bool RunWriter::writeInPlace(const std::function<void()>& action)
{
    if (m_store && !m_store->isInPlace())
        leave(fmt::format("The run history {} was deleted, moved or replaced while this run was "
                          "under way.",
            m_file.string()));
    if (!m_id)
        return false;
    try {
        action();
        return true;
    } catch (const RunTakenOver& problem) {
        leave(problem.what());
        return false;
    }
}

void RunWriter::tellOfMove()
{
    if (m_warn && !m_left.empty())
        m_warn({fmt::format(
                    "{} All of this run is kept as run {} of {}.", m_left, *m_id, m_file.string()),
            Kept::All});
    m_left.clear();
}

void RunWriter::write(
    const std::function<void(RunStore& store, std::int64_t id, bool isAnew)>& action)
{
    if (!isKeeping())
        return;
    attempt([&] {
        if (writeInPlace([&] { action(*m_store, *m_id, false); }))
            return;
        begin();
        action(*m_store, *m_id, true);
        tellOfMove();
    });
}

void RunWriter::finish(const nlohmann::json& document)
{
    if (!isKeeping())
        return;
    m_warned = false; // the last word: what fails now is lost
    attempt([&] {
        if (writeInPlace([&] { m_store->finish(*m_id, document); })) // with what is pending
            return;
        if (!m_store)
            m_store = RunStore::open(m_file);
        m_id = m_store->add(document, m_kind);
        tellOfMove();
    });
}

void RunWriter::discard()
{
    if (m_id)
        attempt([&] { m_store->discard(*m_id); });
    m_id.reset();
    m_file.clear();
}

} // namespace augury
