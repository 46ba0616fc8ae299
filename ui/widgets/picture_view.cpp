// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture_view.h"

#include "ui/charts/focus_ring.h"
#include "ui/widgets/cached_style.h"
#include "ui/widgets/picture_paint.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QTextDocument>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace augury {

namespace {

constexpr double margin = 6; // around the picture: its edge and the focus frame
constexpr double captionGap = 4;
constexpr std::array factors{1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32};

} // namespace

PictureView::PictureView(QWidget* parent)
    : QWidget(parent)
    , m_emptyText(tr("No image chosen"))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    describe();
}

void PictureView::setPicture(const QImage& picture)
{
    const bool sameSize = picture.size() == m_picture.size();
    m_picture = picture;
    if (!sameSize)
        setZoom(0);
    settle();
    describe();
    update();
}

void PictureView::setSmooth(bool smooth)
{
    m_smooth = smooth;
    describe();
    update();
}

void PictureView::setCaption(const QString& title, const QString& voteText, Mark mark)
{
    static const QRegularExpression number(QStringLiteral("(?:^| )([<≤≈]? ?[0-9][0-9.,]* ?%?)$"));
    const auto match = number.match(voteText);
    if (match.hasMatch())
        setCaption(title, voteText.left(match.capturedStart()), match.captured(1), mark);
    else
        setCaption(title, voteText, QString(), mark);
}

void PictureView::setCaption(
    const QString& title, const QString& name, const QString& number, Mark mark)
{
    const bool sameHeight = title.isEmpty() == m_title.isEmpty();
    m_title = title;
    m_voteName = name;
    m_voteNumber = number;
    m_mark = mark;
    if (!sameHeight)
        settle();
    describe();
    update();
}

void PictureView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    describe();
    update();
}

void PictureView::describe()
{
    setAccessibleName(m_title.isEmpty() ? tr("Picture") : m_title);
    QStringList parts;
    if (m_picture.isNull())
        parts << m_emptyText;
    if (!vote().isEmpty())
        parts << vote();
    if (m_mark != Mark::None)
        parts << markText(m_mark);
    if (!m_picture.isNull()) {
        parts << tr("%1 × %2 pixels").arg(m_picture.width()).arg(m_picture.height());
        if (m_zoom > 0)
            parts << tr("enlarged %1 times").arg(m_zoom);
    }
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

QRectF PictureView::room() const
{
    // Two lines as soon as there is a title: the picture keeps its size when the votes arrive.
    const double lines = m_title.isEmpty() && vote().isEmpty() ? 0 : 2;
    const double caption = lines * std::ceil(QFontMetricsF(font()).height());
    const double below = margin + (caption > 0 ? caption + captionGap : 0);
    return QRectF(rect()).adjusted(margin, margin, -margin, -below);
}

int PictureView::fittingFactor() const
{
    if (m_picture.isNull())
        return 0;
    const QSizeF device = room().size() * devicePixelRatioF();
    return static_cast<int>(
        std::min(device.width() / m_picture.width(), device.height() / m_picture.height()) + 1e-9);
}

QRectF PictureView::picturePlace() const
{
    const QRectF space = room();
    if (m_zoom == 0)
        return augury::picturePlace(m_picture.size(), space,
            m_smooth ? PictureScale::Smooth : PictureScale::Whole, devicePixelRatioF());
    QRectF place(QPointF(), QSizeF(m_picture.size()) * m_zoom / devicePixelRatioF());
    place.moveCenter(space.center() + m_offset);
    return place;
}

bool PictureView::isMovable() const
{
    const QSizeF over = picturePlace().size() - room().size();
    return m_zoom > 0 && (over.width() > 0 || over.height() > 0);
}

void PictureView::settle()
{
    const QSizeF over = picturePlace().size() - room().size();
    const auto within = [](double offset, double most) {
        return most > 0 ? std::clamp(offset, -most / 2, most / 2) : 0;
    };
    m_offset = m_zoom == 0
        ? QPointF()
        : QPointF(within(m_offset.x(), over.width()), within(m_offset.y(), over.height()));
    const bool movable = isMovable();
    if (!movable)
        m_dragging = false;
    if (m_dragging)
        setCursor(Qt::ClosedHandCursor);
    else if (movable)
        setCursor(Qt::OpenHandCursor);
    else
        unsetCursor();
}

void PictureView::zoomTo(int factor, const QPointF& fixedPoint)
{
    factor = m_picture.isNull() ? 0 : std::clamp(factor, 0, factors.back());
    if (factor == m_zoom)
        return;
    const QRectF before = picturePlace();
    m_zoom = factor;
    if (factor > 0 && !before.isEmpty()) {
        const double growth = m_picture.width() * factor / devicePixelRatioF() / before.width();
        m_offset = fixedPoint + (before.center() - fixedPoint) * growth - room().center();
    }
    settle();
    describe();
    update();
    Q_EMIT zoomChanged(factor);
}

void PictureView::setZoom(int factor)
{
    zoomTo(factor, room().center());
}

int PictureView::nextFactor(bool larger) const
{
    const int fitting = fittingFactor();
    const int from = m_zoom > 0 ? m_zoom : fitting;
    if (larger) {
        const auto* next = std::upper_bound(factors.begin(), factors.end(), from);
        return next == factors.end() ? m_zoom : *next;
    }
    const auto* next = std::lower_bound(factors.begin(), factors.end(), from);
    const bool fits = m_zoom == 0 || next == factors.begin() || *(next - 1) <= fitting;
    return fits ? 0 : *(next - 1);
}

void PictureView::zoomIn()
{
    setZoom(nextFactor(true));
}

void PictureView::zoomOut()
{
    setZoom(nextFactor(false));
}

void PictureView::pan(const QPointF& by)
{
    m_offset += by;
    settle();
    update();
}

QSize PictureView::sizeHint() const
{
    return {260, 300};
}

QSize PictureView::minimumSizeHint() const
{
    return {120, 140};
}

void PictureView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        settle();
    update();
}

