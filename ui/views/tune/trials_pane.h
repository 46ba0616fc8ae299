// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/tune/tune_pane.h"

namespace augury {

class CostLimit;
class ResultsTable;
class TrialsModel;
class TrialsProxy;

/// Every configuration that was tried, the highest lift first.
class TrialsPane : public TunePane {
    Q_OBJECT

public:
    explicit TrialsPane(QWidget* parent = nullptr);

    ResultsTable* table() const { return m_table; }
    const TrialsModel& model() const { return *m_model; }
    CostLimit* costLimit() const { return m_limit; }
    int chosen() const; ///< index of the trial whose row is selected; −1: none

protected:
    void showSearch(const TuneShown& shown) override;

private:
    void choose(int trial);

    TrialsModel* m_model;
    TrialsProxy* m_sorted;
    ResultsTable* m_table;
    CostLimit* m_limit;
    bool m_showing = false;
};

} // namespace augury
