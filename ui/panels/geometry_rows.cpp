// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/geometry_rows.h"

#include "ui/panels/augment_row.h"
#include "ui/panels/range_row.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace augury {

GeometryRows::GeometryRows(QWidget* parent)
    : PolicyGroup(tr("Geometry"),
        tr("Flips, turns, shifts, shear, zoom and crop: where each pixel of a copy comes from"),
        parent)
{
    setUnfolded(true);
    addFlips();
    addMoves();
    addZoom();
    addCrop();
}

void GeometryRows::addFlips()
{
    const auto make = [this](const QString& label, const QString& toolTip) {
        auto* box = new QCheckBox(label, content());
        box->setToolTip(toolTip);
        return box;
    };
    auto* horizontal =
        make(tr("&Horizontal flip"), tr("Mirror left and right, for half of the copies"));
    auto* vertical =
        make(tr("&Vertical flip"), tr("Mirror top and bottom, for half of the copies"));
    auto* flips = new QHBoxLayout;
    flips->addWidget(horizontal);
    flips->addSpacing(12);
    flips->addWidget(vertical);
    flips->addStretch();
    column()->addLayout(flips);
    auto* turns = make(tr("&Quarter turns"),
        tr("Turn each copy by 0, 90, 180 or 270°, each as likely; for square images only"));
    column()->addWidget(turns);
    bind(horizontal, &AugmentPolicy::horizontalFlip);
    bind(vertical, &AugmentPolicy::verticalFlip);
    bind(turns, &AugmentPolicy::rotate90);
}

void GeometryRows::addMoves()
{
    const SliderSpin::Scale percent{1, 100, 1, 1, QStringLiteral(" %")};
    auto* rotation = new AugmentRow(tr("&Rotation ±"),
        tr("Turn each copy by a random angle of at most this much"),
        {1, 180, 1, 1, QStringLiteral("°")}, 10, content());
    auto* width = new AugmentRow(tr("&Width shift ±"),
        tr("Move each copy sideways by at most this share of the width"), percent, 10, content());
    auto* height = new AugmentRow(tr("H&eight shift ±"),
        tr("Move each copy up or down by at most this share of the height"), percent, 10,
        content());
    auto* shear = new AugmentRow(tr("S&hear ±"),
        tr("Lean each copy to the left or right by a random angle of at most this much"),
        {1, 45, 1, 1, QStringLiteral("°"), 89}, 5, content());
    for (auto* row : {rotation, width, height, shear})
        column()->addWidget(row);
    bind(rotation, &AugmentPolicy::rotationRange);
    bind(width, &AugmentPolicy::widthShiftRange, 100);
    bind(height, &AugmentPolicy::heightShiftRange, 100);
    bind(shear, &AugmentPolicy::shearRange);
}

void GeometryRows::addZoom()
{
    RangeRow::Options options;
    options.label = tr("&Zoom");
    options.toolTip = tr("Magnify each copy by a random factor; below 1 shrinks it");
    options.lowName = tr("Smallest zoom");
    options.highName = tr("Largest zoom");
    // Most zooms lie near 1; the spin boxes take all that the policy allows.
    options.scale = {0.5, 2, 0.01, 2, QStringLiteral("×"), 100};
    options.typedLow = 0.01;
    options.first = {0.9, 1.1};
    auto* zoom = new RangeRow(options, content());
    auto* axes = new QCheckBox(tr("&Independent axes"), zoom);
    axes->setToolTip(tr("One factor for the width and another for the height"));
    zoom->addBelow(axes);
    column()->addWidget(zoom);
    bind(zoom, &AugmentPolicy::zoomRange);
    bindDetail(axes, &AugmentPolicy::zoomIndependentAxes);
}

void GeometryRows::addCrop()
{
    RangeRow::Options options;
    options.label = tr("Cr&op");
    options.toolTip =
        tr("Cut out a part of each copy, anywhere inside the image, and enlarge it to "
           "the whole: its sides are this share of the image's");
    options.lowName = tr("Smallest crop");
    options.highName = tr("Largest crop");
    options.scale = {10, 100, 1, 1, QStringLiteral(" %")};
    options.typedLow = 1;
    options.first = {0.8, 1};
    options.unit = 100;
    auto* crop = new RangeRow(options, content());
    column()->addWidget(crop);
    bind(crop, &AugmentPolicy::cropFraction);
}

} // namespace augury
