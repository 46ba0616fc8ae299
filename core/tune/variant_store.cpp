// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/variant_store.h"

#include <algorithm>

namespace augury {

namespace {

constexpr std::size_t rowsOfPage = 1024;

} // namespace

VariantStore::VariantStore(std::size_t images, std::size_t values)
    : m_values(values)
    , m_rowsOf(images)
{
}

std::optional<std::uint32_t> VariantStore::find(std::size_t image, const Transform& transform) const
{
    const auto& rows = m_rowsOf[image];
    const auto place = std::ranges::lower_bound(rows, transform, {},
        [this](std::uint32_t row) -> const Transform& { return m_transforms[row]; });
    if (place == rows.end() || m_transforms[*place] != transform)
        return std::nullopt;
    return *place;
}

std::uint32_t VariantStore::add(std::size_t image, const Transform& transform)
{
    const auto row = static_cast<std::uint32_t>(m_transforms.size());
    if (row / rowsOfPage == m_pages.size())
        m_pages.emplace_back(rowsOfPage * m_values);
    auto& rows = m_rowsOf[image];
    const auto place = std::ranges::upper_bound(rows, transform, {},
        [this](std::uint32_t other) -> const Transform& { return m_transforms[other]; });
    rows.insert(place, row);
    m_transforms.push_back(transform);
    return row;
}

std::span<float> VariantStore::outputs(std::uint32_t row)
{
    return std::span(m_pages[row / rowsOfPage]).subspan(row % rowsOfPage * m_values, m_values);
}

std::uint64_t VariantStore::bytesEach() const
{
    return sizeof(Transform) + sizeof(std::uint32_t) + m_values * sizeof(float);
}

} // namespace augury
