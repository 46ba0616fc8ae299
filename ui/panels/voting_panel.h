// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"

class QCheckBox;
class QComboBox;
class QToolButton;

namespace augury {

class Section;
class SliderSpin;

/// How many copies look at an image, how they vote, and the seed that draws them.
class VotingPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit VotingPanel(Settings& settings, QWidget* parent = nullptr);

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;
    void changeEvent(QEvent* event) override;

private:
    void addRules();
    void buildOriginal();
    void buildSeed();
    void connectFields();
    void showOriginal(const VoteOptions& vote);

    Section* m_section;
    SliderSpin* m_copies; // Tab follows this order
    QComboBox* m_rule;
    SliderSpin* m_temperature;
    SliderSpin* m_gamma;
    QCheckBox* m_includeOriginal;
    SliderSpin* m_blend;
    QDoubleSpinBox* m_seed;
    QToolButton* m_drawAgain;
    QLabel* m_problems;
};

} // namespace augury
