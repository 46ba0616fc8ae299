// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/splits.h"
#include "core/model/checkpoint.h"
#include "core/train/trainer.h"
#include "tests/support/synthetic_images.h"

#include <memory>

namespace augury::bench {

// What every benchmark runs on: images of CIFAR-10's size and the tutorial's network on them.
inline const Shape cifar{3, 32, 32};
constexpr int classes = 10;
constexpr int batchSize = 128;

/// n images that a network can learn, the same for every call.
inline std::shared_ptr<ImageSet> syntheticImages(std::size_t n)
{
    return testing::bandImages(n, cifar, classes, 1);
}

/// A network trained for one epoch on `images` of them: enough for BatchNorm to have statistics.
inline Checkpoint syntheticModel(std::size_t images = 512)
{
    TrainSettings settings;
    settings.epochs = 1;
    return train(wholeSplit(syntheticImages(images)), {}, testing::classNames(classes), settings)
        .checkpoint;
}

} // namespace augury::bench
