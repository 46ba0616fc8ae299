// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stat_tile.h"

#include <QLabel>
#include <QVBoxLayout>

namespace augury {

StatTile::StatTile(const QString& caption, QWidget* parent)
    : QFrame(parent)
    , m_caption(caption)
    , m_value(new QLabel(this))
    , m_note(new QLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* title = new QLabel(caption, this);
    title->setForegroundRole(QPalette::PlaceholderText);
    auto font = m_value->font();
    font.setPointSizeF(font.pointSizeF() * 1.45);
    font.setBold(true);
    m_value->setFont(font);
    m_note->setForegroundRole(QPalette::PlaceholderText);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 10, 6);
    column->setSpacing(1);
    column->addWidget(title);
    column->addWidget(m_value);
    column->addWidget(m_note);
    setValue(QStringLiteral("–"));
}

void StatTile::setValue(const QString& value, const QString& note)
{
    m_value->setText(value);
    m_note->setText(note.isEmpty() ? QStringLiteral(" ") : note);
    setAccessibleName(QStringLiteral("%1: %2 %3").arg(m_caption, value, note).trimmed());
}

QString StatTile::value() const
{
    return m_value->text();
}

QString StatTile::note() const
{
    return m_note->text().trimmed();
}

} // namespace augury
