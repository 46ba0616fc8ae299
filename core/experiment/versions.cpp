// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/versions.h"

#include "core/model/runtime.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <opencv2/core/version.hpp>

#include <fstream>
#include <string>
#include <sys/resource.h>
#include <sys/utsname.h>

namespace augury {

namespace {

using nlohmann::json;

std::string operatingSystem()
{
    std::ifstream file("/etc/os-release");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("PRETTY_NAME="))
            continue;
        std::string name = line.substr(line.find('=') + 1);
        if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
            name = name.substr(1, name.size() - 2);
        return name;
    }
    utsname system{};
    return ::uname(&system) == 0 ? fmt::format("{} {}", system.sysname, system.release)
                                 : std::string("unknown");
}

#ifdef __clang__
constexpr const char* compilerName = __VERSION__;
#else
constexpr const char* compilerName = "g++ " __VERSION__;
#endif

} // namespace

json versionsJson()
{
    return {{"augury", AUGURY_VERSION}, {"torch", torchVersion()}, {"opencv", CV_VERSION},
        {"compiler", compilerName}, {"os", operatingSystem()}, {"cpu_threads", availableThreads()}};
}

double peakMemoryMb()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024e-6; // Linux counts in KiB
}

} // namespace augury
