// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/section.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace augury {

Section::Section(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(title);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    if (title.isEmpty())
        return;
    auto* heading = new QLabel(title, this);
    auto font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    auto* line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Sunken);
    auto* row = new QHBoxLayout;
    row->addWidget(heading);
    row->addWidget(line, 1);
    m_layout->addLayout(row);
}

void Section::addRow(const QString& label, QWidget* field, const QString& toolTip, QWidget* target)
{
    if (!m_form) {
        m_form = new QFormLayout;
        m_form->setContentsMargins(0, 0, 0, 0);
        m_form->setHorizontalSpacing(s_labelGap);
        m_form->setVerticalSpacing(6);
        m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        m_layout->addLayout(m_form);
    }
    auto* text = new QLabel(label, this);
    text->setMinimumWidth(labelWidth(*this));
    text->setBuddy(target ? target : field);
    text->setToolTip(toolTip);
    field->setToolTip(toolTip);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    m_form->addRow(text, field);
}

void Section::setRowVisible(QWidget* field, bool visible)
{
    for (auto* form : findChildren<QFormLayout*>()) {
        if (form->indexOf(field) >= 0)
            form->setRowVisible(field, visible);
    }
}

void Section::addWide(QWidget* widget)
{
    m_form = nullptr; // rows that follow stand below this
    m_layout->addWidget(widget);
}

void Section::addWide(QLayout* layout)
{
    m_form = nullptr;
    m_layout->addLayout(layout);
}

QLabel* Section::addProblemLine()
{
    auto* line = new QLabel(this);
    line->setObjectName(QStringLiteral("problem"));
    line->setWordWrap(true);
    line->setTextFormat(Qt::PlainText);
    line->hide();
    addWide(line);
    return line;
}

int Section::labelWidth(const QWidget& widget)
{
    constexpr int mark = 28; // of a check box, with the gap to its words
    return widget.fontMetrics().horizontalAdvance(tr("Channel shift ±")) + mark;
}

QLabel* Section::makeNote(const QString& text, QWidget* parent)
{
    auto* note = new QLabel(text, parent);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    return note;
}

} // namespace augury
