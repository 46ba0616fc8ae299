// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/policy_group.h"

#include "ui/panels/augment_row.h"
#include "ui/panels/range_row.h"
#include "ui/panels/shown_number.h"

#include <QCheckBox>
#include <QSignalBlocker>

#include <algorithm>

namespace augury {

PolicyGroup::PolicyGroup(const QString& title, const QString& toolTip, QWidget* parent)
    : FoldGroup(title, toolTip, parent)
{
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
        setUnfolded(true);
}

void PolicyGroup::count()
{
    m_on = static_cast<int>(std::ranges::count_if(m_isOn, [](const auto& isOn) { return isOn(); }));
    setFoldedNote(m_on == 0 ? QString() : tr("%1 on").arg(m_on));
}

} // namespace augury
