// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/view_predictor.h"

#include "core/model/runtime.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>

namespace augury {

namespace {

constexpr std::size_t viewsAtOnce = 512;
constexpr std::size_t bytesAtOnce = std::size_t(32) << 20; ///< a block's pixels, at most

/// function(0 … count − 1) over `threads` threads; the first exception is thrown again here, since
/// none may leave an OpenMP region.
template <typename F> void parallelFor(std::size_t count, int threads, const F& function)
{
    std::exception_ptr failure;
#pragma omp parallel for num_threads(threads) schedule(dynamic, 8)
    for (std::size_t i = 0; i < count; ++i) {
        try {
            function(i);
        } catch (...) {
#pragma omp critical(augury_tta_failure)
            failure = std::current_exception();
        }
    }
    if (failure)
        std::rethrow_exception(failure);
}

void numberOneImage(const std::vector<Transform>& views, std::span<std::uint32_t> numbers)
{
    std::vector<std::uint32_t> order(views.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto comparison = views[a] <=> views[b];
        return comparison != 0 ? comparison < 0 : a < b;
    });
    // First each slot names the lowest slot of its kind, then these get their numbers.
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool first = i == 0 || views[order[i]] != views[order[i - 1]];
        numbers[order[i]] = first ? order[i] : numbers[order[i - 1]];
    }
    std::uint32_t next = 0;
    for (std::uint32_t slot = 0; slot < numbers.size(); ++slot)
        numbers[slot] = numbers[slot] == slot ? next++ : numbers[numbers[slot]];
}

void validate(const Classifier& classifier, const Split& split, const PredictOptions& options)
{
    auto problems = options.policy.validate();
    const int most = problems.empty() ? mostCopies(options.policy) : 1000;
    if (options.copies < 0 || options.copies > most)
        problems.push_back(
            {"copies", fmt::format("must be 0 to {}, but is {}", most, options.copies)});
    if (options.threads < 0)
        problems.push_back(
            {"threads", fmt::format("must be 0 or more, but is {}", options.threads)});
    throwIfAny(problems, "The evaluation's settings are not valid");

    if (!split.images || split.size() == 0)
        throw Error("There are no images to evaluate.");
    const auto& images = *split.images;
    if (images.shape != classifier.inputShape())
        throw Error(fmt::format("The model was trained on {} images, but these are {}. Choose the "
                                "data set it was trained on, or train a model on this one.",
            describe(classifier.inputShape()), describe(images.shape)));
    throwIfAny(options.policy.validateFor(images.shape),
        fmt::format("The augmentation does not fit images of {}", describe(images.shape)));
    const auto classes = classifier.classNames().size();
    if (classes == 0)
        throw Error("The model has no classes.");
    for (const auto index : split.indices) {
        if (index >= images.size())
            throw Error(fmt::format(
                "Image {} was chosen, but there are only {} images.", index, images.size()));
        const auto label = images.labels[index];
        if (label < -1 || label >= static_cast<std::int64_t>(classes))
            throw Error(fmt::format("Image {} is labelled {}, but the model knows {} classes (0 to "
                                    "{}). Choose the data set it was trained on.",
                index, label, classes, classes - 1));
    }
}

} // namespace

ViewPredictor::ViewPredictor(
    Classifier& classifier, const Split& split, const PredictOptions& options, const Job& job)
    : m_classifier(classifier)
    , m_split(split)
    , m_options(options)
    , m_job(job)
    , m_threads(options.threads > 0 ? options.threads : availableThreads())
    , m_classes(static_cast<int>(classifier.classNames().size()))
    , m_slots(static_cast<std::size_t>(std::max(0, options.copies)) + 1)
    , m_kind(classifier.outputKind() == OutputKind::Unknown ? options.outputKind
                                                            : classifier.outputKind())
{
    validate(classifier, split, options);
    settleKind();
}

std::size_t ViewPredictor::blockSize() const
{
    return std::clamp<std::size_t>(bytesAtOnce / m_split.images->shape.size(), 1, viewsAtOnce);
}

Transform ViewPredictor::transform(std::size_t image, std::size_t slot) const
{
    return slot == 0 ? Transform{}
                     : draw(m_options.policy, m_options.seed, m_split.indices[image],
                         static_cast<std::uint32_t>(slot));
}

void ViewPredictor::numberViews(
    std::size_t first, std::size_t count, std::span<std::uint32_t> numbers) const
{
    parallelFor(count, m_threads, [&](std::size_t i) {
        std::vector<Transform> views(m_slots);
        for (std::size_t slot = 1; slot < m_slots; ++slot)
            views[slot] = transform(first + i, slot);
        numberOneImage(views, numbers.subspan(i * m_slots, m_slots));
    });
}

ViewPredictor::Outputs ViewPredictor::predict(std::span<const Wanted> views)
{
    m_job.throwIfStopped();
    const auto size = m_split.images->shape.size();
    m_pixels.resize(views.size() * size);
    parallelFor(views.size(), m_threads, [&](std::size_t i) {
        const auto [image, slot] = views[i];
        render(m_split.image(image), transform(image, slot),
            std::span(m_pixels).subspan(i * size, size));
    });

    m_job.throwIfStopped();
    m_probabilities.resize(views.size() * static_cast<std::size_t>(m_classes));
    m_classifier.predict(m_pixels, m_probabilities);
    if (!std::all_of(m_probabilities.begin(), m_probabilities.end(),
            [](float value) { return std::isfinite(value); }))
        throw Error("The model's output is not a number: its training diverged, or its file is "
                    "damaged. Train again with a lower learning rate.");
    if (m_kind == OutputKind::Probabilities) {
        if (!looksLikeProbabilities(m_probabilities, m_classes))
            throw Error("The model's outputs were taken for probabilities, but not all of them are "
                        "from 0 to 1 and sum to 1. Export the model with its softmax, or without "
                        "it and declared as giving logits.");
        // Rounding may have left them just outside, where logarithms and the early exit's bound
        // would not hold.
        for (float& p : m_probabilities)
            p = std::clamp(p, 0.0F, 1.0F);
        return {m_probabilities, {}};
    }
    m_logits = m_probabilities;
    softmaxRows(m_probabilities, m_classes);
    return {m_probabilities, m_logits};
}

/// By the first untouched images, so that it is the same whatever is predicted first or in parts.
void ViewPredictor::settleKind()
{
    constexpr std::size_t looks = 64;
    if (m_kind != OutputKind::Unknown)
        return;
    const auto size = m_split.images->shape.size();
    const auto count = std::min(looks, m_split.size());
    std::vector<std::uint8_t> pixels;
    pixels.reserve(count * size);
    for (std::size_t i = 0; i < count; ++i) {
        const auto image = m_split.image(i).pixels;
        pixels.insert(pixels.end(), image.begin(), image.end());
    }
    std::vector<float> outputs(count * static_cast<std::size_t>(m_classes));
    m_classifier.predict(pixels, outputs);
    m_kind =
        looksLikeProbabilities(outputs, m_classes) ? OutputKind::Probabilities : OutputKind::Logits;
}

} // namespace augury
