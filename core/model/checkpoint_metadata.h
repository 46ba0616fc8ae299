// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/checkpoint.h"

#include <nlohmann/json_fwd.hpp>

namespace augury {

/// A checkpoint's `__metadata__`: texts only, as safetensors asks; structured values are JSON
/// texts.
nlohmann::json checkpointMetadata(const Checkpoint& checkpoint);

/// Everything but the tensors. Throws Error (without the file's name) when something is missing,
/// of another format version or architecture, or not usable.
Checkpoint checkpointFromMetadata(const nlohmann::json& metadata);

} // namespace augury
