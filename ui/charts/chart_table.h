// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QVariantList>

#include <vector>

namespace augury {

/// What a chart shows, as rows: numbers unrounded (double or qlonglong; not finite: unknown), the
/// rest as text.
struct ChartTable {
    QStringList columns; ///< with the unit
    std::vector<QVariantList> rows; ///< each as long as `columns`
    std::vector<int> decimals = {}; ///< to show, by column; 2 where it ends earlier
};

} // namespace augury
