// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/negligible_zone.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace augury {

namespace {
constexpr double s_most = 5;
constexpr double s_step = 0.05;
} // namespace

NegligibleZone::NegligibleZone(QWidget* parent)
    : QWidget(parent)
    , m_box(new QDoubleSpinBox(this))
{
    m_box->setRange(0, s_most);
    m_box->setSingleStep(s_step);
    m_box->setDecimals(2);
    m_box->setPrefix(QStringLiteral("±"));
    m_box->setSuffix(tr(" points"));
    m_box->setAccessibleName(tr("Negligible lift, in points"));
    m_box->setToolTip(tr("Lifts that are no larger than this, up or down, do not matter to you; "
                         "0: every lift matters"));
    auto* label = new QLabel(tr("&Negligible"), this);
    label->setBuddy(m_box);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(label);
    row->addWidget(m_box);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, &NegligibleZone::edited);
}

double NegligibleZone::points() const
{
    return m_box->value();
}

void NegligibleZone::setPoints(double points)
{
    if (points == m_box->value())
        return; // it may be half typed
    const QSignalBlocker quiet(m_box);
    m_box->setValue(points);
}

} // namespace augury
