// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/support/random.h"

#include <memory>

namespace augury::testing {

/// Images that a small network tells apart quickly: class k brightens the k-th horizontal band over
/// seeded noise.
inline std::shared_ptr<ImageSet> bandImages(
    std::size_t n, const Shape& shape, int classes, std::uint64_t seed)
{
    auto set = std::make_shared<ImageSet>();
    set->shape = shape;
    set->pixels.resize(n * shape.size());
    for (std::size_t i = 0; i < n; ++i) {
        const int label = static_cast<int>(i) % classes;
        set->labels.push_back(label);
        for (std::size_t p = 0; p < shape.size(); ++p) {
            const auto row = static_cast<int>(p) / (shape.width * shape.channels);
            const bool band = row * classes / shape.height == label;
            const auto noise = randomWords(seed, RandomUse::Subset, static_cast<std::uint32_t>(i),
                                   static_cast<std::uint32_t>(p))[0]
                % 100;
            set->pixels[i * shape.size() + p] =
                static_cast<std::uint8_t>(noise + (band ? 120 : 20));
        }
    }
    return set;
}

inline std::vector<std::string> classNames(int classes)
{
    std::vector<std::string> names;
    for (int k = 0; k < classes; ++k)
        names.push_back("band " + std::to_string(k));
    return names;
}

inline Dataset bandDataset(std::size_t training, std::size_t test, const Shape& shape, int classes)
{
    return {"bands", "synthetic", classNames(classes), bandImages(training, shape, classes, 1),
        bandImages(test, shape, classes, 2), {}};
}

} // namespace augury::testing
