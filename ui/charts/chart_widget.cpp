// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_widget.h"

#include "ui/charts/focus_ring.h"
#include "ui/charts/legend_item.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QGraphicsRectItem>
#include <QGraphicsScene>
#include <QGraphicsSimpleTextItem>
#include <QGraphicsTextItem>
#include <QHelpEvent>
#include <QPainter>
#include <QTextDocument>
#include <QTextOption>
#include <QTimer>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr QSizeF roomy(1280, 800); // from where on everything grows

/// Pixels of the widget or the file to one of the scene.
double zoomOf(const QSizeF& size)
{
    return std::max(1.0, std::min(size.width() / roomy.width(), size.height() / roomy.height()));
}

void showTip(const QPoint& place, const QString& text, QWidget* widget)
{
    // A class or a run may be called "<b>".
    QToolTip::showText(
        place, Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text, widget);
}

/// In pixels, so that a file's resolution does not change the layout.
QFont pixelFont(const QFont& font, double factor, QFont::Weight weight)
{
    QFont result(font);
    const int size = std::max(QFontInfo(font).pixelSize(), 11);
    result.setPixelSize(static_cast<int>(std::lround(size * factor)));
    result.setWeight(weight);
    return result;
}

} // namespace

struct ChartWidget::Private {
    QGraphicsScene scene;
    QGraphicsRectItem* plots = nullptr; // owned by the scene, as the rest
    QGraphicsSimpleTextItem* title = nullptr;
    LegendItem* legend = nullptr;
    QGraphicsTextItem* emptyText = nullptr;
    ChartStyle style;
    QFont font;
    QString summary;
    QString cursorText;
    bool pinned = false;
    QSizeF laidOut; // for which the scene is laid out; empty: it must be done
    int interval = 100; // ms between refreshes, at least
    QTimer timer;
    QElapsedTimer sinceRefresh;
};

ChartWidget::ChartWidget(QWidget* parent)
    : QWidget(parent)
    , m_d(std::make_unique<Private>())
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_d->scene.setParent(this); // so that findChildren sees the series
    m_d->scene.setItemIndexMethod(QGraphicsScene::NoIndex);
    m_d->plots = m_d->scene.addRect(QRectF(), Qt::NoPen);
    m_d->plots->setFlag(QGraphicsItem::ItemHasNoContents);
    m_d->title = m_d->scene.addSimpleText(QString());
    m_d->legend = new LegendItem;
    m_d->scene.addItem(m_d->legend);
    m_d->emptyText = m_d->scene.addText(QString());
    QTextOption centred = m_d->emptyText->document()->defaultTextOption();
    centred.setAlignment(Qt::AlignHCenter);
    m_d->emptyText->document()->setDefaultTextOption(centred);
    m_d->timer.setSingleShot(true);
    connect(&m_d->timer, &QTimer::timeout, this, &ChartWidget::refreshNow);
    connect(&m_d->scene, &QGraphicsScene::changed, this, [this] { update(); });
}

ChartWidget::~ChartWidget() = default;

void ChartWidget::finishConstruction()
{
    applyStyle(ChartStyle::fromPalette(palette()));
}

QString ChartWidget::title() const
{
    return m_d->title->text();
}

void ChartWidget::setTitle(const QString& title)
{
    m_d->title->setText(title);
    if (!title.isEmpty())
        setAccessibleName(title);
    m_d->laidOut = QSizeF();
    update();
}

const ChartStyle& ChartWidget::chartStyle() const
{
    return m_d->style;
}

void ChartWidget::setChartStyle(const ChartStyle& style)
{
    m_d->pinned = true;
    applyStyle(style);
}

void ChartWidget::followPalette()
{
    m_d->pinned = false;
    applyStyle(ChartStyle::fromPalette(palette()));
}

QString ChartWidget::summary() const
{
    return m_d->summary;
}

ChartTable ChartWidget::table() const
{
    return {};
}

void ChartWidget::applyStyle(const ChartStyle& style)
{
    m_d->style = style;
    m_d->font = pixelFont(font(), 1.0, QFont::Normal);
    m_d->title->setFont(pixelFont(font(), 1.2, QFont::DemiBold));
    m_d->title->setBrush(style.text);
    m_d->legend->setLook(style, m_d->font);
    m_d->emptyText->setFont(pixelFont(font(), 1.1, QFont::Normal));
    m_d->emptyText->setDefaultTextColor(style.mutedText);
    restyle(style, m_d->font);
    draw();
}

void ChartWidget::scheduleRefresh()
{
    if (m_d->timer.isActive())
        return;
    const qint64 elapsed =
        m_d->sinceRefresh.isValid() ? m_d->sinceRefresh.elapsed() : m_d->interval;
    if (elapsed >= m_d->interval)
        refreshNow();
    else
        m_d->timer.start(static_cast<int>(m_d->interval - elapsed));
}

void ChartWidget::setRefreshInterval(int milliseconds)
{
    m_d->interval = std::max(milliseconds, 0);
}

void ChartWidget::refreshNow()
{
    m_d->timer.stop();
    m_d->sinceRefresh.start();
    draw();
}

void ChartWidget::draw()
{
    refresh();
    m_d->laidOut = QSizeF();
    update();
}

void ChartWidget::setLegend(std::vector<LegendEntry> entries)
{
    m_d->legend->setEntries(std::move(entries));
}

