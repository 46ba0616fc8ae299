// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/runs_model.h"

#include <algorithm>

namespace augury {

RunsFilter::RunsFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RunsModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSortLocaleAware(true);
}

void RunsFilter::setWords(const QString& words)
{
    m_words = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void RunsFilter::setKind(const QString& kind)
{
    m_kind = kind;
    invalidateFilter();
}

void RunsFilter::setStatus(std::optional<RunStatus> status)
{
    m_status = status;
    invalidateFilter();
}

bool RunsFilter::isFiltering() const
{
    return !m_words.isEmpty() || !m_kind.isEmpty() || m_status.has_value();
}

bool RunsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const auto* source = qobject_cast<const RunsModel*>(sourceModel());
    if (!source || parent.isValid())
        return false;
    const auto& run = source->run(row);
    if ((!m_kind.isEmpty() && QString::fromStdString(run.kind) != m_kind)
        || (m_status && run.status != *m_status))
        return false;
    if (m_words.isEmpty())
        return true;
    const auto& all = source->searchText(row);
    return std::ranges::all_of(
        m_words, [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

bool RunsFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const bool leftHas = left.data(sortRole()).isValid();
    const bool rightHas = right.data(sortRole()).isValid();
    if (leftHas && rightHas)
        return QSortFilterProxyModel::lessThan(left, right);
    if (!leftHas && !rightHas)
        return false;
    return (sortOrder() == Qt::AscendingOrder) == leftHas;
}

} // namespace augury
