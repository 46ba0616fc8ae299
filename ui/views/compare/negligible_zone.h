// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDoubleSpinBox;

namespace augury {

/// How large a lift must be to matter, in points.
class NegligibleZone : public QWidget {
    Q_OBJECT

public:
    explicit NegligibleZone(QWidget* parent = nullptr);

    double points() const;
    void setPoints(double points); ///< says nothing
    QDoubleSpinBox* box() const { return m_box; }

Q_SIGNALS:
    void edited(double points); ///< by the user

private:
    QDoubleSpinBox* m_box;
};

} // namespace augury
