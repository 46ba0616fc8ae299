// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_recorder.h"

#include "core/store/run_documents.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <utility>

namespace augury {

RunRecorder::RunRecorder(std::filesystem::path file, nlohmann::json document, Warn warn)
    : m_file(std::move(file))
    , m_document(std::move(document))
    , m_warn(std::move(warn))
{
    attempt([&] { begin(); });
}

RunRecorder::RunRecorder(RunStore store, std::int64_t id, Warn warn)
    : m_file(store.path())
    , m_warn(std::move(warn))
    , m_store(std::move(store))
    , m_id(id)
{
    attempt([&] {
        auto record = m_store->get(id);
        if (record.document.is_object())
            m_document = std::move(record.document);
        for (const char* of : {"repeats", "summary", "verdict"})
            m_document.erase(of);
        m_repeats = std::move(record.repeats);
        m_written = m_repeats.size();
    });
}

template <class Action> bool RunRecorder::attempt(Action action)
{
    try {
        action();
        m_warned = false;
        return true;
    } catch (const Error& problem) {
        if (!m_warned && m_warn) // once, not with every repeat
            m_warn({m_left.empty() ? problem.what() : m_left + " " + problem.what(),
                m_id ? Kept::Part : Kept::Nothing});
        m_warned = true;
        return false;
    }
}

void RunRecorder::begin()
{
    if (!m_store)
        m_store = RunStore::open(m_file);
    m_id = m_store->begin(m_document, repeatKind);
    m_written = 0;
}

/// What was begun is not, or no longer, this run's.
void RunRecorder::leave(const std::string& why)
{
    m_left = why;
    m_id.reset();
    m_store.reset();
}

/// False where there is no run of this recorder, or no more.
template <class Action> bool RunRecorder::writeInPlace(Action action)
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

void RunRecorder::tellOfMove()
{
    if (m_warn && !m_left.empty())
        m_warn({fmt::format(
                    "{} All of this run is kept as run {} of {}.", m_left, *m_id, m_file.string()),
            Kept::All});
    m_left.clear();
}

void RunRecorder::add(const RepeatResult& repeat)
{
    if (m_file.empty())
        return;
    m_repeats.push_back(repeat);
    attempt([&] {
        const auto addAll = [&] {
            for (; m_written < m_repeats.size(); ++m_written)
                m_store->addRepeat(*m_id, m_repeats[m_written]);
        };
        if (writeInPlace(addAll))
            return;
        begin();
        addAll();
        tellOfMove();
    });
}

void RunRecorder::finish(const nlohmann::json& document)
{
    if (m_file.empty())
        return;
    m_warned = false; // the last word: what fails now is lost
    attempt([&] {
        if (writeInPlace([&] { m_store->finish(*m_id, document); })) // with what is pending
            return;
        if (!m_store)
            m_store = RunStore::open(m_file);
        m_id = m_store->add(document, repeatKind);
        tellOfMove();
    });
}

void RunRecorder::discard()
{
    if (m_id)
        attempt([&] { m_store->discard(*m_id); });
    m_id.reset();
    m_file.clear();
}

} // namespace augury
