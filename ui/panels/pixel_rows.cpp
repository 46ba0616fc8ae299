// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pixel_rows.h"

#include "ui/panels/augment_row.h"
#include "ui/panels/range_row.h"

#include <QVBoxLayout>

namespace augury {

PixelRows::PixelRows(QWidget* parent)
    : PolicyGroup(tr("Pixels"),
        tr("Brightness, contrast, channel shift, noise and blur: how bright each pixel of a copy "
           "is. They often hurt a network that was not trained with them."),
        parent)
{
    addLight();
    addNoise();
    addBlur();
}

void PixelRows::addLight()
{
    RangeRow::Options options;
    options.scale = {0, 2, 0.01, 2, QStringLiteral("×"), 100};
    options.first = {0.8, 1.2};
    options.label = tr("Bri&ghtness");
    options.toolTip = tr("Multiply every pixel by a random factor; below 1 darkens the copy");
    options.lowName = tr("Lowest brightness");
    options.highName = tr("Highest brightness");
    auto* brightness = new RangeRow(options, content());
    options.label = tr("Contrast");
    options.toolTip = tr("Spread the pixels around their mean by a random factor; below 1 makes "
                         "the copy flatter");
    options.lowName = tr("Lowest contrast");
    options.highName = tr("Highest contrast");
    auto* contrast = new RangeRow(options, content());
    column()->addWidget(brightness);
    column()->addWidget(contrast);
    bind(brightness, &AugmentPolicy::brightnessRange);
    bind(contrast, &AugmentPolicy::contrastRange);
}

void PixelRows::addNoise()
{
    auto* shift = new AugmentRow(tr("Channel shift ±"),
        tr("Add one random number of grey levels, at most this many, to all channels"),
        {1, 64, 1, 1, {}, 255}, 20, content());
    auto* noise = new AugmentRow(tr("Noise σ"),
        tr("Add Gaussian noise of this standard deviation, in grey levels, to every pixel"),
        {1, 64, 1, 1, {}, 255}, 5, content());
    column()->addWidget(shift);
    column()->addWidget(noise);
    bind(shift, &AugmentPolicy::channelShiftRange);
    bind(noise, &AugmentPolicy::noiseStd);
}

void PixelRows::addBlur()
{
    RangeRow::Options options;
    options.label = tr("Bl&ur σ");
    options.toolTip = tr("Blur each copy with a Gaussian of a random width, in pixels");
    options.lowName = tr("Weakest blur");
    options.highName = tr("Strongest blur");
    options.scale = {0, 5, 0.1, 2, tr(" px"), 50};
    options.off = {0, 0};
    options.first = {0, 1};
    auto* blur = new RangeRow(options, content());
    column()->addWidget(blur);
    bind(blur, &AugmentPolicy::blurSigma);
}

} // namespace augury
