// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/presets.h"

#include <QComboBox>

namespace augury {

/// Its name for people.
QString presetTitle(const Preset& preset);

/// The presets by name, and "Custom" for settings that are none of them.
class PresetBox : public QComboBox {
    Q_OBJECT

public:
    explicit PresetBox(QWidget* parent = nullptr);

    /// Shows the preset that these settings are, or Custom.
    void showMatch(const AugmentPolicy& policy, int copies);
    /// The one shown; null for Custom.
    const Preset* preset() const;

Q_SIGNALS:
    void chosen(const augury::Preset& preset); ///< by the user

private:
    int m_match = 0; ///< what the settings are
};

} // namespace augury
