// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/outcome_mark.h"

#include <QImage>
#include <QWidget>

namespace augury {

/// One picture as large as fits, what it is, and what is said of it. + and − (or Ctrl and the
/// wheel) enlarge it by whole factors of device pixels, up to 32; 0 fits it again; then the mouse
/// drags it about.
class PictureView : public QWidget {
    Q_OBJECT

public:
    explicit PictureView(QWidget* parent = nullptr);

    /// May be null. The zoom stays while pictures have one size.
    void setPicture(const QImage& picture);
    const QImage& picture() const { return m_picture; }
    void setSmooth(bool smooth); ///< interpolated; else pixels as they are, at whole factors
    bool isSmooth() const { return m_smooth; }
    /// `voteText` may end in a number ("five-pointed star 99.9 %"): that is never cut.
    void setCaption(const QString& title, const QString& voteText = {}, Mark mark = Mark::None);
    /// What is elided where there is no room, and what never is.
    void setCaption(
        const QString& title, const QString& name, const QString& number, Mark mark = Mark::None);
    QString shownVote() const; ///< as it stands there at this width
    void setEmptyText(const QString& text); ///< in place of a null picture

    /// Device pixels a pixel of the picture takes; 0: as large as fits.
    int zoom() const { return m_zoom; }
    void setZoom(int factor);
    void zoomIn();
    void zoomOut();
    QRectF picturePlace() const; ///< where it stands in the widget

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void zoomChanged(int factor);

protected:
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QRectF room() const; ///< of the picture, above the caption
    int fittingFactor() const; ///< the largest whole one that fits; 0: it must be shrunk
    int nextFactor(bool larger) const;
    void zoomTo(int factor, const QPointF& fixedPoint);
    bool isMovable() const; ///< larger than the room
    void pan(const QPointF& by);
    void settle(); ///< keeps the offset within the picture, and the cursor right
    void describe();
    QString vote() const; ///< name and number
    double voteRoom() const; ///< width left beside the mark
    void paintCaption(QPainter& painter) const;

    QImage m_picture;
    QString m_title;
    QString m_voteName;
    QString m_voteNumber;
    QString m_emptyText;
    Mark m_mark = Mark::None;
    bool m_smooth = false;
    int m_zoom = 0;
    QPointF m_offset; ///< of the picture's centre from the room's, when zoomed
    QPointF m_dragFrom;
    int m_wheel = 0; ///< turned, but not yet a notch
    bool m_dragging = false;
};

} // namespace augury
