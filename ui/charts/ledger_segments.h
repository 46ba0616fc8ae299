// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "core/evaluate/image_outcomes.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace augury {

/// One of the four things that can become of an image, as a part of a bar of all images.
struct LedgerSegment {
    OutcomeKind kind = OutcomeKind::Unknown;
    QString name; ///< "fixed by TTA"
    std::int64_t count = 0;
    double from = 0; ///< percent
    double to = 0;
};

/// All four, from the left, also those of no images. Nothing without images.
std::vector<LedgerSegment> ledgerSegments(const Comparison& comparison);

/// "fixed by TTA: 287 of 10,000 images (2.87 %)"
QString segmentText(const LedgerSegment& segment, std::int64_t images);

} // namespace augury
