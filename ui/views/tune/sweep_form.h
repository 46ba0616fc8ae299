// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/tune/tune_form.h"

class QCheckBox;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace augury {

class CheckRow;
class CountsEdit;
class FactorEdit;
class FieldRow;
class PolicyChecks;

/// A grid: policies × fields × copies × rules × the original's part.
class SweepForm : public TuneForm {
    Q_OBJECT

public:
    explicit SweepForm(QWidget* parent = nullptr);

    PolicyChecks* policies() const { return m_policies; }
    CountsEdit* copies() const { return m_copies; }
    CheckRow* rules() const { return m_rules; }
    QPushButton* addFieldButton() const { return m_addField; }
    const std::vector<FieldRow*>& fields() const { return m_fields; }

protected:
    void read(TuneSpec& spec) const override;
    void showFields(const TuneSpec& spec) override;
    void showContext(const FormContext& context) override;
    std::vector<Problem> textProblems() const override;

private:
    QWidget* buildFields();
    QWidget* buildOriginals();
    QWidget* buildHalving();
    FieldRow* appendField();
    void removeField(FieldRow* row);
    void onFieldsChanged();

    PolicyChecks* m_policies;
    std::vector<FieldRow*> m_fields;
    QVBoxLayout* m_fieldColumn = nullptr;
    QPushButton* m_addField = nullptr;
    CountsEdit* m_copies;
    CheckRow* m_rules;
    QCheckBox* m_alone = nullptr; ///< the copies without the original
    QCheckBox* m_included = nullptr;
    QCheckBox* m_blended = nullptr;
    FactorEdit* m_blends = nullptr;
    QCheckBox* m_halving = nullptr;
    QSpinBox* m_halvingStart = nullptr;
};

} // namespace augury
