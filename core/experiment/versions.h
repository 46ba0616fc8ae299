// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace augury {

/// {"augury", "torch", "opencv", "compiler", "os", "cpu_threads"}
nlohmann::json versionsJson();

/// The most memory this process has held at once, in MB (10⁶ bytes).
double peakMemoryMb();

} // namespace augury
