// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"

class QToolButton;

namespace augury {

/// Seed and number of repeats.
class RepeatsPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit RepeatsPanel(Settings& settings, QWidget* parent = nullptr);

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;
    void changeEvent(QEvent* event) override;

private:
    QDoubleSpinBox* m_seed;
    QToolButton* m_newSeed;
    QSpinBox* m_repeats;
    QLabel* m_problems;
};

} // namespace augury
