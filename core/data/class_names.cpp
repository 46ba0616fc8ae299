// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_names.h"

#include "core/data/byte_reader.h"
#include "core/data/folder_listing.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

std::vector<std::string> readClassNames(const std::filesystem::path& file)
{
    constexpr std::uint64_t limit = 1 << 20;
    const auto bytes = readWholeFile(file, limit);
    std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (rest.starts_with("\xEF\xBB\xBF")) // the mark that Windows editors put in front of UTF-8
        rest.remove_prefix(3);
    std::vector<std::string> names;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        constexpr std::string_view white = " \t\r\v\f";
        line.remove_prefix(std::min(line.find_first_not_of(white), line.size()));
        line = line.substr(0, line.find_last_not_of(white) + 1);
        if (line.empty())
            continue;
        std::string name = displayName(line);
        if (std::find(names.begin(), names.end(), name) != names.end())
            throw Error(
                fmt::format("{}: the class name \"{}\" occurs twice.", file.string(), name));
        names.push_back(std::move(name));
        if (names.size() > 10000)
            throw Error(fmt::format("{} holds over 10000 lines; expected are class names, one a "
                                    "line.",
                file.string()));
    }
    if (names.empty())
        throw Error(
            fmt::format("{} holds no class names; expected is one name a line.", file.string()));
    return names;
}

std::vector<std::string> numberedClassNames(std::string_view prefix, std::size_t count)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i)
        names.push_back(fmt::format("{}{}", prefix, i));
    return names;
}

} // namespace augury
