// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "core/support/read_as.h"

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace augury {

/// The only place that reads and writes policies as JSON. Field names as in Keras
/// ("horizontal_flip", "rotation_range", "zoom_range": [lo, hi], "fill_mode": "nearest" …), and
/// "views": {"horizontal_flip": true, "scales": [1, 0.9], "crops": "five" …} or {"list":
/// [{"rotation": 5}, …]} of transform_json.h, written only where a policy has views; null is none.
nlohmann::json toJson(const AugmentPolicy& policy);

/// Missing fields keep their default. Throws Error listing every problem: unknown fields (with the
/// nearest known name), wrong types, values out of range. `where` names the source in messages.
AugmentPolicy policyFromJson(
    const nlohmann::json& json, const std::string& where, ReadAs as = ReadAs::Settings);
AugmentPolicy readPolicyFile(const std::filesystem::path& path);

/// "nearest", "constant", "reflect", "wrap".
const char* toString(FillMode mode);
FillMode fillModeFromString(const std::string& text); ///< throws Error naming the four

/// "keep", "centre", "five".
const char* toString(CropViews crops);
CropViews cropViewsFromString(const std::string& text); ///< throws Error naming the three

} // namespace augury
