// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_look.h"

#include <string>
#include <utility>
#include <vector>

namespace augury {

/// One look as a JSON document: variants_json's fields, and "image" {"split", "index", "name"},
/// "policy", "seed", "data", "model", "versions".
std::string lookDocument(const ImageLook& look);

/// One of its views alone: "slots", "transform", "words", "predicted", "probabilities".
std::string variantDocument(const ImageLook& look, int variant);

/// What a Transform changes, exactly, by the names of its JSON: {"rotation", "3.08736"}.
std::vector<std::pair<QString, QString>> exactParameters(const Transform& transform);

const char* toString(SplitKind kind); ///< "test", "validation", "training", "own"

} // namespace augury
