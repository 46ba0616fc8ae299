// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/tune/tune_form.h"

class QComboBox;
class QSpinBox;

namespace augury {

class CheckRow;
class FieldRow;
class PolicyChecks;
class VoteFields;

/// Every number of copies of several policies.
class CopiesForm : public TuneForm {
    Q_OBJECT
public:
    explicit CopiesForm(QWidget* parent = nullptr);
    PolicyChecks* policies() const { return m_policies; }
    QSpinBox* copies() const { return m_copies; }

protected:
    void read(TuneSpec& spec) const override;
    void showFields(const TuneSpec& spec) override;
    void showContext(const FormContext& context) override;
    std::vector<Problem> textProblems() const override;

private:
    PolicyChecks* m_policies;
    QSpinBox* m_copies;
    VoteFields* m_vote;
};

/// What the greedy search may choose from.
class GreedyForm : public TuneForm {
    Q_OBJECT
public:
    explicit GreedyForm(QWidget* parent = nullptr);
    CheckRow* pool() const { return m_pool; }
    QComboBox* source() const { return m_source; } ///< what the random ones are drawn from

protected:
    void read(TuneSpec& spec) const override;
    void showFields(const TuneSpec& spec) override;
    void showContext(const FormContext& context) override;
    std::vector<Problem> textProblems() const override;

private:
    CheckRow* m_pool;
    QSpinBox* m_random;
    QComboBox* m_source;
    std::vector<AugmentPolicy> m_sources; ///< that they can be drawn from; Setup's is the last
    QSpinBox* m_steps;
};

/// Which fixed views are weighed.
class WeightsForm : public TuneForm {
    Q_OBJECT
public:
    explicit WeightsForm(QWidget* parent = nullptr);

protected:
    void read(TuneSpec& spec) const override;
    void showFields(const TuneSpec& spec) override;
    void showContext(const FormContext& context) override;
    std::vector<Problem> textProblems() const override;

private:
    PolicyChecks* m_policies;
    VoteFields* m_vote;
};

/// One field from off to strong.
class SensitivityForm : public TuneForm {
    Q_OBJECT
public:
    explicit SensitivityForm(QWidget* parent = nullptr);
    FieldRow* field() const { return m_field; }

protected:
    void read(TuneSpec& spec) const override;
    void showFields(const TuneSpec& spec) override;
    void showContext(const FormContext& context) override;
    std::vector<Problem> textProblems() const override;

private:
    FieldRow* m_field;
    QSpinBox* m_copies;
    VoteFields* m_vote;
    QComboBox* m_base;
    std::vector<AugmentPolicy> m_bases; ///< nothing, Setup's, that of a search
};

/// A spin box for a number of copies, 1…1000.
QSpinBox* makeCopiesBox(const QString& prefix, QWidget* parent);

} // namespace augury
