// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_documents.h"
#include "core/tune/trial.h"
#include "core/tune/tune_spec.h"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace augury {

/// What a list shows of a search, kept up as its trials come.
class SearchFigures {
public:
    explicit SearchFigures(TuneSpec spec);

    void add(std::span<const Trial> trials); ///< one replaces that of its index

    int done() const; ///< finished or dropped
    int planned() const { return m_planned; }
    RunFigures figures() const; ///< of the best
    /// "Fashion-MNIST: sweep of 96 configurations, best +1.20 points"
    std::string title(const std::string& data) const;

private:
    struct Seen {
        bool begun = false;
        bool done = false;
    };
    TuneSpec m_spec;
    int m_planned;
    std::map<int, Seen> m_trials; ///< by index
    std::optional<Trial> m_best;
};

} // namespace augury
