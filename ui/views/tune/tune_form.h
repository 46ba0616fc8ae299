// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/tune/tune_spec.h"

#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace augury {

class Section;

/// What a form offers that is not its own.
struct FormContext {
    ExperimentConfig config; ///< Setup's
    std::optional<Shape> shape; ///< of the images in hand
    std::size_t validationImages = 0;
};

/// What one method is asked to try. A subclass has the fields of its method; what is wrong stands
/// below the field.
class TuneForm : public QWidget {
    Q_OBJECT

public:
    TuneMethod method() const { return m_method; }
    TuneSpec spec() const;
    void showSpec(const TuneSpec& spec); ///< without a signal
    void setContext(const FormContext& context);
    /// What is wrong, a sentence each; none: it can be started.
    const QStringList& problems() const { return m_problems; }

Q_SIGNALS:
    void edited(); ///< by the user; problems() are up to date

protected:
    explicit TuneForm(TuneMethod method, QWidget* parent);

    virtual void read(TuneSpec& spec) const = 0; ///< what the fields say
    virtual void showFields(const TuneSpec& spec) = 0; ///< into the fields, without signals
    virtual void showContext(const FormContext&) { }
    /// Of texts that are no settings yet.
    virtual std::vector<Problem> textProblems() const { return {}; }

    /// `keys`: parts of the names that problems of this field have.
    void addField(const QString& label, QWidget* field, const QString& toolTip,
        const std::vector<QString>& keys);
    void addNote(const QString& text);
    /// Images and seed; and the method's usual settings into all fields.
    void finish();
    void onEdited();

    const FormContext& context() const { return m_context; }

private:
    void check();

    TuneMethod m_method;
    TuneSpec m_spec; ///< what no field shows of it
    FormContext m_context;
    Section* m_section;
    QSpinBox* m_images = nullptr;
    QDoubleSpinBox* m_seed = nullptr;
    std::vector<std::pair<std::vector<QString>, QLabel*>> m_lines;
    QStringList m_problems;
};

} // namespace augury
