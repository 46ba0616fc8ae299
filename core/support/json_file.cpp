// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/json_file.h"

#include "core/support/error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace augury {

using nlohmann::json;

namespace {

constexpr int deepest = 32;

} // namespace

json parseJson(std::string_view text)
{
    if (text.empty())
        throw Error("it is empty, so it is not JSON (byte 0)");
    const auto limitDepth = [](int depth, json::parse_event_t event, const json&) {
        const bool opens =
            event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
        if (opens && depth >= deepest)
            throw Error(fmt::format("it is nested deeper than {} levels", deepest));
        return true;
    };
    try {
        return json::parse(text, limitDepth);
    } catch (const json::parse_error& problem) {
        throw Error(fmt::format("{} (byte {})",
            problem.byte > text.size() ? "it ends too early, so it is not JSON" : "it is not JSON",
            problem.byte));
    } catch (const json::exception& problem) {
        throw Error(fmt::format("it is not JSON ({})", problem.what()));
    }
}

json readJsonFile(
    const std::filesystem::path& path, const std::string& what, std::uintmax_t largest)
{
    const auto fail = [&](const std::string& why) -> Error {
        return Error(fmt::format("Could not read the {} {}: {}.", what, path.string(), why));
    };
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        throw fail("it is a folder; give a JSON file");
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        throw fail(error.message());
    if (size > largest)
        throw fail(fmt::format("{} bytes are too many for a {} (at most {})", size, what, largest));
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw fail(std::strerror(errno)); // NOLINT(concurrency-mt-unsafe): a constant text
    std::string text(static_cast<std::size_t>(size), '\0');
    file.read(text.data(), static_cast<std::streamsize>(size));
    if (file.bad())
        throw fail("reading failed");
    text.resize(static_cast<std::size_t>(file.gcount()));
    try {
        return parseJson(text);
    } catch (const Error& problem) {
        throw fail(problem.what());
    }
}

} // namespace augury
