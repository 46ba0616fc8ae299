// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/options.h"
#include "core/augment/policy_json.h"
#include "core/augment/presets.h"
#include "core/experiment/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace augury::cli {

namespace {

struct PoliciesOptions {
    std::string name;
    bool json = false;
};

nlohmann::json presetJson(const Preset& preset)
{
    return {{"name", preset.name}, {"draws", describe(preset.policy)}, {"copies", preset.copies},
        {"enumerated", preset.policy.views.has_value()}, {"origin", preset.origin},
        {"caution",
            preset.caution.empty() ? nlohmann::json(nullptr) : nlohmann::json(preset.caution)},
        {"policy", toJson(preset.policy)}};
}

/// Every line indented; lines of at most `width` bytes, broken between words.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t width)
{
    std::string result;
    std::string line;
    const auto flush = [&] {
        if (!line.empty())
            result += std::string(indent, ' ') + line + "\n";
        line.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        const auto word = text.substr(at, end - at);
        if (!line.empty() && line.size() + 1 + word.size() > width)
            flush();
        line += (line.empty() ? "" : " ") + word;
        at = end + 1;
    }
    flush();
    return result;
}

ExitCode runPoliciesCommand(const PoliciesOptions& options)
{
    Console console;
    if (!options.name.empty()) {
        // As a file that --policy reads: a preset to begin with.
        console.print(documentText(toJson(policyNamed(options.name))));
        if (const auto* preset = findPreset(options.name))
            console.note(
                fmt::format("Used by name it brings --copies {}; from a file, give that yourself.",
                    preset->copies));
        return done;
    }
    if (options.json) {
        auto list = nlohmann::json::array();
        for (const auto& preset : presets())
            list.push_back(presetJson(preset));
        console.print(documentText(list));
        return done;
    }
    constexpr std::size_t width = 76;
    for (const auto& preset : presets()) {
        const auto words = describe(preset.policy); // of views, it tells how many
        console.print(preset.policy.views
                ? fmt::format("{}: {}\n", preset.name, words)
                : fmt::format("{}: {} copies, {}\n", preset.name, preset.copies, words));
        console.print(wrapped(preset.origin, 4, width));
        if (!preset.caution.empty())
            console.print(wrapped("Caution: " + preset.caution, 4, width));
    }
    console.print("\nUse one with --policy NAME; `augury-cli policies NAME` prints its JSON, to "
                  "change and give\nas --policy FILE.json.\n");
    return done;
}

} // namespace

Command addPoliciesCommand(CLI::App& app)
{
    CLI::App& command = *app.add_subcommand("policies",
        "List the augmentation presets with what they draw; with a name, print one as JSON.");
    const auto options = std::make_shared<PoliciesOptions>();
    command.add_option("NAME", options->name, "a preset, or a policy file to check");
    command.add_flag("--json", options->json, "the list as JSON");
    return [options] { return runPoliciesCommand(*options); };
}

} // namespace augury::cli
