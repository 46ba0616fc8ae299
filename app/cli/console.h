// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/job.h"

#include <chrono>
#include <string>
#include <string_view>

namespace augury::cli {

/// Results on stdout, progress on stderr: a bar with the time left on a terminal, sparse plain
/// lines elsewhere. One call at a time.
class Console {
public:
    Console();
    ~Console(); ///< takes the bar away
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// To stdout. A reader that has gone (a closed pipe) is no failure; anything else is kept for
    /// throwIfOutputFailed(), because this is called from deep inside the work.
    void print(std::string_view text);
    void throwIfOutputFailed() const;

    /// A line on stderr. `sparse` lines are left out where there is a bar, which says the same.
    void note(std::string_view line);
    void sparse(std::string_view line);

    /// Moves the bar, at most ten times a second. `detail` is plain ASCII.
    void progress(const Progress& progress, std::string_view detail = {});
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    bool m_terminal;
    bool m_shown = false;
    std::string m_phase;
    Clock::time_point m_phaseStart;
    Clock::time_point m_drawn;
    int m_outputError = 0;
};

/// "45 s", "3 min 20 s", "2 h 5 min".
std::string duration(double seconds);

} // namespace augury::cli
