// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_query.h"
#include "ui/session/tally.h"
#include "ui/session/thumbnails.h"

#include <QAbstractListModel>
#include <QStringList>

#include <memory>

namespace augury {

/// The images that a query selects from a split, for the grid. DecorationRole is the thumbnail
/// (null while it is being made), Display and AccessibleText say the image in words. Rows change
/// only where the selection does, so that a view keeps its place while marks change.
class ImagesModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        PositionRole = Qt::UserRole + 1, ///< quint32, in the split
        OutcomeRole, ///< int of OutcomeKind
        ChangedRole ///< bool: TTA changes the answer
    };

    explicit ImagesModel(Thumbnails& thumbnails, QObject* parent = nullptr);

    /// What to choose from. `names` are of the images, one a position; empty: "Test image 4711" by
    /// `kind` and index. `tally` may be null; it is used only where it is of this split.
    void setImages(SplitKind kind, const Split& split, const std::vector<std::string>& classNames,
        const QStringList& names, std::shared_ptr<const Tally> tally);
    void setQuery(const ImageQuery& query);
    const ImageQuery& query() const { return m_query; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    std::uint32_t positionAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(std::uint32_t position) const; ///< −1: not among those that are shown
    std::size_t total() const { return m_split.size(); } ///< images of the split
    QString nameOf(std::uint32_t position) const;
    /// "Test image 4711, cat. Original: dog 51 %. Merged: cat 63 %. Fixed by TTA."
    QString describe(std::uint32_t position) const;

private:
    const ImageOutcome* outcomeAt(std::uint32_t position) const; ///< null without votes
    QString nameOfClass(std::int32_t k) const;
    QString verdict(const ImageOutcome& outcome) const;
    QStringList sentences(std::uint32_t position) const;
    std::vector<std::uint32_t> select(const Split& split, const Tally* tally) const;
    void setRows(std::vector<std::uint32_t> rows); ///< within a reset
    void repaintPictures(const std::vector<std::uint32_t>& positions);

    Thumbnails& m_thumbnails;
    SplitKind m_kind = SplitKind::Test;
    Split m_split;
    std::vector<std::string> m_classNames;
    QStringList m_names;
    std::shared_ptr<const Tally> m_tally;
    ImageQuery m_query;
    std::vector<std::uint32_t> m_rows;
    std::vector<std::int32_t> m_rowOf; ///< by position; −1: not shown
};

/// "Test image 4711"
QString imageName(SplitKind kind, std::uint32_t index);

} // namespace augury
