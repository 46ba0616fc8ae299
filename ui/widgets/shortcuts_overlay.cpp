// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shortcuts_overlay.h"

#include "ui/widgets/cached_style.h"

#include <QAccessible>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double padding = 28; // of the card
constexpr double columnGap = 44;
constexpr double keyGap = 6; // key to key
constexpr double whatGap = 16; // keys to words
constexpr std::size_t mostColumns = 3;

QStringList capsOf(const Shortcut& shortcut)
{
    return shortcut.keys.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

struct Column {
    double x = 0; ///< in the card
    double keysWidth = 0;
    double whatWidth = 0;
    double height = 0;
    double width() const { return keysWidth + whatGap + whatWidth; }
};

/// Fonts, sizes and places in the card's own coordinates.
struct Sheet {
    QFont font;
    QFont bold;
    QFont large;
    double row = 0;
    double titleHeight = 0;
    std::vector<Column> columns;
    std::vector<std::size_t> columnOf; ///< by group
    QSizeF size;

    double capWidth(const QString& cap) const
    {
        return std::max(QFontMetricsF(font).horizontalAdvance(cap) + 14, row - 4);
    }
    double capsWidth(const Shortcut& shortcut) const
    {
        double width = -keyGap;
        for (const auto& cap : capsOf(shortcut))
            width += capWidth(cap) + keyGap;
        return width;
    }
    double heightOf(const ShortcutGroup& group) const
    {
        return row * (static_cast<double>(group.shortcuts.size()) + 1.7);
    }
};

/// The groups one after the other into at most `most` columns of about equal height.
void flow(Sheet& sheet, const std::vector<ShortcutGroup>& groups, std::size_t most)
{
    double whole = 0;
    for (const auto& group : groups)
        whole += sheet.heightOf(group);
    const double wanted = whole / static_cast<double>(most);
    sheet.columns.assign(1, {});
    sheet.columnOf.clear();
    const QFontMetricsF metrics(sheet.font);
    const QFontMetricsF bold(sheet.bold);
    for (const auto& group : groups) {
        const double height = sheet.heightOf(group);
        const double before = sheet.columns.back().height;
        if (before > 0 && before + height / 2 > wanted && sheet.columns.size() < most)
            sheet.columns.emplace_back();
        sheet.columnOf.push_back(sheet.columns.size() - 1);
        Column& column = sheet.columns.back();
        column.height += height;
        for (const auto& shortcut : group.shortcuts) {
            column.keysWidth = std::max(column.keysWidth, sheet.capsWidth(shortcut));
            column.whatWidth = std::max(column.whatWidth, metrics.horizontalAdvance(shortcut.what));
        }
        column.whatWidth = std::max(
            column.whatWidth, bold.horizontalAdvance(group.title) - column.keysWidth - whatGap);
    }
}

/// As few columns as leave the card at its full size, or as large as can be.
Sheet layOut(const std::vector<ShortcutGroup>& groups, const QFont& font, const QString& title,
    const QString& hint, QSizeF room, double& scale)
{
    Sheet sheet;
    sheet.font = sheet.bold = sheet.large = font;
    sheet.bold.setBold(true);
    sheet.large.setBold(true);
    if (font.pointSizeF() > 0)
        sheet.large.setPointSizeF(font.pointSizeF() * 1.4);
    else
        sheet.large.setPixelSize(font.pixelSize() * 14 / 10);
    const QFontMetricsF metrics(font);
    const QFontMetricsF large(sheet.large);
    sheet.row = std::ceil(metrics.height() * 1.75);
    sheet.titleHeight = std::ceil(large.height() * 1.7);
    const double least = std::max(metrics.horizontalAdvance(hint), large.horizontalAdvance(title));
    Sheet best;
    scale = 0;
    for (std::size_t most = 1; most <= mostColumns && scale < 1; ++most) {
        flow(sheet, groups, most);
        double x = padding;
        double tallest = 0;
        for (Column& column : sheet.columns) {
            column.x = x;
            x += column.width() + columnGap;
            tallest = std::max(tallest, column.height);
        }
        sheet.size = {std::max(x - columnGap - padding, least) + 2 * padding,
            2 * padding + sheet.titleHeight + tallest + std::ceil(metrics.height())};
        const double fitting = std::min({1.0, room.width() * 0.95 / sheet.size.width(),
            room.height() * 0.9 / sheet.size.height()});
        if (fitting > scale) {
            scale = fitting;
            best = sheet;
        }
    }
    return best;
}

void paintCaps(QPainter& painter, const Sheet& sheet, const Shortcut& shortcut, double right,
    double top, const ChartStyle& style)
{
    double x = right - sheet.capsWidth(shortcut);
    for (const auto& cap : capsOf(shortcut)) {
        const QRectF place(x, top + 3, sheet.capWidth(cap), sheet.row - 6);
        painter.setPen(QPen(style.axis, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(style.text);
        painter.drawText(place, Qt::AlignCenter, cap);
        x += place.width() + keyGap;
    }
}

void paintSheet(QPainter& painter, const Sheet& sheet, const std::vector<ShortcutGroup>& groups,
    const QString& title, const QString& hint, const ChartStyle& style)
{
    const QRectF card(QPointF(), sheet.size);
    painter.setPen(QPen(style.axis, 1));
    painter.setBrush(style.background);
    painter.drawRoundedRect(card, 8, 8);
    const QRectF inner = card.adjusted(padding, padding, -padding, -padding);
    painter.setPen(style.text);
    painter.setFont(sheet.large);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, title);
    painter.setPen(style.mutedText);
    painter.setFont(sheet.font);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, hint);

    std::vector<double> bottoms(sheet.columns.size(), inner.top() + sheet.titleHeight);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const Column& column = sheet.columns[sheet.columnOf[i]];
        double& bottom = bottoms[sheet.columnOf[i]];
        painter.setPen(style.text);
        painter.setFont(sheet.bold);
        painter.drawText(QRectF(column.x, bottom, column.width() + 2, sheet.row),
            Qt::AlignLeft | Qt::AlignVCenter, groups[i].title);
        painter.setFont(sheet.font);
        double top = bottom + sheet.row;
        const double what = column.x + column.keysWidth + whatGap;
        for (const auto& shortcut : groups[i].shortcuts) {
            paintCaps(painter, sheet, shortcut, column.x + column.keysWidth, top, style);
            painter.setPen(style.text);
            painter.drawText(QRectF(what, top, column.whatWidth + 2, sheet.row),
                Qt::AlignLeft | Qt::AlignVCenter, shortcut.what);
            top += sheet.row;
        }
        bottom += sheet.heightOf(groups[i]);
    }
}

