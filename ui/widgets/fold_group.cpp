// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fold_group.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace augury {

FoldGroup::FoldGroup(const QString& title, const QString& toolTip, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
    , m_heading(new QToolButton(this))
    , m_content(new QWidget(this))
    , m_column(new QVBoxLayout(m_content))
{
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_heading->setAutoRaise(true);
    m_heading->setCheckable(true);
    m_heading->setAccessibleName(title);
    m_heading->setToolTip(toolTip);
    m_heading->setFocusPolicy(Qt::StrongFocus);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(4);
    all->addWidget(m_heading, 0, Qt::AlignLeft);
    all->addWidget(m_content);
    m_content->hide();
    connect(m_heading, &QToolButton::toggled, this, [this](bool open) {
        m_content->setVisible(open);
        showHeading();
    });
    showHeading();
}

bool FoldGroup::isUnfolded() const
{
    return m_heading->isChecked();
}

void FoldGroup::setUnfolded(bool open)
{
    m_heading->setChecked(open);
}

void FoldGroup::setFoldedNote(const QString& note)
{
    m_note = note;
    showHeading();
}

void FoldGroup::showHeading()
{
    m_heading->setArrowType(isUnfolded() ? Qt::DownArrow : Qt::RightArrow);
    m_heading->setText(
        isUnfolded() || m_note.isEmpty() ? m_title : tr("%1 (%2)").arg(m_title, m_note));
}

} // namespace augury
