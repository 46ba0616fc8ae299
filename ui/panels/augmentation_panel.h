// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"

#include <optional>

class QComboBox;
class QPushButton;
class QRadioButton;

namespace augury {

class GeometryRows;
class PixelRows;
class PresetBox;
class Section;
class ViewsRows;
struct Preset;

/// What the copies are: drawn at random, or a fixed list of views.
class AugmentationPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit AugmentationPanel(Settings& settings, QWidget* parent = nullptr);

    /// The images' shape, which not every augmentation suits; nothing while there are none.
    void setShape(const std::optional<Shape>& shape);

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;

private:
    void buildPreset(Section& section);
    void buildKind(Section& section);
    void buildFill(Section& section);
    void connectRows();
    void choose(const Preset& preset);
    void choose(bool fixed);
    void remember(const ExperimentConfig& config);
    void showWords(const ExperimentConfig& config);
    template <typename Change> void editPolicy(Change&& change);

    std::optional<Shape> m_shape;
    AugmentPolicy m_random = tutorialPolicy(); ///< what to return to from fixed views
    int m_randomCopies = 7;
    ViewSets m_views{.horizontalFlip = true}; ///< what to return to from random copies

    PresetBox* m_preset; // Tab follows this order
    QRadioButton* m_randomKind;
    QRadioButton* m_fixedKind;
    QLabel* m_words;
    QLabel* m_caution;
    GeometryRows* m_geometry;
    PixelRows* m_pixels;
    ViewsRows* m_viewRows;
    QPushButton* m_toSets; ///< from a list that was found to sets
    QWidget* m_fillRow;
    QComboBox* m_fillMode;
    QSpinBox* m_fillValue;
    QLabel* m_problems;
};

} // namespace augury
