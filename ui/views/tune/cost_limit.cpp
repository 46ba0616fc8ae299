// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/cost_limit.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace augury {

CostLimit::CostLimit(QWidget* parent)
    : QWidget(parent)
    , m_check(new QCheckBox(tr("Best up to"), this))
    , m_box(new QDoubleSpinBox(this))
{
    const auto help = tr("Chooses the configuration of the highest lift that takes no more than "
                         "so many passes through the network an image");
    m_check->setToolTip(help);
    m_box->setToolTip(help);
    m_box->setAccessibleName(tr("Most cost"));
    m_box->setRange(1, 1001);
    m_box->setDecimals(1);
    m_box->setSingleStep(0.5);
    m_box->setValue(2);
    m_box->setSuffix(tr("× the cost"));
    m_box->setEnabled(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_check);
    row->addWidget(m_box);
    connect(m_check, &QCheckBox::toggled, this, [this](bool on) {
        m_box->setEnabled(on);
        Q_EMIT edited(limit());
    });
    connect(m_box, &QDoubleSpinBox::valueChanged, this, [this] { Q_EMIT edited(limit()); });
}

std::optional<double> CostLimit::limit() const
{
    return m_check->isChecked() ? std::optional(m_box->value()) : std::nullopt;
}

void CostLimit::setLimit(std::optional<double> limit)
{
    const QSignalBlocker quietCheck(m_check);
    const QSignalBlocker quietBox(m_box);
    m_check->setChecked(limit.has_value());
    m_box->setEnabled(limit.has_value());
    if (limit)
        m_box->setValue(*limit);
}

} // namespace augury
