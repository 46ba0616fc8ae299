// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/augment_row.h"

#include "ui/widgets/section.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include <cmath>

namespace augury {

AugmentRow::AugmentRow(const QString& label, const QString& toolTip, const SliderSpin::Scale& scale,
    double initial, QWidget* parent)
    : QWidget(parent)
    , m_check(new QCheckBox(label, this))
    , m_strength(new SliderSpin(scale, QString(label).remove(QLatin1Char('&')), this))
{
    setToolTip(toolTip);
    m_strength->spinBox()->setMinimum(std::pow(10.0, -scale.decimals)); // 0 is off
    m_strength->setValue(initial);
    m_strength->setEnabled(false);
    m_check->setMinimumWidth(Section::labelWidth(*this));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Section::s_labelGap);
    row->addWidget(m_check);
    row->addWidget(m_strength, 1);

    connect(m_check, &QCheckBox::toggled, this, [this](bool on) {
        m_strength->setEnabled(on);
        Q_EMIT strengthChanged(strength());
    });
    connect(m_strength, &SliderSpin::valueChanged, this,
        [this] { Q_EMIT strengthChanged(strength()); });
}

double AugmentRow::strength() const
{
    return m_check->isChecked() ? m_strength->value() : 0;
}

void AugmentRow::setStrength(double strength)
{
    if (strength == this->strength())
        return;
    const QSignalBlocker quiet(m_check);
    m_check->setChecked(strength > 0);
    m_strength->setEnabled(strength > 0);
    if (strength > 0)
        m_strength->setValue(strength);
}

} // namespace augury
