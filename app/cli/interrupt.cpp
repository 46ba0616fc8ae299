// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include "core/support/error.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace augury::cli {

namespace {

// A handler can reach nothing but globals. Lock-free atomics and write() are async-signal-safe.
std::atomic<int> signalsSeen = 0;
std::atomic<int> pipeEnd = -1;
static_assert(std::atomic<int>::is_always_lock_free);

constexpr std::array signals = {SIGINT, SIGTERM};
constexpr char stopByte = 's';
constexpr char endByte = 'e';

void put(int descriptor, char byte)
{
    while (::write(descriptor, &byte, 1) < 0 && errno == EINTR) { }
}

extern "C" void onSignal(int signal)
{
    const int error = errno;
    if (signalsSeen.fetch_add(1) > 0)
        ::_exit(128 + signal);
    put(pipeEnd.load(), stopByte);
    errno = error;
}

} // namespace

// A handler with a pipe, not sigwait: OpenBLAS starts threads before main(), which block nothing.
Interrupt::Interrupt()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw Error("Could not create a pipe for Ctrl-C: too many open files.");
    m_wake = ends[1];
    m_watcher = std::thread([this, readEnd = ends[0]] {
        char byte = 0;
        ssize_t n = 0;
        while ((n = ::read(readEnd, &byte, 1)) == 1 || (n < 0 && errno == EINTR)) {
            if (n == 1 && byte == endByte)
                break;
            if (n == 1)
                m_source.request_stop();
        }
        ::close(readEnd);
    });
    pipeEnd = m_wake;
    struct sigaction action { };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    for (const int signal : signals) {
        struct sigaction before { };
        ::sigaction(signal, nullptr, &before);
        if (signal == SIGINT && before.sa_handler == SIG_IGN)
            continue;
        ::sigaction(signal, &action, nullptr);
    }
}

Interrupt::~Interrupt()
{
    for (const int signal : signals) {
        struct sigaction now { };
        ::sigaction(signal, nullptr, &now);
        if (now.sa_handler == onSignal)
            ::signal(signal, SIG_DFL);
    }
    put(m_wake, endByte);
    m_watcher.join();
    pipeEnd = -1;
    ::close(m_wake);
}

} // namespace augury::cli
