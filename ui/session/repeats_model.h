// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"

#include <QAbstractTableModel>

namespace augury {

/// The results table: one row a finished repeat, by its number.
class RepeatsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Repeat, Seed, Baseline, Tta, Lift, Fixed, Broken, Passes, Seconds, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void setRepeats(std::vector<RepeatResult> repeats);
    void add(const RepeatResult& repeat); ///< keeps the rows sorted by index
    const std::vector<RepeatResult>& repeats() const { return m_repeats; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<RepeatResult> m_repeats;
};

} // namespace augury
