// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/tune_spec.h"

#include <QString>

#include <optional>

/// What the Tune page says of a search, in words.
namespace augury {

QString methodName(TuneMethod method); ///< "Copies", "Sweep", "Greedy search" …
/// What the method answers, in one sentence.
QString methodQuestion(TuneMethod method);

/// "240 configurations of 6 policies on 5,000 images: at most 242,000 passes through the network,
/// about 25 s." `images`: that there are to choose on; `seconds`: nothing where it is not known.
QString planText(const TuneSpec& spec, std::size_t images, std::optional<double> seconds);

} // namespace augury
