// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/classifier.h"
#include "core/support/random.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace augury::testing {

/// A Classifier without a network: fixed pseudo-random weights on every pixel, so each pixel's
/// value and place matter, and bit-equal logits for equal images whatever the batch. Counts its
/// work.
class FakeClassifier : public Classifier {
public:
    FakeClassifier(const Shape& shape, int classes, std::uint64_t seed = 1)
        : m_shape(shape)
        , m_weights(shape.size() * static_cast<std::size_t>(classes))
    {
        for (int k = 0; k < classes; ++k)
            m_classNames.push_back("class " + std::to_string(k));
        const double scale = 4 / std::sqrt(static_cast<double>(shape.size()));
        for (std::size_t i = 0; i < m_weights.size(); ++i) {
            const auto word =
                randomWords(seed, RandomUse::Initialisation, static_cast<std::uint32_t>(i))[0];
            m_weights[i] = scale * (2 * toUniform(word) - 1);
        }
    }

    Shape inputShape() const override { return m_shape; }
    const std::vector<std::string>& classNames() const override { return m_classNames; }

    OutputKind outputKind() const override { return kind; }

    void predict(std::span<const std::uint8_t> pixels, std::span<float> logits) override
    {
        const auto size = m_shape.size();
        const auto classes = m_classNames.size();
        const auto images = pixels.size() / size;
        if (pixels.size() != images * size || logits.size() != images * classes)
            throw Error("FakeClassifier: sizes do not fit.");
        ++calls;
        passes += static_cast<std::int64_t>(images);
        largestBatch = std::max(largestBatch, images);
        if (onCall)
            onCall();
        for (std::size_t n = 0; n < images; ++n) {
            for (std::size_t k = 0; k < classes; ++k) {
                double z = 0;
                for (std::size_t i = 0; i < size; ++i)
                    z += m_weights[k * size + i] * (pixels[n * size + i] / 255.0);
                logits[n * classes + k] = static_cast<float>(z + logitOffset);
            }
        }
        if (withSoftmax)
            softmaxRows(logits, static_cast<int>(classes));
    }

    std::int64_t passes = 0; ///< images predicted
    std::int64_t calls = 0;
    std::size_t largestBatch = 0;
    double logitOffset = 0; ///< added to every logit; NaN makes a broken network
    OutputKind kind = OutputKind::Logits; ///< what it declares
    bool withSoftmax = false; ///< what it does
    std::function<void()> onCall; ///< on the calling thread, before the work

private:
    Shape m_shape;
    std::vector<std::string> m_classNames;
    std::vector<double> m_weights;
};

} // namespace augury::testing
