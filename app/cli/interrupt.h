// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace augury::cli {

/// While it lives, the first SIGINT or SIGTERM requests a stop, and a second one ends the process
/// at once. One at a time. A SIGINT that was ignored when the program started (nohup, a script's
/// background job) stays ignored.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    int m_wake = -1; ///< write end of the pipe that the handler writes to
    std::thread m_watcher;
};

} // namespace augury::cli
