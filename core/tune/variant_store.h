// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace augury {

/// The outputs of variants, found by image and Transform. Grows in pages, so that nothing moves.
class VariantStore {
public:
    /// A variant's outputs are `values` numbers.
    VariantStore(std::size_t images, std::size_t values);

    std::size_t size() const { return m_transforms.size(); }
    std::optional<std::uint32_t> find(std::size_t image, const Transform& transform) const;
    /// Of a variant that is not there yet; returns its row, whose outputs are the caller's to fill.
    std::uint32_t add(std::size_t image, const Transform& transform);
    std::span<float> outputs(std::uint32_t row);

    /// Bytes that one more variant takes.
    std::uint64_t bytesEach() const;

private:
    std::size_t m_values;
    std::deque<std::vector<float>> m_pages;
    std::deque<Transform> m_transforms; ///< by row
    std::vector<std::vector<std::uint32_t>> m_rowsOf; ///< of each image, by Transform
};

} // namespace augury
