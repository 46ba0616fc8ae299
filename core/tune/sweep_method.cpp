// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/advance.h"
#include "core/tune/halving.h"

#include <algorithm>

namespace augury {

namespace {

class Sweep {
public:
    explicit Sweep(Search& search)
        : m_search(search)
        , m_ends(roundEnds(search.spec, search.order.size()))
    {
    }

    void run()
    {
        for (std::size_t round = 0; round < m_ends.size(); ++round) {
            const auto lists = waitingByPolicy(m_search);
            m_effort.total = m_effort.done + viewsFrom(lists, round);
            for (const auto& places : lists)
                advance(m_search, places, m_ends[round], m_effort);
            if (round + 1 < m_ends.size() && m_search.spec.halving) {
                m_search.job.throwIfStopped();
                drop(m_ends[round]);
            }
        }
    }

private:
    /// What is left at most: of later rounds the policies with most views.
    std::int64_t viewsFrom(const std::vector<TrialPlaces>& lists, std::size_t round) const
    {
        std::int64_t views = 0;
        std::vector<std::int64_t> perImage;
        std::size_t left = 0;
        for (const auto& places : lists) {
            views += viewsOf(m_search, places, m_ends[round]);
            int copies = 0;
            for (const auto place : places)
                copies = std::max(copies, m_search.trials[place].configuration.copies);
            perImage.push_back(copies + 1);
            left += places.size();
        }
        std::ranges::sort(perImage, std::greater{});
        for (std::size_t i = round + 1; i < m_ends.size(); ++i) {
            left = goingOn(m_search.spec, left);
            for (std::size_t p = 0; p < std::min(left, perImage.size()); ++p)
                views += static_cast<std::int64_t>(m_ends[i] - m_ends[i - 1]) * perImage[p];
        }
        return views;
    }

    /// The worse half of those that the round brought to `images` images. A sweep that goes on
    /// after a stop may have been through this round: then some have more images.
    void drop(std::size_t images)
    {
        TrialPlaces places;
        std::vector<const Trial*> candidates;
        for (std::size_t i = 0; i < m_search.trials.size(); ++i) {
            const auto& trial = m_search.trials[i];
            if (trial.images() > static_cast<std::int64_t>(images))
                return;
            if (trial.images() == static_cast<std::int64_t>(images)) {
                places.push_back(i);
                candidates.push_back(&trial);
            }
        }
        const auto order = ranking(candidates);
        std::vector<Trial> dropped;
        for (auto i = goingOn(m_search.spec, order.size()); i < order.size(); ++i) {
            auto& trial = m_search.trials[places[order[i]]];
            if (trial.state == Trial::State::Dropped)
                continue;
            trial.state = Trial::State::Dropped;
            dropped.push_back(trial);
        }
        std::ranges::sort(dropped, {}, &Trial::index);
        if (!dropped.empty())
            m_search.tell(dropped);
    }

    Search& m_search;
    const std::vector<std::size_t> m_ends; ///< images of each round
    Effort m_effort;
};

} // namespace

void tuneSweep(Search& search)
{
    Sweep(search).run();
}

} // namespace augury
