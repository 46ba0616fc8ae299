// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/settings.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace augury {

/// A part of the Setup dock that shows some of the settings and writes what the user changes.
class SettingsPanel : public QWidget {
    Q_OBJECT

protected:
    SettingsPanel(Settings& settings, QWidget* parent);

    Settings& settings() { return m_settings; }

    /// The settings into the widgets, without signals from them. Not called for the panel's own
    /// edits, so that a widget does not jump under the hand that moves it.
    virtual void show(const ExperimentConfig& config) = 0;
    /// What is computed from the settings: descriptions, problems. Called after every change.
    virtual void showDerived(const ExperimentConfig&) { }

    /// To be called at the end of a subclass's constructor.
    void refresh();

    template <typename Change> void edit(Change&& change)
    {
        if (m_showing)
            return;
        m_editing = true;
        m_settings.edit(std::forward<Change>(change));
        m_editing = false;
    }

    /// Shows the problems of these fields in `line`, or hides it.
    void showProblems(QLabel* line, std::initializer_list<std::string_view> fields);

private:
    Settings& m_settings;
    bool m_editing = false;
    bool m_showing = false;
};

} // namespace augury
