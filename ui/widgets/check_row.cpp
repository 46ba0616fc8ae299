// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/check_row.h"

#include "ui/widgets/wrap_row.h"

#include <QCheckBox>
#include <QSignalBlocker>

namespace augury {

CheckRow::CheckRow(const QString& name, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(name);
    auto* row = new WrapRow(6);
    setLayout(row);
    auto policy = sizePolicy();
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QCheckBox* CheckRow::add(const QString& label, const QString& toolTip)
{
    auto* box = new QCheckBox(label, this);
    box->setToolTip(toolTip);
    layout()->addWidget(box);
    connect(box, &QCheckBox::toggled, this, &CheckRow::toggled);
    m_boxes.push_back(box);
    return box;
}

void CheckRow::removeFrom(std::size_t first)
{
    while (m_boxes.size() > first) {
        layout()->removeWidget(m_boxes.back());
        delete m_boxes.back();
        m_boxes.pop_back();
    }
}

bool CheckRow::isChecked(std::size_t i) const
{
    return m_boxes[i]->isChecked();
}

void CheckRow::setChecked(std::size_t i, bool on)
{
    const QSignalBlocker quiet(m_boxes[i]);
    m_boxes[i]->setChecked(on);
}

} // namespace augury
