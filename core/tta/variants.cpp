// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/variants.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

namespace {

std::vector<Variant> distinctVariants(
    const ImageView& image, std::uint32_t index, const PredictOptions& options, const Job& job)
{
    std::vector<Variant> variants;
    for (int slot = 0; slot <= options.copies; ++slot) {
        job.throwIfStopped();
        const auto transform = slot == 0
            ? Transform{}
            : draw(options.policy, options.seed, index, static_cast<std::uint32_t>(slot));
        const auto same = std::find_if(variants.begin(), variants.end(),
            [&](const Variant& variant) { return variant.transform == transform; });
        if (same != variants.end()) {
            same->slots.push_back(slot);
            continue;
        }
        Variant variant{transform, {slot}, std::vector<std::uint8_t>(image.shape.size())};
        render(image, transform, variant.pixels);
        variants.push_back(std::move(variant));
    }
    return variants;
}

} // namespace

ImageVariants variantsOf(Classifier* classifier, const Split& split, std::size_t position,
    const PredictOptions& options, const Job& job)
{
    if (!split.images || position >= split.size())
        throw Error(fmt::format("There is no image {}: there are {} (0 to {}).", position,
            split.size(), split.size() == 0 ? 0 : split.size() - 1));
    ImageVariants result;
    result.shape = split.images->shape;
    if (classifier != nullptr) { // first, since it checks everything
        const Split one{split.images, {split.indices[position]}};
        result.table = predictVotes(*classifier, one, options, job);
    } else {
        auto problems = options.policy.validate();
        if (problems.empty())
            problems = options.policy.validateFor(result.shape);
        throwIfAny(problems, "The augmentation does not work");
        const int most = mostCopies(options.policy);
        if (options.copies < 0 || options.copies > most)
            throw Error(fmt::format("Copies must be 0 to {}, but are {}.", most, options.copies));
    }
    result.variants =
        distinctVariants(split.image(position), split.indices[position], options, job);
    return result;
}

} // namespace augury
