// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/primary_button.h"

#include "ui/charts/chart_style.h"

#include <QPainter>

namespace augury {

namespace {

constexpr double s_readable = 4.5; // WCAG 2's contrast for text

/// The palette's accent, dark enough for white text.
QColor accent(const QPalette& palette)
{
    auto color = palette.color(QPalette::Active, QPalette::Highlight);
    while (contrastRatio(color, Qt::white) < s_readable)
        color = color.darker(108);
    return color;
}

} // namespace

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent)
    : QPushButton(text, parent)
{
    auto bold = font();
    bold.setBold(true);
    setFont(bold);
    setAttribute(Qt::WA_Hover);
}

QSize PrimaryButton::sizeHint() const
{
    return QPushButton::sizeHint() + QSize(24, 6);
}

void PrimaryButton::paintEvent(QPaintEvent* event)
{
    if (!isEnabled()) {
        QPushButton::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto color = accent(palette());
    const QRectF box = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isDown() ? color.darker(125) : underMouse() ? color.darker(110) : color);
    painter.drawRoundedRect(box, 3, 3);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::white, 1, Qt::DotLine));
        painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 2, 2);
    }
    painter.setPen(Qt::white);
    painter.drawText(rect(), static_cast<int>(Qt::AlignCenter | Qt::TextShowMnemonic), text());
}

} // namespace augury
