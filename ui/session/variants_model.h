// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_look.h"

#include <QAbstractListModel>

#include <memory>

namespace augury {

/// The variants that vote on an image, one row a tile: all but an original that no copy drew.
/// DecorationRole is the picture, or what the network sees; Display the parameters in words.
class VariantsModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        VariantRole = Qt::UserRole + 1, ///< int: place in ImageLook::tiles
        SlotsRole, ///< QString: "copies 2 and 4"
        VotesRole, ///< int: how many copies drew it
        ClassRole, ///< QString: the predicted class; empty without a model
        ProbabilityRole, ///< double
        VerdictRole ///< int: 1 right, 0 wrong, −1 unknown (no label or no model)
    };

    explicit VariantsModel(QObject* parent = nullptr);

    void setLook(std::shared_ptr<const ImageLook> look); ///< may be null
    std::shared_ptr<const ImageLook> look() const { return m_look; }
    void setAsSeen(bool asSeen); ///< what the network sees in place of the picture

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    int rowOfVariant(int variant) const; ///< −1: has no tile

private:
    std::shared_ptr<const ImageLook> m_look;
    std::vector<int> m_rows;
    bool m_asSeen = false;
};

/// The most probable classes of a view, for tool tips: "cat 71.2 %" a line, `most` of them.
QString probabilityLines(const ImageLook& look, int variant, int most);

} // namespace augury
