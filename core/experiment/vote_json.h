// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <nlohmann/json_fwd.hpp>

namespace augury {

/// {"rule", "include_original", "blend", "temperature", "gamma", "weights"}
nlohmann::json toJson(const VoteOptions& options);

/// Missing fields keep what is in `defaults`. Throws Error listing every problem.
VoteOptions voteFromJson(const nlohmann::json& json, const VoteOptions& defaults = {});

} // namespace augury
