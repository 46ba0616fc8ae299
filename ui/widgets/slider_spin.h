// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace augury {

/// A slider and a spin box that show one number.
class SliderSpin : public QWidget {
    Q_OBJECT

public:
    struct Scale {
        double low = 0;
        double high = 1;
        double step = 1;
        int decimals = 0;
        QString suffix = {};
        double typedHigh = 0; ///< the spin box goes on to here; 0: to `high`
    };

    /// `name` is what a screen reader says.
    SliderSpin(const Scale& scale, const QString& name, QWidget* parent = nullptr);

    double value() const;
    void setValue(double value); ///< without a signal; clamped to the scale
    QDoubleSpinBox* spinBox() const { return m_spin; }
    QSlider* slider() const { return m_slider; }

Q_SIGNALS:
    void valueChanged(double value); ///< by the user

private:
    int toTick(double value) const;

    Scale m_scale;
    QSlider* m_slider;
    QDoubleSpinBox* m_spin;
};

} // namespace augury
