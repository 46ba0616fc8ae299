// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/primary_button.h"

#include <QApplication>
#include <QEvent>

namespace augury {

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent)
    : QPushButton(text, parent)
{
    auto bold = font();
    bold.setBold(true);
    setFont(bold);
    tint();
}

QSize PrimaryButton::sizeHint() const
{
    return QPushButton::sizeHint() + QSize(24, 6);
}

void PrimaryButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::EnabledChange)
        && !m_tinting)
        tint();
}

void PrimaryButton::tint()
{
    m_tinting = true;
    const auto base = QApplication::palette(this);
    auto palette = base;
    if (isEnabled()) {
        palette.setColor(QPalette::Button, base.color(QPalette::Highlight));
        palette.setColor(QPalette::ButtonText, base.color(QPalette::HighlightedText));
    }
    setPalette(palette);
    m_tinting = false;
}

} // namespace augury