bool isModifier(int key)
{
    switch (key) {
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_CapsLock:
    case Qt::Key_NumLock:
        return true;
    default:
        return false;
    }
}

} // namespace

ShortcutsOverlay::ShortcutsOverlay(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keyboard shortcuts"));
    hide();
    parent->installEventFilter(this);
}

void ShortcutsOverlay::setGroups(std::vector<ShortcutGroup> groups)
{
    m_groups = std::move(groups);
    QStringList sentences;
    for (const auto& group : m_groups) {
        QStringList parts;
        for (const auto& shortcut : group.shortcuts)
            parts << QStringLiteral("%1: %2").arg(capsOf(shortcut).join(tr(" or ")), shortcut.what);
        sentences << QStringLiteral("%1. %2.").arg(group.title, parts.join(QStringLiteral("; ")));
    }
    sentences << tr("Any key closes this.");
    setAccessibleDescription(sentences.join(QLatin1Char(' ')));
    update();
}

void ShortcutsOverlay::open()
{
    if (m_open)
        return;
    m_open = true;
    m_before = window()->focusWidget();
    setGeometry(parentWidget()->rect());
    raise();
    show();
    setFocus(Qt::PopupFocusReason);
    QAccessibleEvent told(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void ShortcutsOverlay::dismiss(bool returnFocus)
{
    if (!m_open)
        return;
    m_open = false; // hiding takes the focus away, which would close again
    const QPointer<QWidget> before = m_before;
    hide();
    if (returnFocus && before)
        before->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
}

void ShortcutsOverlay::toggle()
{
    if (m_open)
        dismiss(true);
    else
        open();
}

bool ShortcutsOverlay::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: // no shortcut of the window beneath
        event->accept();
        return true;
    case QEvent::KeyPress: // before Tab moves the focus
        if (!isModifier(static_cast<QKeyEvent*>(event)->key()))
            dismiss(true);
        event->accept();
        return true;
    default:
        return QWidget::event(event);
    }
}

bool ShortcutsOverlay::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void ShortcutsOverlay::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        dismiss(false);
}

void ShortcutsOverlay::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (isHidden()) // itself, not with its window
        dismiss(false);
}

void ShortcutsOverlay::mousePressEvent(QMouseEvent* event)
{
    event->accept();
    dismiss(true);
}

void ShortcutsOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ChartStyle& style = cachedStyle(palette());
    QColor veil = style.dark ? QColor(Qt::black) : palette().color(QPalette::Dark).darker(200);
    veil.setAlphaF(style.dark ? 0.55F : 0.45F);
    painter.fillRect(rect(), veil);
    const QString title = tr("Keyboard shortcuts");
    const QString hint = tr("Any key or click closes this.");
    double scale = 1;
    const Sheet sheet = layOut(m_groups, font(), title, hint, size(), scale);
    if (scale <= 0)
        return;
    const QSizeF shown = sheet.size * scale;
    painter.translate(
        std::round((width() - shown.width()) / 2), std::round((height() - shown.height()) / 2));
    painter.scale(scale, scale);
    paintSheet(painter, sheet, m_groups, title, hint, style);
}

} // namespace augury
