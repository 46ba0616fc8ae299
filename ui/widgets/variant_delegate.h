// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace augury {

/// A variant's tile (roles of VariantsModel): the picture, "×4" where several copies drew it, the
/// vote with its mark, what was drawn in words, and the copies. What is cut short is in the tool
/// tip.
class VariantDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit VariantDelegate(QObject* parent = nullptr);

    void setSmooth(
        bool smooth); ///< interpolated in place of whole pixels; update the view after it
    bool isSmooth() const { return m_smooth; }

    /// Of a tile with a picture of this size: in the application's font, or the option's.
    QSize tileSize(QSize imageSize) const;
    QSize tileSize(QSize imageSize, const QFont& font) const;
    /// The room for the picture: a small one is enlarged by a whole factor.
    static QSize pictureRoom(QSize imageSize);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;

    /// All that a tile says: the vote, the words, the copies, then the model's own tool tip.
    static QString toolTip(const QModelIndex& index);

private:
    bool m_smooth = false;
};

/// `text` in at most `most` lines of this width, the last one elided where it is cut.
QStringList wrappedLines(const QString& text, const QFont& font, double width, int most);

} // namespace augury
