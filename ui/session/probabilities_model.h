// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_look.h"

#include <QAbstractTableModel>

#include <memory>

namespace augury {

/// All K classes of one look: what the original, the merged vote and, if one is chosen, a variant
/// say. Display in percent, without the sign; SortRole
/// holds the numbers. The true class is ticked, the row of the
/// merged vote bold, and AccessibleText says both.
class ProbabilitiesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Class, Baseline, Merged, Copies, Deviation, Chosen, ColumnCount };
    static constexpr int SortRole = Qt::UserRole + 1;

    explicit ProbabilitiesModel(QObject* parent = nullptr);

    /// `variant`: place in ImageLook::tiles; −1: none, and the column Chosen is not there.
    void setLook(std::shared_ptr<const ImageLook> look, int variant = -1);

    int rowCount(const QModelIndex& parent = {}) const override; ///< 0 without votes
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant number(int k, int column) const;
    QString text(int k, int column) const;
    QString marks(int k) const; ///< ", true class, merged vote"; empty for most

    std::shared_ptr<const ImageLook> m_look;
    int m_variant = -1;
};

} // namespace augury
