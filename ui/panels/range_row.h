// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "ui/widgets/slider_spin.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace augury {

/// One augmentation that draws a number from low to high: a check box, and while it is on both
/// ends below it. The ends push each other along, so that low ≤ high always holds.
class RangeRow : public QWidget {
    Q_OBJECT

public:
    struct Options {
        QString label;
        QString toolTip;
        QString lowName; ///< what a screen reader says
        QString highName;
        SliderSpin::Scale scale;
        double typedLow = 0; ///< the spin boxes go down to here
        Range off = {}; ///< what the range is while unchecked
        Range first = {}; ///< when it is switched on for the first time
        double unit = 1; ///< how much is shown of 1: 100 for percent
    };

    explicit RangeRow(const Options& options, QWidget* parent = nullptr);

    Range range() const;
    /// `off` unchecks it and keeps the ends for when it is checked again.
    void setRange(const Range& range);
    /// One more thing to choose while it is on.
    void addBelow(QWidget* widget);

    QCheckBox* checkBox() const { return m_check; }

Q_SIGNALS:
    void rangeChanged(const augury::Range& range); ///< by the user

private:
    SliderSpin* addEnd(const QString& label, const QString& name);
    void moveLow(double shown);
    void moveHigh(double shown);
    void showEnds();

    Options m_options;
    Range m_range; ///< exact, where the boxes round
    QCheckBox* m_check;
    QWidget* m_ends;
    QVBoxLayout* m_column;
    SliderSpin* m_low;
    SliderSpin* m_high;
};

} // namespace augury
