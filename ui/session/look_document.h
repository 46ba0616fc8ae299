// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_look.h"

#include <string>

namespace augury {

class Session;

/// One look as a JSON document: variants_json's fields, and "image" {"split", "index", "name"},
/// "policy", "seed", "data", "model", "versions".
std::string lookDocument(const ImageLook& look, const Session& session);

/// One of its views alone: "slots", "transform", "words", "predicted", "probabilities".
std::string variantDocument(const ImageLook& look, int variant);

const char* toString(SplitKind kind); ///< "test", "validation", "training", "own"

} // namespace augury
