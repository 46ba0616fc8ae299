// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/look_document.h"

#include "core/augment/policy_json.h"
#include "core/augment/transform_json.h"
#include "core/experiment/report.h"
#include "core/experiment/variants_json.h"
#include "core/experiment/versions.h"

#include <nlohmann/json.hpp>

namespace augury {

namespace {

nlohmann::json viewsOf(const ImageLook& look)
{
    return toJson(look.variants, look.copies(), look.config.vote, look.classNames, look.label);
}

} // namespace

std::vector<std::pair<QString, QString>> exactParameters(const Transform& transform)
{
    std::vector<std::pair<QString, QString>> parameters;
    const auto drawn = toJson(transform);
    const auto neutral = toJson(Transform{});
    for (const auto& [key, value] : drawn.items()) {
        if (value == neutral.at(key))
            continue;
        const auto text = value.is_string() ? value.get<std::string>() : value.dump();
        parameters.emplace_back(
            QString::fromStdString(key).replace(QLatin1Char('_'), QLatin1Char(' ')),
            QString::fromStdString(text));
    }
    return parameters;
}

const char* toString(SplitKind kind)
{
    switch (kind) {
    case SplitKind::Test:
        return "test";
    case SplitKind::Validation:
        return "validation";
    case SplitKind::Training:
        return "training";
    case SplitKind::Own:
        return "own";
    }
    return "test";
}

std::string lookDocument(const ImageLook& look)
{
    auto document = viewsOf(look);
    document["image"] = {{"split", toString(look.image.kind)}, {"index", look.index},
        {"name", look.name.toStdString()}};
    document["policy"] = toJson(look.config.policy);
    document["seed"] = look.config.training.seed;
    document["data"] = look.dataName.empty() ? nlohmann::json() : nlohmann::json(look.dataName);
    document["model"] = look.model
        ? nlohmann::json(
            look.model->isSample() ? "the sample model" : look.model->path.toStdString())
        : nlohmann::json();
    document["versions"] = versionsJson();
    return documentText(document);
}

std::string variantDocument(const ImageLook& look, int variant)
{
    return documentText(viewsOf(look)["views"].at(static_cast<std::size_t>(variant)));
}

} // namespace augury
