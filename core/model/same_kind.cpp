// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/checkpoint.h"

#include "core/support/error.h"

#include <fmt/format.h>

namespace augury {

void requireSameKind(const Checkpoint& checkpoint, const std::string& model, const Dataset& dataset,
    const std::string& data)
{
    const auto& known = checkpoint.classNames;
    const auto& found = dataset.classNames;
    if (dataset.shape() != checkpoint.inputShape)
        throw Error(
            fmt::format("{} was trained on images of {}, those in {} are {}. Test it on the "
                        "kind of images that it knows{}.",
                model, describe(checkpoint.inputShape), data, describe(dataset.shape()),
                dataset.format == "image folder"
                    ? fmt::format(", or resize these to {}x{} (height x width)",
                        checkpoint.inputShape.height, checkpoint.inputShape.width)
                    : std::string()));
    if (found.size() != known.size())
        throw Error(
            fmt::format("{} knows {} classes, {} has {}. Test it on the classes that it was "
                        "trained on.",
                model, known.size(), data, found.size()));
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (found[i] != known[i])
            throw Error(fmt::format("Class {} is \"{}\" to {} and \"{}\" in {}: the labels do not "
                                    "mean the same. Test it on the classes that it was trained on.",
                i, known[i], model, found[i], data));
    }
}

} // namespace augury
