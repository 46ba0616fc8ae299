// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/settings_panel.h"

#include <QLabel>

namespace augury {

SettingsPanel::SettingsPanel(Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
{
    connect(&settings, &Settings::changed, this, &SettingsPanel::refresh);
}

void SettingsPanel::refresh()
{
    if (!m_editing) {
        m_showing = true;
        show(m_settings.config());
        m_showing = false;
    }
    showDerived(m_settings.config());
}

void SettingsPanel::showProblems(QLabel* line, std::initializer_list<std::string_view> fields)
{
    const auto text = m_settings.problemText(fields);
    line->setText(text);
    line->setVisible(!text.isEmpty());
}

} // namespace augury
