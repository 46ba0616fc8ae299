// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_recorder.h"

#include "core/store/run_documents.h"

#include <utility>

namespace augury {

RunRecorder::RunRecorder(std::filesystem::path file, nlohmann::json document, Warn warn)
    : RunWriter(std::move(file), std::move(document), repeatKind, std::move(warn))
{
}

RunRecorder::RunRecorder(RunStore store, std::int64_t id, Warn warn)
    : RunWriter(std::move(store), id, repeatKind, std::move(warn))
{
    takeUp([this](RunRecord& record) {
        for (const char* of : {"repeats", "summary", "verdict"})
            record.document.erase(of);
        m_repeats = std::move(record.repeats);
        m_written = m_repeats.size();
    });
}

void RunRecorder::add(const RepeatResult& repeat)
{
    if (!isKeeping())
        return;
    m_repeats.push_back(repeat);
    write([this](RunStore& store, std::int64_t run, bool isAnew) {
        if (isAnew)
            m_written = 0;
        for (; m_written < m_repeats.size(); ++m_written)
            store.addRepeat(run, m_repeats[m_written]);
    });
}

} // namespace augury
