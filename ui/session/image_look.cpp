// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/image_look.h"

#include "ui/session/images.h"
#include "ui/session/images_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr std::size_t s_copiesNamed = 4; // on a tile

/// A look's pictures, all copies in three forms, must leave the machine its memory.
void requireRoom(const Shape& shape, int copies)
{
    constexpr double most = 1e9; // bytes
    const double bytes = 3.0 * (copies + 1) * static_cast<double>(shape.size());
    if (bytes > most)
        throw Error(fmt::format("{} copies of an image of {} would need {:.1f} GB to be shown. "
                                "Choose fewer copies, or smaller images.",
            copies, describe(shape), bytes / 1e9));
}

PredictOptions optionsOf(const ExperimentConfig& config)
{
    PredictOptions options;
    options.policy = config.policy;
    options.copies = config.copies;
    options.seed = config.training.seed;
    options.threads = 1; // a few views: to wake other threads takes longer
    return options;
}

LookVariant tileOf(
    const ImageLook& look, const Variant& variant, const Normalisation& normalisation)
{
    const ImageView image{look.variants.shape, variant.pixels};
    LookVariant tile;
    tile.words = QString::fromStdString(describe(variant.transform, image.shape));
    tile.slotWords = QString::fromStdString(describeSlots(variant.slots));
    auto copies = std::span(variant.slots);
    if (copies.front() == 0)
        copies = copies.subspan(1);
    tile.votes = static_cast<int>(copies.size());
    tile.copyWords = QString::fromStdString(describeCopies(copies, s_copiesNamed));
    tile.picture = toImage(image);
    tile.seen = tile.picture;
    if (normalisation.kind != NormalisationKind::Scale)
        tile.seen = toImage({image.shape, asSeen(image, normalisation)});
    if (look.hasVotes()) {
        const auto p = look.variants.table.view(0, variant.slots.front());
        tile.predicted = decisionOf(p).predicted;
        tile.probability = static_cast<double>(p[static_cast<std::size_t>(tile.predicted)]);
        tile.right = tile.predicted == look.label;
    }
    return tile;
}

void mergeInto(ImageLook& look)
{
    const auto& table = look.variants.table;
    const auto& vote = look.config.vote;
    const bool withOriginal =
        vote.includeOriginal || look.copies() == 0; // as imageOutcomes() has it
    look.vote = voteOn(table, 0, look.copies(), vote);
    look.uncertainty = uncertainties(table, look.copies(), withOriginal).front();
    look.deviation = classStd(table, 0, look.copies(), withOriginal);
    const auto p = table.view(0, 0);
    look.baseline.assign(p.begin(), p.end());
    look.sentence =
        QString::fromStdString(describeVote(table, 0, look.copies(), vote, look.classNames));
}

} // namespace

QString ImageLook::className(std::int32_t k) const
{
    return QString::fromStdString(augury::className(classNames, k));
}

int ImageLook::agreeing() const
{
    return static_cast<int>(std::lround(uncertainty.agreement * views()));
}

ImageLook lookAt(Classifier* classifier, const LookRequest& request, const Job& job)
{
    if (request.split.images)
        requireRoom(request.split.images->shape, request.config.copies);
    const auto normalisation =
        classifier && request.model ? request.model->checkpoint.normalisation : Normalisation{};
    ImageLook look;
    look.image = request.image;
    look.config = request.config;
    look.dataName = request.dataName;
    if (classifier)
        look.model = request.model;
    look.classNames = request.classNames;
    if (look.classNames.empty() && classifier != nullptr)
        look.classNames = classifier->classNames();
    // First, since it checks the position.
    look.variants = variantsOf(
        classifier, request.split, request.image.position, optionsOf(request.config), job);
    look.index = request.split.indices[request.image.position];
    look.label = request.split.label(request.image.position);
    look.name = request.name.isEmpty() ? imageName(request.image.kind, look.index) : request.name;
    if (normalisation.kind != NormalisationKind::Scale)
        look.seenRange = seenRange(normalisation);
    if (look.hasVotes())
        mergeInto(look);
    look.tiles.reserve(look.variants.variants.size());
    for (const auto& variant : look.variants.variants) {
        job.throwIfStopped();
        look.tiles.push_back(tileOf(look, variant, normalisation));
    }
    return look;
}

} // namespace augury
