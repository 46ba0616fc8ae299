// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace augury {

/// A variant's tile (roles of VariantsModel): the picture, "×4" where several copies drew it, the
/// vote with its mark, what was drawn in words, and the copies. A compact one, for many copies, has
/// a picture half as large with the mark in its corner, and one line of words. What is cut short is
/// in the tool tip.
class VariantDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit VariantDelegate(QObject* parent = nullptr);

    void setSmooth(
        bool smooth); ///< interpolated in place of whole pixels; update the view after it
    bool isSmooth() const { return m_smooth; }

    /// So that tiles fill the columns of a view: its width over their number. 0: natural. Never so
    /// narrow that the picture is cut. sizeHintChanged follows.
    void setTileWidth(int width);
    int tileWidth() const { return m_tileWidth; }
    void setCompact(bool compact); ///< sizeHintChanged follows
    bool isCompact() const { return m_compact; }

    /// Of a tile with a picture of this size: in the application's font, or the option's.
    QSize tileSize(QSize imageSize) const;
    QSize tileSize(QSize imageSize, const QFont& font) const;
    /// The same without a tile width: to work out how many columns there are room for.
    static QSize naturalTileSize(QSize imageSize, const QFont& font, bool compact);
    /// The room for the picture: a small one is enlarged by a whole factor.
    static QSize pictureRoom(QSize imageSize, bool compact = false);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;

    /// All that a tile says: the vote, the words, the copies, then the model's own tool tip.
    static QString toolTip(const QModelIndex& index);

private:
    int m_tileWidth = 0;
    bool m_smooth = false;
    bool m_compact = false;
};

/// A probability on a tile: "61 %". With one decimal where a whole number would say too much:
/// "99.7 %" is not sure, "49.6 %" and "50.4 %" are not a tie. "100 %" where one decimal would say
/// 100.0, as it does beside the tiles.
QString tilePercent(double probability);

/// `text` in at most `most` lines of this width, the last one elided where it is cut.
QStringList wrappedLines(const QString& text, const QFont& font, double width, int most);

} // namespace augury
