// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/slider_spin.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

/// Writes 10 where QDoubleSpinBox would write 10.0, and is as wide as that needs.
class TrimmedBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;

    QString textFromValue(double value) const override
    {
        auto text = QDoubleSpinBox::textFromValue(value);
        const QString point(locale().decimalPoint());
        if (m_measuring || !text.contains(point))
            return text;
        const QString zero(locale().zeroDigit());
        while (text.endsWith(zero))
            text.chop(zero.size());
        if (text.endsWith(point))
            text.chop(point.size());
        return text;
    }

    QSize sizeHint() const override
    {
        const QScopedValueRollback measuring(m_measuring, true);
        return QDoubleSpinBox::sizeHint();
    }
    QSize minimumSizeHint() const override
    {
        const QScopedValueRollback measuring(m_measuring, true);
        return QDoubleSpinBox::minimumSizeHint();
    }

private:
    mutable bool m_measuring = false;
};

/// Of all boxes, so that all sliders end below each other.
int commonBoxWidth()
{
    TrimmedBox box;
    box.setDecimals(2);
    box.setRange(0, 100);
    box.setSuffix(QStringLiteral("×"));
    const int factor = box.sizeHint().width();
    box.setRange(0, 50);
    box.setSuffix(QStringLiteral(" px"));
    return std::max(factor, box.sizeHint().width());
}

} // namespace

SliderSpin::SliderSpin(const Scale& scale, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_scale(scale)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_spin(new TrimmedBox(this))
{
    m_slider->setRange(0, static_cast<int>(std::lround((scale.high - scale.low) / scale.step)));
    m_slider->setPageStep(std::max(1, m_slider->maximum() / 10));
    m_slider->setAccessibleName(tr("%1, slider").arg(name));
    m_slider->setMinimumWidth(60);
    m_spin->setRange(scale.low, std::max(scale.high, scale.typedHigh));
    m_spin->setSingleStep(scale.step);
    m_spin->setDecimals(scale.decimals);
    m_spin->setSuffix(scale.suffix);
    m_spin->setAccessibleName(name);
    m_spin->setAlignment(Qt::AlignRight);
    m_spin->setMinimumWidth(commonBoxWidth());

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_slider, 1);
    row->addWidget(m_spin);

    connect(m_slider, &QSlider::valueChanged, this,
        [this](int tick) { m_spin->setValue(m_scale.low + tick * m_scale.step); });
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this](double number) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(toTick(number));
        Q_EMIT valueChanged(number);
    });
}

double SliderSpin::value() const
{
    return m_spin->value();
}

void SliderSpin::setValue(double value)
{
    const QSignalBlocker quietSpin(m_spin);
    const QSignalBlocker quietSlider(m_slider);
    m_spin->setValue(value);
    m_slider->setValue(toTick(value));
}

int SliderSpin::toTick(double value) const
{
    const double tick = (value - m_scale.low) / m_scale.step;
    return static_cast<int>(std::lround(std::clamp(tick, 0.0, double(m_slider->maximum()))));
}

} // namespace augury
