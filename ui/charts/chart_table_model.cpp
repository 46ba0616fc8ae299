// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table_model.h"

#include "ui/session/plain_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <utility>

namespace augury {

namespace {

bool isDouble(const QVariant& value)
{
    return value.typeId() == QMetaType::Double;
}

bool isNumber(const QVariant& value)
{
    return isDouble(value) || value.typeId() == QMetaType::LongLong
        || value.typeId() == QMetaType::Int;
}

/// NaN is not equal to itself, and would change at every turn.
bool sameRow(const QVariantList& a, const QVariantList& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        if (isDouble(x) && isDouble(y) && std::isnan(x.toDouble()) && std::isnan(y.toDouble()))
            return true;
        return x == y;
    });
}

QString csvCell(const QVariant& value)
{
    if (isDouble(value))
        return std::isfinite(value.toDouble())
            ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
            : QString();
    auto text = value.toString();
    const bool quoted = std::any_of(text.begin(), text.end(), [](QChar c) {
        return c == QLatin1Char(',') || c == QLatin1Char('"') || c == QLatin1Char('\n')
            || c == QLatin1Char('\r');
    });
    if (!quoted)
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\""))
        + QLatin1Char('"');
}

} // namespace

void ChartTableModel::setTable(ChartTable table)
{
    if (table.columns != m_table.columns || table.decimals != m_table.decimals) {
        beginResetModel();
        m_table = std::move(table);
        endResetModel();
        return;
    }
    auto& rows = m_table.rows;
    const auto before = rows.size();
    const auto after = table.rows.size();
    if (after < before) {
        beginRemoveRows({}, static_cast<int>(after), static_cast<int>(before) - 1);
        rows.resize(after);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (sameRow(rows[i], table.rows[i]))
            continue;
        rows[i] = std::move(table.rows[i]);
        const int row = static_cast<int>(i);
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
    if (after > before) {
        beginInsertRows({}, static_cast<int>(before), static_cast<int>(after) - 1);
        rows.insert(rows.end(),
            std::make_move_iterator(table.rows.begin() + static_cast<std::ptrdiff_t>(before)),
            std::make_move_iterator(table.rows.end()));
        endInsertRows();
    }
}

std::string ChartTableModel::csv() const
{
    QString text;
    const auto add = [&text](const auto& cells) {
        QStringList line;
        for (const auto& cell : cells)
            line << csvCell(cell);
        text += line.join(QLatin1Char(',')) + QLatin1Char('\n');
    };
    add(m_table.columns);
    for (const auto& row : m_table.rows)
        add(row);
    return text.toStdString();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QString ChartTableModel::shown(const QVariant& value, int column) const
{
    const QLocale locale;
    if (!isNumber(value))
        return value.toString();
    if (!isDouble(value))
        return locale.toString(value.toLongLong());
    const double number = value.toDouble();
    if (!std::isfinite(number))
        return QStringLiteral("–");
    const auto at = static_cast<std::size_t>(column);
    const int decimals = at < m_table.decimals.size() ? m_table.decimals[at] : 2;
    const auto digits = locale.toString(std::abs(number), 'f', decimals);
    if (digits != locale.toString(0.0, 'f', decimals))
        return number < 0 ? QStringLiteral("−") + digits : digits;
    constexpr int ofP = 4; // a p value is never nothing
    return decimals >= ofP && number > 0
        ? tr("< %1").arg(locale.toString(std::pow(10, -decimals), 'f', decimals))
        : digits;
}

bool ChartTableModel::isNumeric(int column) const
{
    return !m_table.rows.empty() && isNumber(m_table.rows.front().value(column));
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& value = m_table.rows[static_cast<std::size_t>(index.row())].at(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown(value, index.column());
    case Qt::ToolTipRole: // a long name may be cut
        return isNumber(value) ? QVariant() : QVariant(plainToolTip(value.toString()));
    case SortRole:
        return value;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((isNumber(value) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return m_table.columns.at(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    return {};
}

} // namespace augury
