// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/tune_forms.h"

#include "ui/views/tune/method_forms.h"
#include "ui/views/tune/sweep_form.h"

#include <QVBoxLayout>

namespace augury {

TuneForms::TuneForms(QWidget* parent)
    : QWidget(parent)
    , m_forms{new CopiesForm(this), new SweepForm(this), new GreedyForm(this),
          new WeightsForm(this), new SensitivityForm(this)}
{
    // No QStackedWidget: it is as high as the highest of its pages would like to be.
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    for (auto* form : m_forms) {
        column->addWidget(form);
        connect(form, &TuneForm::edited, this, &TuneForms::edited);
    }
    setMethod(TuneMethod::Copies);
}

void TuneForms::setMethod(TuneMethod method)
{
    m_method = method;
    for (auto* form : m_forms) {
        if (form != front())
            form->hide();
    }
    front()->show();
}

void TuneForms::setContext(const FormContext& context)
{
    for (auto* form : m_forms)
        form->setContext(context);
}

} // namespace augury