void ChartWidget::setEmptyText(const QString& text)
{
    m_d->emptyText->setPlainText(text);
    m_d->emptyText->setVisible(!text.isEmpty());
    m_d->plots->setVisible(text.isEmpty());
    m_d->legend->setVisible(text.isEmpty());
}

void ChartWidget::setSummary(const QString& summary)
{
    if (summary == m_d->summary)
        return;
    m_d->summary = summary;
    describe();
}

void ChartWidget::setCursorText(const QString& text, bool moved)
{
    if (text.isEmpty() && !m_d->cursorText.isEmpty())
        QToolTip::hideText();
    m_d->cursorText = text;
    describe();
    update();
    if (text.isEmpty() || !moved || !isVisible())
        return;
    layOut(QSizeF(size()) / zoomOf(size()));
    const QPointF corner = cursorPlace().bottomLeft() * zoomOf(size());
    showTip(mapToGlobal(corner.toPoint()), text, this);
}

void ChartWidget::describe()
{
    const QString& cursor = m_d->cursorText;
    setAccessibleDescription(
        cursor.isEmpty() ? m_d->summary : m_d->summary + QLatin1Char('\n') + cursor);
}

QPointF ChartWidget::toScene(const QPointF& position)
{
    const double zoom = zoomOf(size());
    layOut(QSizeF(size()) / zoom);
    return position / zoom;
}

QGraphicsItem& ChartWidget::plotRoot()
{
    return *m_d->plots;
}

void ChartWidget::layOut(const QSizeF& size)
{
    if (m_d->laidOut == size)
        return;
    m_d->laidOut = size;
    m_d->scene.setSceneRect(QRectF(QPointF(0, 0), size));
    const double margin = QFontMetricsF(m_d->font).height() * 0.8;
    const double width = std::max(1.0, size.width() - 2 * margin);
    double y = margin;
    m_d->title->setVisible(!title().isEmpty());
    if (m_d->title->isVisible()) {
        m_d->title->setPos(margin, y);
        y += m_d->title->boundingRect().height() + margin * 0.45;
    }
    if (m_d->legend->isVisible()) {
        m_d->legend->setPos(margin, y);
        y += m_d->legend->layOut(width) + margin * 0.8;
    }
    const QRectF area(margin, y, width, std::max(1.0, size.height() - margin - y));
    if (m_d->plots->isVisible())
        layOutPlots(area);
    if (m_d->emptyText->isVisible()) {
        m_d->emptyText->setTextWidth(std::min(width, QFontMetricsF(m_d->font).height() * 28));
        const QSizeF text = m_d->emptyText->boundingRect().size();
        m_d->emptyText->setPos(area.center() - QPointF(text.width(), text.height()) / 2);
    }
}

void ChartWidget::paintScene(QPainter& painter, const QSizeF& size)
{
    const QRectF scene(QPointF(0, 0), size / zoomOf(size));
    layOut(scene.size());
    const QRectF whole(QPointF(0, 0), size);
    painter.fillRect(whole, m_d->style.background);
    painter.setRenderHint(QPainter::Antialiasing);
    m_d->scene.render(&painter, whole, scene, Qt::IgnoreAspectRatio);
}

QImage ChartWidget::render(QSize logical, double devicePixelRatio)
{
    QImage image(
        (QSizeF(logical) * devicePixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    image.fill(m_d->style.background);
    // A painter takes no ratio below 1, and would crop a preview.
    const bool reduced = devicePixelRatio < 1;
    if (!reduced)
        image.setDevicePixelRatio(devicePixelRatio);
    QPainter painter(&image);
    if (reduced)
        painter.scale(devicePixelRatio, devicePixelRatio);
    renderTo(painter, logical);
    painter.end();
    image.setDevicePixelRatio(devicePixelRatio);
    return image;
}

void ChartWidget::renderTo(QPainter& painter, QSize logical)
{
    if (m_d->timer.isActive())
        refreshNow();
    paintScene(painter, logical);
    update(); // the scene is laid out for another size now
}

QString ChartWidget::toolTipAt(const QPointF&) const
{
    return QString();
}

QRectF ChartWidget::cursorPlace() const
{
    return {};
}

QSize ChartWidget::sizeHint() const
{
    return QSize(640, 440);
}

QSize ChartWidget::minimumSizeHint() const
{
    return QSize(320, 240);
}

bool ChartWidget::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !m_d->plots->isVisible())
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPointF place = toScene(help->pos());
    const QString elided = m_d->legend->elidedAt(place);
    const QString text = elided.isEmpty() ? toolTipAt(place) : elided;
    if (text.isEmpty())
        QToolTip::hideText();
    else
        showTip(help->globalPos(), text, this);
    return true;
}

void ChartWidget::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyStyle(m_d->pinned ? m_d->style : ChartStyle::fromPalette(palette()));
}

void ChartWidget::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintScene(painter, size());
    if (const QRectF place = cursorPlace(); hasFocus() && !place.isEmpty()) {
        const double zoom = zoomOf(size());
        const QRectF frame(place.topLeft() * zoom, place.size() * zoom);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_d->style.background, 5, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(frame.adjusted(-1.5, -1.5, 1.5, 1.5));
        painter.setPen(QPen(m_d->style.text, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(frame.adjusted(-1.5, -1.5, 1.5, 1.5));
    }
    if (hasFocus())
        paintFocusRing(painter, QRectF(rect()), palette());
}

} // namespace augury
