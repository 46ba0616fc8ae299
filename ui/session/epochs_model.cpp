// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/epochs_model.h"

#include "ui/session/number_text.h"

namespace augury {

void EpochsModel::setEpochs(std::vector<EpochMetrics> epochs)
{
    beginResetModel();
    m_epochs = std::move(epochs);
    endResetModel();
}

void EpochsModel::add(const EpochMetrics& epoch)
{
    const auto row = static_cast<int>(m_epochs.size());
    beginInsertRows({}, row, row);
    m_epochs.push_back(epoch);
    endInsertRows();
}

int EpochsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_epochs.size());
}

int EpochsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EpochsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const auto& epoch = m_epochs[static_cast<std::size_t>(index.row())];
    const auto loss = [](double value) { return QLocale().toString(value, 'f', 4); };
    const auto none = QStringLiteral("–");
    switch (index.column()) {
    case Epoch:
        return index.row() + 1;
    case TrainLoss:
        return loss(epoch.trainLoss);
    case TrainAccuracy:
        return percentText(epoch.trainAccuracy);
    case ValidationLoss:
        return epoch.validationLoss ? loss(*epoch.validationLoss) : none;
    case ValidationAccuracy:
        return epoch.validationAccuracy ? percentText(*epoch.validationAccuracy) : none;
    case Seconds:
        return QLocale().toString(epoch.seconds, 'f', 1);
    default:
        return {};
    }
}

QVariant EpochsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Epoch:
        return tr("Epoch");
    case TrainLoss:
        return tr("Loss");
    case TrainAccuracy:
        return tr("Accuracy");
    case ValidationLoss:
        return tr("Validation\nloss");
    case ValidationAccuracy:
        return tr("Validation\naccuracy");
    default:
        return tr("Seconds");
    }
}

} // namespace augury
