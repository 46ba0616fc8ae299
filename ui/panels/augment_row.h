// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/slider_spin.h"

#include <QWidget>

class QCheckBox;

namespace augury {

/// One augmentation: a check box and how strong it is.
class AugmentRow : public QWidget {
    Q_OBJECT

public:
    AugmentRow(const QString& label, const QString& toolTip, const SliderSpin::Scale& scale,
        double initial, QWidget* parent = nullptr);

    /// The strength; 0 when it is off.
    double strength() const;
    /// 0 switches it off and keeps the number for when it is switched on again.
    void setStrength(double strength);

    QCheckBox* checkBox() const { return m_check; }
    SliderSpin* sliderSpin() const { return m_strength; }

Q_SIGNALS:
    void strengthChanged(double strength); ///< by the user

private:
    QCheckBox* m_check;
    SliderSpin* m_strength;
};

} // namespace augury
