// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/uncertainty.h"

#include "core/support/error.h"
#include "core/tta/probability_math.h"
#include "core/tta/vote_merger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

/// The views of one image that are looked at, in slot order.
class Views {
public:
    Views(const VoteTable& table, int copies, bool includeOriginal)
        : m_table(table)
        , m_first(includeOriginal ? 0 : 1)
        , m_last(copies)
    {
        if (copies < 0 || copies > table.copies)
            throw Error(fmt::format("The number of copies to look at must be {} to {}, but is {}.",
                m_first, table.copies, copies));
        if (copies < m_first)
            throw Error("There are no views to compare: evaluate with at least one copy, or "
                        "include the original.");
    }

    double count() const { return m_last + 1 - m_first; }
    std::size_t classes() const { return static_cast<std::size_t>(m_table.classes); }

    template <typename F> void forEach(std::size_t image, const F& function) const
    {
        for (int slot = m_first; slot <= m_last; ++slot)
            function(m_table.view(image, slot));
    }

    void meanInto(std::size_t image, std::vector<double>& mean) const
    {
        std::fill(mean.begin(), mean.end(), 0.0);
        forEach(image, [&](std::span<const float> view) {
            for (std::size_t k = 0; k < mean.size(); ++k)
                mean[k] += static_cast<double>(view[k]);
        });
        for (auto& p : mean)
            p /= count();
    }

    void votesInto(std::size_t image, std::vector<int>& votes) const
    {
        std::fill(votes.begin(), votes.end(), 0);
        forEach(image,
            [&](std::span<const float> view) { ++votes[static_cast<std::size_t>(argmax(view))]; });
    }

private:
    const VoteTable& m_table;
    const int m_first;
    const int m_last;
};

} // namespace

std::vector<Uncertainty> uncertainties(const VoteTable& table, int copies, bool includeOriginal)
{
    const Views views(table, copies, includeOriginal);
    std::vector<Uncertainty> result(table.size());
    std::vector<double> mean(views.classes());
    std::vector<int> votes(views.classes());
    for (std::size_t image = 0; image < table.size(); ++image) {
        auto& u = result[image];
        views.votesInto(image, votes);
        u.agreement = *std::max_element(votes.begin(), votes.end()) / views.count();
        views.meanInto(image, mean);
        u.predictiveEntropy = entropy(std::span<const double>(mean));
        views.forEach(
            image, [&](std::span<const float> view) { u.expectedEntropy += entropy(view); });
        u.expectedEntropy /= views.count();
        // Jensen's inequality, which rounding may break in the last digit.
        u.mutualInformation = std::max(0.0, u.predictiveEntropy - u.expectedEntropy);
    }
    return result;
}

std::vector<int> voteCounts(
    const VoteTable& table, std::size_t image, int copies, bool includeOriginal)
{
    const Views views(table, copies, includeOriginal);
    std::vector<int> votes(views.classes());
    views.votesInto(image, votes);
    return votes;
}

std::vector<double> classStd(
    const VoteTable& table, std::size_t image, int copies, bool includeOriginal)
{
    const Views views(table, copies, includeOriginal);
    std::vector<double> mean(views.classes());
    views.meanInto(image, mean);
    std::vector<double> result(views.classes());
    views.forEach(image, [&](std::span<const float> view) {
        for (std::size_t k = 0; k < result.size(); ++k) {
            const double distance = static_cast<double>(view[k]) - mean[k];
            result[k] += distance * distance;
        }
    });
    for (auto& value : result)
        value = std::sqrt(value / views.count());
    return result;
}

} // namespace augury
