// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include "ui/widgets/icons.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace augury {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_mark(new QLabel(this))
    , m_text(new QLabel(this))
    , m_grid(new QGridLayout(this))
    , m_buttons(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setText(QStringLiteral("✕"));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));

    m_grid->setContentsMargins(10, 6, 6, 6);
    m_grid->setHorizontalSpacing(8);
    m_grid->addWidget(m_mark, 0, 0, Qt::AlignTop);
    m_grid->addWidget(m_text, 0, 1);
    m_grid->addWidget(m_close, 0, 3, Qt::AlignTop);
    m_grid->addLayout(m_buttons, 1, 1, 1, 3);
    m_grid->setColumnStretch(1, 1);
    m_buttons->addStretch();

    connect(m_close, &QToolButton::clicked, this, &MessageBar::clear);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text)
{
    m_kind = kind;
    m_text->setText(text);
    setAccessibleName(text);
    paintKind();
    setVisible(!text.isEmpty());
    if (isVisible()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void MessageBar::clear()
{
    showMessage(Kind::Note, {});
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBar::putButtonsBeside()
{
    m_grid->removeItem(m_buttons);
    m_buttons->setParent(nullptr);
    m_grid->addLayout(m_buttons, 0, 2);
    m_grid->setAlignment(m_mark, Qt::AlignVCenter);
    m_grid->setAlignment(m_close, Qt::AlignVCenter);
}

QPushButton* MessageBar::addAction(const QString& label, const std::function<void()>& run)
{
    auto* button = new QPushButton(label, this);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    connect(button, &QPushButton::clicked, this, run);
    return button;
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_painting)
        paintKind();
}

void MessageBar::paintKind()
{
    m_painting = true;
    const auto base = parentWidget() ? parentWidget()->palette() : QPalette();
    const bool dark = base.color(QPalette::Window).lightness() < 128;
    QColor tint;
    const char* icon = "note";
    switch (m_kind) {
    case Kind::Note:
        tint = QColor(0x56, 0xB4, 0xE9);
        break;
    case Kind::Warning:
        tint = QColor(0xE6, 0x9F, 0x00);
        icon = "warning";
        break;
    case Kind::Error:
        tint = QColor(0xD5, 0x5E, 0x00);
        icon = "error";
        break;
    }
    const auto window = base.color(QPalette::Window);
    const double share = dark ? 0.25 : 0.18;
    const auto mix = [&](int a, int b) { return static_cast<int>(a * (1 - share) + b * share); };
    auto palette = base;
    palette.setColor(QPalette::Window,
        QColor(mix(window.red(), tint.red()), mix(window.green(), tint.green()),
            mix(window.blue(), tint.blue())));
    setPalette(palette);
    m_mark->setPixmap(iconPixmap(QString::fromLatin1(icon), base.color(QPalette::WindowText),
        QSize(16, 16), devicePixelRatioF()));
    m_painting = false;
}

} // namespace augury
