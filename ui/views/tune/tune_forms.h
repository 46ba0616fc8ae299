// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/tune/tune_form.h"

#include <array>

namespace augury {

/// The forms of all methods, one in front.
class TuneForms : public QWidget {
    Q_OBJECT

public:
    explicit TuneForms(QWidget* parent = nullptr);

    void setMethod(TuneMethod method);
    void setContext(const FormContext& context);
    TuneForm* form(TuneMethod method) const { return m_forms[static_cast<std::size_t>(method)]; }
    TuneForm* front() const { return form(m_method); }

Q_SIGNALS:
    void edited(); ///< the one in front

private:
    TuneMethod m_method = TuneMethod::Copies;
    std::array<TuneForm*, tuneMethods> m_forms{};
};

} // namespace augury
