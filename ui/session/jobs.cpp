// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/jobs.h"

namespace augury {

JobContext::JobContext(
    std::stop_token stop, Post post, std::function<void(const JobProgress&)> onProgress)
    : m_stop(std::move(stop))
    , m_post(std::move(post))
    , m_progress(Throttle<JobProgress>::Keep::Last,
          [post = m_post, onProgress = std::move(onProgress)](std::vector<JobProgress> progress) {
              post([onProgress, last = std::move(progress.back())] { onProgress(last); });
          })
{
}

void JobContext::report(std::string_view phase, std::int64_t done, std::int64_t total)
{
    m_progress.offer({QString::fromUtf8(phase.data(), static_cast<qsizetype>(phase.size())),
        static_cast<qint64>(done), static_cast<qint64>(total)});
}

Job JobContext::coreJob()
{
    return {m_stop, [this](const Progress& p) { report(p.phase, p.done, p.total); }};
}

} // namespace augury
