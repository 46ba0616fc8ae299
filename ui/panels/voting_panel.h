// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"

class QCheckBox;
class QComboBox;

namespace augury {

class SliderSpin;

/// How many copies look at an image, and how they vote.
class VotingPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit VotingPanel(Settings& settings, QWidget* parent = nullptr);

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;

private:
    void addRules();

    SliderSpin* m_copies;
    QComboBox* m_rule;
    QCheckBox* m_includeOriginal;
    QLabel* m_problems;
};

} // namespace augury
