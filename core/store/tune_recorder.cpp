// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tune_recorder.h"

#include "core/store/run_documents.h"

#include <utility>
#include <vector>

namespace augury {

TuneRecorder::TuneRecorder(std::filesystem::path file, nlohmann::json document, Warn warn)
    : RunWriter(std::move(file), std::move(document), tuneKind, std::move(warn))
{
}

TuneRecorder::TuneRecorder(RunStore store, std::int64_t id, Warn warn)
    : RunWriter(std::move(store), id, tuneKind, std::move(warn))
{
    takeUp([this](RunRecord& record) {
        for (const char* of : {"trials", "best", "verdict"})
            record.document.erase(of);
        for (auto& trial : record.trials)
            m_trials.insert_or_assign(trial.index, std::move(trial));
    });
}

void TuneRecorder::add(std::span<const Trial> trials)
{
    if (!isKeeping())
        return;
    for (const auto& trial : trials) {
        m_trials.insert_or_assign(trial.index, trial);
        m_pending.insert(trial.index);
    }
    write([this](RunStore& store, std::int64_t run, bool isAnew) {
        if (isAnew) {
            for (const auto& [index, trial] : m_trials)
                m_pending.insert(index);
        }
        std::vector<Trial> wanted;
        for (const int index : m_pending)
            wanted.push_back(m_trials.at(index));
        store.setTrials(run, wanted);
        m_pending.clear();
    });
}

} // namespace augury
