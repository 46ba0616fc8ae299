// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "ui/charts/tune_data.h"

#include <QImage>
#include <QWidget>

#include <span>
#include <vector>

class QLabel;
class QToolButton;

/// What views do, on an image of the user's choice.
namespace augury {

struct TuneShown;

/// The image at `place` of the split as `view` shows it; null where it cannot be shown.
QImage viewPicture(const Split& split, std::size_t place, const Transform& view);

/// The views of a configuration's list, in order; none for random copies.
std::vector<Transform> viewsOf(const AugmentPolicy& policy, int copies);

/// One copy of the image at every strength of a sensitivity search, the same draw for all: the one
/// that shows the most at the strongest. At most `most` of them, evenly chosen. `curve` says where.
std::vector<TuneCurve::Thumbnail> strengthThumbnails(
    const TuneShown& shown, const TuneCurve& curve, std::size_t most = 8);

/// Which image views are shown on: one before, one after.
class PictureStepper : public QWidget {
    Q_OBJECT

public:
    explicit PictureStepper(QWidget* parent = nullptr);

    void setPlace(std::size_t place, std::size_t count); ///< count 0: hidden
    QString text() const;
    QToolButton* before() const { return m_before; }
    QToolButton* after() const { return m_after; }

Q_SIGNALS:
    void stepped(int by);

private:
    QToolButton* m_before;
    QLabel* m_text;
    QToolButton* m_after;
};

} // namespace augury
