// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/repeats_model.h"

#include "ui/session/number_text.h"

#include <QLocale>

#include <algorithm>

namespace augury {

void RepeatsModel::clear()
{
    setRepeats({});
}

void RepeatsModel::setRepeats(std::vector<RepeatResult> repeats)
{
    beginResetModel();
    m_repeats = std::move(repeats);
    std::ranges::sort(m_repeats, {}, &RepeatResult::index);
    endResetModel();
}

void RepeatsModel::add(const RepeatResult& repeat)
{
    const auto at = std::ranges::upper_bound(m_repeats, repeat.index, {}, &RepeatResult::index);
    const auto row = static_cast<int>(at - m_repeats.begin());
    beginInsertRows({}, row, row);
    m_repeats.insert(at, repeat);
    endInsertRows();
}

int RepeatsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_repeats.size());
}

int RepeatsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RepeatsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const auto& repeat = m_repeats[static_cast<std::size_t>(index.row())];
    const auto& c = repeat.comparison;
    const QLocale locale;
    switch (index.column()) {
    case Repeat:
        return repeat.index + 1;
    case Seed:
        return QString::number(repeat.seed);
    case Baseline:
        return percentText(c.baselineAccuracy());
    case Tta:
        return percentText(c.ttaAccuracy());
    case Lift:
        return pointsText(c.lift());
    case Fixed:
        return locale.toString(static_cast<qlonglong>(c.fixed));
    case Broken:
        return locale.toString(static_cast<qlonglong>(c.broken));
    case Passes:
        return locale.toString(static_cast<qlonglong>(c.forwardPasses));
    case Seconds:
        return locale.toString(repeat.trainSeconds + repeat.evaluateSeconds, 'f', 1);
    default:
        return {};
    }
}

QVariant RepeatsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    struct Heading {
        QString title;
        QString toolTip;
    };
    const Heading headings[ColumnCount] = {
        {tr("Repeat"), tr("The number of the fresh fit")},
        {tr("Seed"), tr("Train and evaluate with this seed and you get this row again")},
        {tr("Baseline"), tr("Share of test images the model gets right from one look each")},
        {tr("TTA"), tr("Share it gets right when the augmented copies vote")},
        {tr("Lift"), tr("TTA minus baseline, in percentage points")},
        {tr("Fixed"), tr("Images wrong at first and right with TTA")},
        {tr("Broken"), tr("Images right at first and wrong with TTA")},
        {tr("Passes"), tr("How many single images the network looked at")},
        {tr("Seconds"), tr("Training and evaluating")},
    };
    if (role == Qt::DisplayRole)
        return headings[section].title;
    if (role == Qt::ToolTipRole)
        return headings[section].toolTip;
    return {};
}

} // namespace augury
