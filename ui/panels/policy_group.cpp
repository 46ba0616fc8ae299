// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/policy_group.h"

#include "ui/panels/augment_row.h"
#include "ui/panels/range_row.h"
#include "ui/panels/shown_number.h"

#include <QCheckBox>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

PolicyGroup::PolicyGroup(const QString& title, const QString& toolTip, QWidget* parent)
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
    connect(m_heading, &QToolButton::toggled, this, &PolicyGroup::unfold);
    unfold(false);
}

void PolicyGroup::bind(QCheckBox* box, bool AugmentPolicy::*field)
{
    m_isOn.emplace_back([box] { return box->isChecked(); });
    bindDetail(box, field);
}

void PolicyGroup::bindDetail(QCheckBox* box, bool AugmentPolicy::*field)
{
    m_shows.emplace_back([box, field](const AugmentPolicy& policy) {
        const QSignalBlocker quiet(box);
        box->setChecked(policy.*field);
    });
    connect(box, &QCheckBox::toggled, this, [this, field](bool on) {
        count();
        Q_EMIT edited([field, on](AugmentPolicy& policy) { policy.*field = on; });
    });
}

void PolicyGroup::bind(AugmentRow* row, double AugmentPolicy::*field, double unit)
{
    m_shows.emplace_back([row, field, unit](const AugmentPolicy& policy) {
        row->setStrength(policy.*field * unit);
    });
    m_isOn.emplace_back([row] { return row->strength() > 0; });
    connect(row, &AugmentRow::strengthChanged, this, [this, row, field, unit](double shown) {
        count();
        const double value = fromShown(shown, *row->sliderSpin()->spinBox(), unit);
        Q_EMIT edited([field, value](AugmentPolicy& policy) { policy.*field = value; });
    });
}

void PolicyGroup::bind(RangeRow* row, Range AugmentPolicy::*field)
{
    m_shows.emplace_back(
        [row, field](const AugmentPolicy& policy) { row->setRange(policy.*field); });
    m_isOn.emplace_back([row] { return row->checkBox()->isChecked(); });
    connect(row, &RangeRow::rangeChanged, this, [this, field](const Range& range) {
        count();
        Q_EMIT edited([field, range](AugmentPolicy& policy) { policy.*field = range; });
    });
}

void PolicyGroup::showPolicy(const AugmentPolicy& policy)
{
    for (const auto& show : m_shows)
        show(policy);
    const int before = m_on;
    count();
    if (m_on > before) // not again for every setting that changes after it was folded by hand
        m_heading->setChecked(true);
}

void PolicyGroup::unfold(bool open)
{
    m_heading->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_content->setVisible(open);
    count();
}

void PolicyGroup::count()
{
    m_on = static_cast<int>(std::ranges::count_if(m_isOn, [](const auto& isOn) { return isOn(); }));
    m_heading->setText(
        m_heading->isChecked() || m_on == 0 ? m_title : tr("%1 (%2 on)").arg(m_title).arg(m_on));
}

} // namespace augury