void PictureView::keyPressEvent(QKeyEvent* event)
{
    constexpr double step = 40;
    const auto move = [&](double x, double y) {
        if (isMovable())
            pan({x, y});
        else
            event->ignore(); // arrows go to the next image then
    };
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
        return setZoom(0);
    case Qt::Key_Left:
        return move(step, 0);
    case Qt::Key_Right:
        return move(-step, 0);
    case Qt::Key_Up:
        return move(0, step);
    case Qt::Key_Down:
        return move(0, -step);
    default:
        QWidget::keyPressEvent(event);
    }
}

void PictureView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !isMovable())
        return QWidget::mousePressEvent(event);
    m_dragging = true;
    m_dragFrom = event->position();
    settle();
}

void PictureView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging)
        return QWidget::mouseMoveEvent(event);
    pan(event->position() - m_dragFrom);
    m_dragFrom = event->position();
}

void PictureView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_dragging)
        return QWidget::mouseReleaseEvent(event);
    m_dragging = false;
    settle();
}

void PictureView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier) || m_picture.isNull())
        return QWidget::wheelEvent(event);
    constexpr int notch = 120; // of a mouse; a touchpad sends fractions
    m_wheel += event->angleDelta().y();
    for (; m_wheel >= notch; m_wheel -= notch)
        zoomTo(nextFactor(true), event->position());
    for (; m_wheel <= -notch; m_wheel += notch)
        zoomTo(nextFactor(false), event->position());
    event->accept();
}

void PictureView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settle();
}

void PictureView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ChartStyle& style = cachedStyle(palette());
    const QRectF space = room();
    if (m_picture.isNull()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(space, Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    } else {
        painter.save();
        painter.setClipRect(space.adjusted(-1, -1, 1, 1));
        const PictureScale scale = m_smooth ? PictureScale::Smooth : PictureScale::Whole;
        // Zoomed, its own place is all the room it gets.
        const QRectF place =
            paintPicture(painter, m_zoom == 0 ? space : picturePlace(), m_picture, scale);
        painter.setPen(QPen(style.grid, 1));
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5));
        painter.restore();
    }
    paintCaption(painter);
    if (hasFocus())
        paintFocusRing(painter, QRectF(rect()), palette(), backgroundRole());
}

bool PictureView::event(QEvent* event)
{
    // What the caption cuts.
    if (event->type() != QEvent::ToolTip || !toolTip().isEmpty())
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const bool cut = help->pos().y() > room().bottom() && shownVote() != vote();
    if (cut)
        QToolTip::showText(help->globalPos(),
            Qt::mightBeRichText(vote()) ? Qt::convertFromPlainText(vote()) : vote(), this);
    else
        QToolTip::hideText();
    return true;
}

QString PictureView::vote() const
{
    return m_voteName.isEmpty() || m_voteNumber.isEmpty()
        ? m_voteName + m_voteNumber
        : m_voteName + QLatin1Char(' ') + m_voteNumber;
}

double PictureView::voteRoom() const
{
    const double mark = m_mark == Mark::None ? 0 : std::ceil(QFontMetricsF(font()).height()) + 3;
    return width() - 2 * margin - mark;
}

QString PictureView::shownVote() const
{
    const QFontMetricsF metrics(font());
    if (metrics.horizontalAdvance(vote()) <= voteRoom())
        return vote();
    if (m_voteNumber.isEmpty())
        return metrics.elidedText(m_voteName, Qt::ElideRight, voteRoom());
    const QString number = QLatin1Char(' ') + m_voteNumber;
    const double left = voteRoom() - metrics.horizontalAdvance(number);
    const QString name = metrics.elidedText(m_voteName, Qt::ElideRight, std::max(left, 0.0));
    return name.size() > 1 ? name + number : m_voteNumber; // "…" alone says nothing
}

void PictureView::paintCaption(QPainter& painter) const
{
    QFont bold = font();
    bold.setBold(true);
    const double line = std::ceil(QFontMetricsF(font()).height());
    QRectF place(margin, room().bottom() + captionGap, width() - 2 * margin, line);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(bold);
    painter.drawText(place, Qt::AlignCenter,
        QFontMetricsF(bold).elidedText(m_title, Qt::ElideMiddle, place.width()));
    place.translate(0, line);
    painter.setFont(font());
    const QFontMetricsF metrics(font());
    const double markRoom = m_mark == Mark::None ? 0 : line + 3;
    const QString words = shownVote();
    const double needed = markRoom + metrics.horizontalAdvance(words);
    place.setLeft(place.left() + std::max(0.0, (place.width() - needed) / 2));
    paintMark(painter, QRectF(place.topLeft(), QSizeF(line, line)), m_mark, palette());
    place.setLeft(place.left() + markRoom);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, words);
}

} // namespace augury
