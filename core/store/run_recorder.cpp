// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_recorder.h"

#include "core/store/run_documents.h"
#include "core/support/error.h"

namespace augury {

RunRecorder::RunRecorder(
    const std::filesystem::path& file, const nlohmann::json& document, Warn warn)
    : m_file(file)
    , m_warn(std::move(warn))
{
    attempt([&] {
        m_store = RunStore::open(m_file);
        m_id = m_store->begin(document, repeatKind);
    });
}

RunRecorder::RunRecorder(RunStore store, std::int64_t id, Warn warn)
    : m_warn(std::move(warn))
    , m_store(std::move(store))
    , m_id(id)
{
}

template <class Action> bool RunRecorder::attempt(Action action)
{
    try {
        action();
        m_warned = false;
        return true;
    } catch (const Error& problem) {
        if (!m_warned && m_warn) // once, not with every repeat
            m_warn(problem.what());
        m_warned = true;
        return false;
    }
}

void RunRecorder::add(const RepeatResult& repeat)
{
    if (!m_id)
        return;
    m_pending.push_back(repeat);
    attempt([&] {
        while (!m_pending.empty()) {
            m_store->addRepeat(*m_id, m_pending.front());
            m_pending.erase(m_pending.begin());
        }
    });
}

void RunRecorder::finish(const nlohmann::json& document)
{
    if (!m_id && m_file.empty())
        return;
    m_warned = false; // the last word: what fails now is lost
    attempt([&] {
        if (m_id) {
            m_store->finish(*m_id, document); // with what is pending
        } else {
            if (!m_store)
                m_store = RunStore::open(m_file);
            m_id = m_store->add(document, repeatKind);
        }
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
