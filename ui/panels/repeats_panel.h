// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"

namespace augury {

/// How many networks a comparison trains.
class RepeatsPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit RepeatsPanel(Settings& settings, QWidget* parent = nullptr);

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;

private:
    QSpinBox* m_repeats;
    QLabel* m_problems;
};

} // namespace augury
