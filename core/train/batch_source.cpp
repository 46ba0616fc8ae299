// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batch_source.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

namespace augury {

BatchSource::BatchSource(const Split& split, const Normalisation& normalisation, int batchSize,
    std::vector<std::uint32_t> order, const AugmentPolicy& policy, std::uint64_t drawSeed,
    std::uint32_t copy)
    : m_split(split)
    , m_input(normalisation)
    , m_batchSize(static_cast<std::size_t>(batchSize))
    , m_order(std::move(order))
    , m_policy(policy)
    , m_augments(!policy.isIdentity())
    , m_drawSeed(drawSeed)
    , m_copy(copy)
{
}

int BatchSource::batches() const
{
    const std::size_t whole = m_order.size() / m_batchSize;
    const std::size_t left = m_order.size() % m_batchSize;
    return static_cast<int>(whole + (left > 1 || whole == 0 ? 1 : 0));
}

std::pair<at::Tensor, at::Tensor> BatchSource::next()
{
    std::size_t n = std::min(m_batchSize, m_order.size() - m_position);
    if (m_position + n + 1 == m_order.size())
        ++n;
    const Shape shape = m_split.images->shape;
    const auto size = shape.size();
    auto x = at::empty({static_cast<std::int64_t>(n), shape.height, shape.width, shape.channels});
    auto y = at::empty({static_cast<std::int64_t>(n)}, at::kLong);
    auto* floats = x.data_ptr<float>();
    auto* labels = y.data_ptr<std::int64_t>();
    at::parallel_for(0, static_cast<std::int64_t>(n), 16, [&](std::int64_t from, std::int64_t to) {
        std::vector<std::uint8_t> variant(m_augments ? size : 0);
        for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i) {
            const std::size_t position = m_order[m_position + i];
            write(position, {floats + i * size, size}, variant);
            labels[i] = m_split.label(position);
        }
    });
    m_position += n;
    return {x.permute({0, 3, 1, 2}), y};
}

void BatchSource::write(
    std::size_t position, std::span<float> floats, std::span<std::uint8_t> variant)
{
    const auto image = m_split.image(position);
    if (!m_augments) {
        m_input.convert(image.pixels, floats);
        return;
    }
    render(image, draw(m_policy, m_drawSeed, m_split.indices[position], m_copy), variant);
    m_input.convert(variant, floats);
}

} // namespace augury
