// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"

class QCheckBox;
class QComboBox;

namespace augury {

class AugmentRow;
class SliderSpin;

/// Which random augmentations make the copies.
class AugmentationPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit AugmentationPanel(Settings& settings, QWidget* parent = nullptr);

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;

private:
    void buildZoom(class Section& section);
    void buildFill(class Section& section);
    void editZoom();

    QCheckBox* m_horizontalFlip;
    QCheckBox* m_verticalFlip;
    AugmentRow* m_rotation;
    AugmentRow* m_widthShift;
    AugmentRow* m_heightShift;
    QCheckBox* m_zoom;
    SliderSpin* m_zoomLow;
    SliderSpin* m_zoomHigh;
    QCheckBox* m_zoomAxes;
    QComboBox* m_fillMode;
    QSpinBox* m_fillValue;
    QLabel* m_problems;
    QLabel* m_words;
};

} // namespace augury
