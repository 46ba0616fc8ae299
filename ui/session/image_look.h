// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/model/normalisation.h"
#include "core/tta/sentence.h"
#include "core/tta/uncertainty.h"
#include "core/tta/variants.h"
#include "ui/session/evaluation.h"

#include <QImage>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace augury {

/// One image of one of the splits.
struct ImageRef {
    SplitKind kind = SplitKind::Test;
    std::size_t position = 0; ///< in the split
    bool operator==(const ImageRef&) const = default;
};

/// One distinct view of the image, as a tile shows it.
struct LookVariant {
    QString words; ///< "flip, +3.1°, zoom 1.04"
    QString slotWords; ///< "copy 3"; "copies 2, 4 and 7 (×3)"; "original and copy 2"
    QString copyWords; ///< the copies alone, in short: "copies 1, 2 … 7"
    int votes = 0; ///< copies that drew it
    QImage picture; ///< at the image's own size
    QImage seen; ///< as the network sees it: normalised, mapped back to grey levels
    int predicted = -1; ///< −1: nothing has predicted it
    double probability = 0; ///< of `predicted`
    bool right = false; ///< means something only where the look has a label and votes
};

/// One image with all that votes on it, as the inspector shows it. Plain values, made off the
/// window's thread; immutable once shared.
struct ImageLook {
    ImageRef image;
    std::uint32_t index = 0; ///< in its ImageSet
    QString name; ///< "Test image 4711", or the file's name
    std::string dataName; ///< of its data set; empty for own images
    std::shared_ptr<const FittedModel> model; ///< that predicted it; null without votes
    std::int32_t label = -1; ///< −1: unlabelled
    ExperimentConfig config; ///< policy, copies, seed and vote it was made with
    std::vector<std::string> classNames;
    ImageVariants variants; ///< core's own, for exports and exact parameters
    std::vector<LookVariant> tiles; ///< one a variant; the original first
    std::pair<double, double> seenRange{0, 1}; ///< what black and white stand for in `seen`

    // What follows is empty without a model; see hasVotes().
    ImageVote vote;
    Uncertainty uncertainty;
    std::vector<double> baseline; ///< [K] probabilities of the untouched image
    std::vector<double> deviation; ///< [K] over the views that vote
    QString sentence; ///< "5 of 7 copies say cat; the original said dog: TTA fixes this image."

    int copies() const { return config.copies; }
    int classes() const { return variants.table.classes; }
    bool hasVotes() const { return variants.table.classes > 0; }
    int views() const { return copies() + (config.vote.includeOriginal ? 1 : 0); } ///< that vote
    /// How many of them say the commonest class.
    int agreeing() const;
    bool isLabelled() const { return label >= 0; }
    /// Network passes the look has cost.
    int passes() const { return hasVotes() ? static_cast<int>(tiles.size()) : 0; }
    QString className(std::int32_t k) const;
};

struct LookRequest {
    ImageRef image;
    Split split;
    QString name;
    std::string dataName;
    std::shared_ptr<const FittedModel> model;
    ExperimentConfig config;
    std::vector<std::string> classNames;
};

/// Draws, renders, predicts and merges: the draws and votes that an evaluation with the same
/// settings gives this image. `classifier` is the request's model's, or null: pictures alone.
/// Throws Error, also for more pixels than a look may hold.
ImageLook lookAt(Classifier* classifier, const LookRequest& request, const Job& job = {});

} // namespace augury
