// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_look.h"
#include "ui/session/variants_model.h"

#include <QWidget>

#include <memory>

class QLabel;
class QListView;
class QSplitter;
class QToolButton;

namespace augury {

class ElidedLabel;
class PictureView;
class VariantDelegate;
class VotesChart;

/// One image large, its variants as tiles beside it, and how they voted below: what one ImageLook
/// holds.
class LookView : public QWidget {
    Q_OBJECT

public:
    explicit LookView(QWidget* parent = nullptr);

    /// `heading` stands before the image's name: "Pinned". Empty: it stands alone, and has room.
    void setHeading(const QString& heading);
    void setLook(std::shared_ptr<const ImageLook> look); ///< null: nothing to show
    std::shared_ptr<const ImageLook> look() const { return m_variants->look(); }
    /// In place of the sentence, when there are no votes to speak of.
    void setHint(const QString& hint);
    void setSmooth(bool smooth);
    void setAsSeen(bool asSeen);
    void selectVariant(int variant); ///< place in ImageLook::tiles; −1: none

    VariantsModel* variants() const { return m_variants; }
    QListView* tiles() const { return m_tiles; }
    PictureView* picture() const { return m_picture; }
    VotesChart* votes() const { return m_votes; }
    QString sentence() const;
    QString figures() const; ///< margin, agreement, entropy, mutual information in one line

Q_SIGNALS:
    void variantSelected(int variant); ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildVotes();
    void buildTiles();
    void copyVariant();
    void fitTiles(); ///< tiles fill their columns; small ones where large ones would not fit
    void showLook();
    void showPicture();
    void showVotes();
    void showTitle();
    void keepRoom();

    ElidedLabel* m_title;
    ElidedLabel* m_settings; ///< what made it; beside another look alone
    QWidget* m_words; ///< sentence and figures
    QLabel* m_sentence;
    QLabel* m_figures;
    PictureView* m_picture;
    QSplitter* m_pictures;
    QListView* m_tiles;
    VariantsModel* m_variants;
    VariantDelegate* m_delegate;
    VotesChart* m_votes;
    QToolButton* m_allClasses;
    QString m_heading;
    QString m_hint;
    bool m_asSeen = false;
    bool m_syncing = false;
};

} // namespace augury
