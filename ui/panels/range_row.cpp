// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/range_row.h"

#include "ui/panels/shown_number.h"
#include "ui/widgets/section.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

namespace {
constexpr int s_indent = 24; // of what belongs to the check box above
}

RangeRow::RangeRow(const Options& options, QWidget* parent)
    : QWidget(parent)
    , m_options(options)
    , m_range(options.first)
    , m_check(new QCheckBox(options.label, this))
    , m_ends(new QWidget(this))
    , m_column(new QVBoxLayout(m_ends))
{
    setToolTip(options.toolTip);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(6);
    all->addWidget(m_check);
    all->addWidget(m_ends);
    m_column->setContentsMargins(s_indent, 0, 0, 0);
    m_column->setSpacing(6);
    m_low = addEnd(tr("from"), options.lowName);
    m_high = addEnd(tr("to"), options.highName);
    showEnds();

    connect(m_check, &QCheckBox::toggled, this, [this] {
        showEnds();
        Q_EMIT rangeChanged(range());
    });
    connect(m_low, &SliderSpin::valueChanged, this, &RangeRow::moveLow);
    connect(m_high, &SliderSpin::valueChanged, this, &RangeRow::moveHigh);
}

SliderSpin* RangeRow::addEnd(const QString& label, const QString& name)
{
    auto* text = new QLabel(label, m_ends);
    auto* end = new SliderSpin(m_options.scale, name, m_ends);
    end->spinBox()->setMinimum(m_options.typedLow);
    text->setBuddy(end->spinBox());
    text->setMinimumWidth(Section::labelWidth(*this) - s_indent);
    auto* row = new QHBoxLayout;
    row->setSpacing(Section::s_labelGap);
    row->addWidget(text);
    row->addWidget(end, 1);
    m_column->addLayout(row);
    return end;
}

void RangeRow::addBelow(QWidget* widget)
{
    m_column->addWidget(widget);
}

Range RangeRow::range() const
{
    return m_check->isChecked() ? m_range : m_options.off;
}

void RangeRow::setRange(const Range& range)
{
    if (range == this->range())
        return; // both ends may stand at the neutral value while a hand is on one of them
    const QSignalBlocker quiet(m_check);
    m_check->setChecked(range != m_options.off);
    if (range != m_options.off)
        m_range = range;
    showEnds();
}

void RangeRow::moveLow(double shown)
{
    m_range.low = fromShown(shown, *m_low->spinBox(), m_options.unit);
    m_range.high = std::max(m_range.low, m_range.high);
    m_high->setValue(m_range.high * m_options.unit);
    Q_EMIT rangeChanged(range());
}

void RangeRow::moveHigh(double shown)
{
    m_range.high = fromShown(shown, *m_high->spinBox(), m_options.unit);
    m_range.low = std::min(m_range.low, m_range.high);
    m_low->setValue(m_range.low * m_options.unit);
    Q_EMIT rangeChanged(range());
}

void RangeRow::showEnds()
{
    m_low->setValue(m_range.low * m_options.unit);
    m_high->setValue(m_range.high * m_options.unit);
    m_ends->setVisible(m_check->isChecked());
}

} // namespace augury
