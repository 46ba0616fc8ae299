// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/policy_field.h"
#include "core/tune/tune_spec.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace augury {

/// One field of a policy and the strengths that it takes: from, to, in how many steps.
class FieldRow : public QWidget {
    Q_OBJECT

public:
    enum class Remove { No, Yes };

    explicit FieldRow(Remove remove, QWidget* parent = nullptr);

    FieldRange range() const;
    void setRange(const FieldRange& range); ///< without a signal; uneven strengths are kept
    QComboBox* field() const { return m_field; }

Q_SIGNALS:
    void edited(); ///< by the user
    void removeClicked();

private:
    const PolicyField& chosen() const;
    void chooseField(); ///< its usual range
    void showField(); ///< units and limits
    void showStrengths();
    void onEdited();

    QComboBox* m_field;
    QLabel* m_fromLabel;
    QDoubleSpinBox* m_from;
    QLabel* m_toLabel;
    QDoubleSpinBox* m_to;
    QLabel* m_stepsLabel;
    QSpinBox* m_steps; ///< strengths, both ends included
    QToolButton* m_remove;
    QLabel* m_strengths;
    std::vector<double> m_kept; ///< given from outside; in force until the user edits
};

/// `count` strengths from `low` to `high`, evenly; one: `high` alone.
std::vector<double> evenStrengths(double low, double high, int count);

} // namespace augury
