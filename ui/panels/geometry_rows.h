// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/policy_group.h"

namespace augury {

/// What moves pixels: flips, quarter turns, rotation, shifts, shear, zoom, crop.
class GeometryRows : public PolicyGroup {
    Q_OBJECT

public:
    explicit GeometryRows(QWidget* parent = nullptr);

private:
    void addFlips();
    void addMoves();
    void addZoom();
    void addCrop();
};

} // namespace augury
