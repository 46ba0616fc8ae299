// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace augury::cli {

namespace {

constexpr auto redrawInterval = std::chrono::milliseconds(100);
constexpr std::size_t barCells = 20;
constexpr double secondsBeforeEstimate = 2;

/// Returns 0 or the errno.
int writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(descriptor, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return 0;
}

std::size_t terminalColumns()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

std::string duration(double seconds)
{
    const auto s = static_cast<long long>(std::lround(std::max(0.0, seconds)));
    if (s < 60)
        return fmt::format("{} s", s);
    if (s < 3600)
        return fmt::format("{} min {} s", s / 60, s % 60);
    return fmt::format("{} h {} min", s / 3600, s % 3600 / 60);
}

Console::Console()
    : m_terminal(::isatty(STDERR_FILENO) == 1)
{
}

Console::~Console()
{
    clear();
}

void Console::print(std::string_view text)
{
    clear();
    if (m_outputError == 0)
        m_outputError = writeAll(STDOUT_FILENO, text);
}

void Console::throwIfOutputFailed() const
{
    if (m_outputError != 0 && m_outputError != EPIPE)
        throw Error(fmt::format("Could not write to standard output ({}).",
            std::strerror(m_outputError))); // NOLINT(concurrency-mt-unsafe): the work has ended
}

void Console::note(std::string_view line)
{
    clear();
    writeAll(STDERR_FILENO, fmt::format("{}\n", line));
}

void Console::sparse(std::string_view line)
{
    if (!m_terminal)
        note(line);
}

void Console::progress(const Progress& progress, std::string_view detail)
{
    const auto now = Clock::now();
    if (progress.phase != m_phase) {
        m_phase = progress.phase;
        m_phaseStart = now;
        m_drawn = {};
        sparse(fmt::format("{}…", m_phase));
    }
    if (!m_terminal || now - m_drawn < redrawInterval)
        return;
    m_drawn = now;

    std::string line = fmt::format("{} ", m_phase);
    if (progress.total > 0) {
        const double share = std::clamp(
            static_cast<double>(progress.done) / static_cast<double>(progress.total), 0.0, 1.0);
        const auto filled = static_cast<std::size_t>(std::lround(share * barCells));
        line += fmt::format("[{}{}] {:3.0f} %", std::string(filled, '#'),
            std::string(barCells - filled, '.'), std::floor(100 * share));
        const double elapsed = std::chrono::duration<double>(now - m_phaseStart).count();
        if (share > 0 && elapsed > secondsBeforeEstimate)
            line += fmt::format(", {} left", duration(elapsed * (1 - share) / share));
    }
    if (!detail.empty())
        line += fmt::format("  {}", detail);
    // A line that wraps could not be taken back.
    line.resize(std::min(line.size(), terminalColumns() - 1));
    writeAll(STDERR_FILENO, fmt::format("\r\x1b[K{}", line));
    m_shown = true;
}

void Console::clear()
{
    if (m_shown)
        writeAll(STDERR_FILENO, "\r\x1b[K");
    m_shown = false;
}

} // namespace augury::cli
