// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"

#include <QComboBox>

#include <optional>
#include <span>

namespace augury {

/// Whose images a pane is about: those of all repeats, summed, or of one.
class RepeatChoice : public QComboBox {
    Q_OBJECT

public:
    explicit RepeatChoice(QWidget* parent = nullptr);

    /// The entries; an open list stays as it is while nothing changes.
    void setRepeats(std::span<const RepeatResult> repeats, std::optional<int> chosen);

Q_SIGNALS:
    void chosen(std::optional<int> repeat); ///< by the user; an index, or none: all
};

} // namespace augury
