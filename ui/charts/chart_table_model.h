// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_table.h"

#include <QAbstractTableModel>

#include <string>

namespace augury {

/// The table beside a chart: rounded for reading, whole for sorting and for CSV.
class ChartTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int SortRole = Qt::UserRole; ///< the value, unrounded

    using QAbstractTableModel::QAbstractTableModel;

    /// Changes as little as it can, so that selections and scroll bars stay while rows arrive.
    void setTable(ChartTable table);
    const ChartTable& table() const { return m_table; }
    /// RFC 4180 with a header line; '.' as decimal point whatever the locale, every digit, nothing
    /// for what is not known.
    std::string csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString shown(const QVariant& value, int column) const;
    bool isNumeric(int column) const;

    ChartTable m_table;
};

} // namespace augury
