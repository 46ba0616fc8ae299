// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>

class QCheckBox;
class QDoubleSpinBox;

namespace augury {

/// "Best up to 2.0× the cost": the most that a configuration may cost.
class CostLimit : public QWidget {
    Q_OBJECT

public:
    explicit CostLimit(QWidget* parent = nullptr);

    std::optional<double> limit() const;
    void setLimit(std::optional<double> limit); ///< without a signal
    QCheckBox* checkBox() const { return m_check; }
    QDoubleSpinBox* box() const { return m_box; }

Q_SIGNALS:
    void edited(std::optional<double> limit); ///< by the user

private:
    QCheckBox* m_check;
    QDoubleSpinBox* m_box;
};

} // namespace augury
