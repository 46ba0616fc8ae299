// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_settings.h"

#include <QAbstractTableModel>

namespace augury {

/// One row a completed epoch: the learning chart's table.
class EpochsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Epoch,
        TrainLoss,
        TrainAccuracy,
        ValidationLoss,
        ValidationAccuracy,
        Seconds,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setEpochs(std::vector<EpochMetrics> epochs);
    void add(const EpochMetrics& epoch);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<EpochMetrics> m_epochs;
};

} // namespace augury
