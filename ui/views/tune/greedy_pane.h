// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/trial.h"
#include "ui/views/tune/tune_pane.h"

#include <vector>

class QLabel;
class QListWidget;

namespace augury {

class PictureStepper;

/// A view that the greedy search took.
struct TakenView {
    Transform view;
    int first = 0; ///< step at which it was taken first, from 1
    int times = 1;

    bool operator==(const TakenView&) const = default;
};
/// Of a list of views, each once, in the order in which they were taken.
std::vector<TakenView> takenViews(const std::vector<Transform>& list);

/// The list that the greedy search has chosen: what each view does, and how often it was taken.
class GreedyPane : public TunePane {
    Q_OBJECT

public:
    explicit GreedyPane(QWidget* parent = nullptr);

    QListWidget* list() const { return m_list; }
    PictureStepper* stepper() const { return m_stepper; }
    QString noteText() const;

protected:
    void showSearch(const TuneShown& shown) override;

private:
    QLabel* m_note;
    PictureStepper* m_stepper;
    QListWidget* m_list;
};

} // namespace augury
