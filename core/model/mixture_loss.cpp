// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/mixture_loss.h"

#include "core/model/runtime.h"
#include "core/support/error.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace augury {

namespace {

/// Below what LibTorch splits among threads, which would change the order of sums.
constexpr std::size_t mostElements = 30'000;
/// Sums that are kept apart, and added up in order: as many threads can share the work.
constexpr std::size_t lanes = 16;

/// Some of the images.
struct Part {
    at::Tensor logits; ///< float [images, views, classes]
    at::Tensor labels; ///< int64 [images, 1]
};

struct Sums {
    double loss = 0;
    at::Tensor gradient; ///< [views, classes]
};

/// `weights` is double [views, 1 or classes].
void add(Sums& sums, const Part& part, const at::Tensor& weights)
{
    const auto logits = part.logits.to(at::kDouble);
    const auto mixed = (logits * weights).sum(1);
    const auto logs = at::log_softmax(mixed, 1);
    sums.loss -= logs.gather(1, part.labels).sum().item<double>();
    // ∂ loss / ∂ mixed: softmax − 1 at the label.
    auto slope = logs.exp();
    slope.scatter_add_(1, part.labels, at::full_like(part.labels, -1, at::kDouble));
    sums.gradient += (logits * slope.unsqueeze(1)).sum(0);
}

} // namespace

struct MixtureLoss::State {
    Shape shape;
    std::vector<float> logits; ///< what the parts look at
    std::vector<std::int64_t> labels;
    std::vector<Part> parts;
};

MixtureLoss::MixtureLoss(
    const Shape& shape, std::vector<float> logits, std::span<const std::int32_t> labels)
{
    const auto rowSize = shape.views * shape.classes;
    if (shape.images == 0 || logits.size() != shape.images * rowSize
        || labels.size() != shape.images)
        throw Error(fmt::format("Logits of {} images, {} views and {} classes are {} numbers, not "
                                "{}, with a label each, not {}.",
            shape.images, shape.views, shape.classes, shape.images * rowSize, logits.size(),
            labels.size()));
    prepareRuntime();
    const c10::InferenceMode inference;
    auto state = std::make_unique<State>();
    state->shape = shape;
    state->logits = std::move(logits);
    state->labels.assign(labels.begin(), labels.end());
    const auto step = std::max<std::size_t>(1, mostElements / std::max<std::size_t>(1, rowSize));
    for (std::size_t first = 0; first < shape.images; first += step) {
        const auto count = static_cast<std::int64_t>(std::min(step, shape.images - first));
        const std::array<std::int64_t, 3> sizes = {count, static_cast<std::int64_t>(shape.views),
            static_cast<std::int64_t>(shape.classes)};
        state->parts.push_back({at::from_blob(state->logits.data() + first * rowSize, sizes,
                                    at::TensorOptions().dtype(at::kFloat)),
            at::from_blob(
                state->labels.data() + first, {count, 1}, at::TensorOptions().dtype(at::kLong))});
    }
    m_state = std::move(state);
}

MixtureLoss::~MixtureLoss() = default;

const MixtureLoss::Shape& MixtureLoss::shape() const
{
    return m_state->shape;
}

double MixtureLoss::operator()(std::span<const double> weights, std::span<double> gradient) const
{
    const auto views = static_cast<std::int64_t>(m_state->shape.views);
    const auto classes = static_cast<std::int64_t>(m_state->shape.classes);
    const bool perClass = weights.size() != m_state->shape.views;
    if (weights.size() != gradient.size()
        || (perClass && weights.size() != m_state->shape.views * m_state->shape.classes))
        throw Error(fmt::format("{} weights with a gradient of {} do not fit {} views of {} "
                                "classes.",
            weights.size(), gradient.size(), views, classes));
    const auto options = at::TensorOptions().dtype(at::kDouble);
    std::vector<double> theta(weights.begin(), weights.end());
    std::array<Sums, lanes> sums;
    const auto used = std::min(lanes, m_state->parts.size());
    at::parallel_for(
        0, static_cast<std::int64_t>(used), 1, [&](std::int64_t from, std::int64_t to) {
            const c10::InferenceMode inference; // each thread has its own
            const auto mix = at::from_blob(theta.data(), {views, perClass ? classes : 1}, options);
            for (auto lane = static_cast<std::size_t>(from); lane < static_cast<std::size_t>(to);
                 ++lane) {
                sums[lane].gradient = at::zeros({views, classes}, options);
                for (std::size_t i = lane; i < m_state->parts.size(); i += lanes)
                    add(sums[lane], m_state->parts[i], mix);
            }
        });
    const c10::InferenceMode inference;
    auto total = at::zeros({views, classes}, options);
    double loss = 0;
    for (std::size_t lane = 0; lane < used; ++lane) {
        total += sums[lane].gradient;
        loss += sums[lane].loss;
    }
    const auto images = static_cast<double>(m_state->shape.images);
    const auto slopes = (perClass || classes == 0 ? total : total.sum(1)).div(images).contiguous();
    std::copy_n(slopes.data_ptr<double>(), gradient.size(), gradient.begin());
    return loss / images;
}

} // namespace augury
