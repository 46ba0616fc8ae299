// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/policy_group.h"

namespace augury {

/// What changes the pixels' values: brightness, contrast, channel shift, noise, blur.
class PixelRows : public PolicyGroup {
    Q_OBJECT

public:
    explicit PixelRows(QWidget* parent = nullptr);

private:
    void addLight();
    void addNoise();
    void addBlur();
};

} // namespace augury
