// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/resumption.h"

#include "core/data/fingerprint.h"
#include "core/experiment/versions.h"
#include "core/store/run_documents.h"

#include <fmt/format.h>

#include <filesystem>

namespace augury {

using nlohmann::json;

namespace {
constexpr const char* openingField = "opened";
}

json openingJson(const OpenOptions& options)
{
    return {{"image_size",
                options.imageSize ? json({options.imageSize->first, options.imageSize->second})
                                  : json()},
        {"test_fraction", options.testFraction}};
}

void addOpening(json& document, const OpenOptions& options, const std::string& folder)
{
    auto& data = document["data"];
    if (!data.is_object()) // nothing was opened
        return;
    auto opened = openingJson(options);
    std::error_code error;
    opened["folder"] = std::filesystem::absolute(folder, error).string();
    data[openingField] = std::move(opened);
}

DataOpening openingOf(const RunRecord& record, const ExperimentConfig& config)
{
    const auto& opened = part(part(record.document, "data"), openingField);
    DataOpening opening;
    opening.options.seed = config.splitSeed;
    opening.folder = textAt(opened, "folder");
    if (opening.folder.empty())
        opening.folder = config.dataPath;
    const auto& size = part(opened, "image_size");
    if (size.is_array() && size.size() == 2 && size[0].is_number_integer()
        && size[1].is_number_integer())
        opening.options.imageSize = {size[0].get<int>(), size[1].get<int>()};
    if (const auto& fraction = part(opened, "test_fraction"); fraction.is_number())
        opening.options.testFraction = fraction.get<double>();
    return opening;
}

bool isDataOf(const RunRecord& record, const Dataset& dataset)
{
    const auto stored = textAt(part(record.document, "data"), "fingerprint");
    return stored.empty() || stored == fingerprint(dataset);
}

std::vector<std::string> otherVersions(const RunRecord& record)
{
    const auto& then = part(record.document, "versions");
    const auto now = versionsJson();
    std::vector<std::string> notes;
    for (const char* each : {"augury", "torch", "opencv", "compiler"}) {
        const auto& old = part(then, each);
        if (!old.is_null() && old != now.at(each))
            notes.push_back(fmt::format("Run {} was begun with {} {}; this is {}: numbers may "
                                        "differ slightly from those that it would have given.",
                record.info.id, each, old.is_string() ? old.get<std::string>() : old.dump(),
                now.at(each).get<std::string>()));
    }
    return notes;
}

} // namespace augury
