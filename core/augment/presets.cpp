// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/presets.h"

#include <algorithm>

namespace augury {

namespace {

constexpr const char* mirrored =
    "Makes no sense where left and right differ, as in letters, digits and road signs.";
constexpr const char* cropped =
    "Makes no sense where what matters may lie at the edge, nor for a model that never saw its "
    "objects this large.";

Preset enumerated(const char* name, const ViewSets& views, const char* origin, std::string caution)
{
    AugmentPolicy policy;
    policy.views = views;
    return {name, policy, views.count(), origin, std::move(caution)};
}

AugmentPolicy gentle()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.widthShiftRange = 0.05;
    policy.heightShiftRange = 0.05;
    policy.zoomRange = {0.95, 1.05};
    return policy;
}

AugmentPolicy kerasFull()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    policy.rotationRange = 10;
    policy.widthShiftRange = 0.1;
    policy.heightShiftRange = 0.1;
    policy.shearRange = 5;
    policy.zoomRange = {0.9, 1.1};
    policy.zoomIndependentAxes = true; // Keras draws a factor for each axis
    policy.brightnessRange = {0.8, 1.2};
    policy.channelShiftRange = 20;
    return policy;
}

std::vector<Preset> makePresets()
{
    return {
        enumerated("hflip", {.horizontalFlip = true},
            "The image and its mirror image, as VGG averages them (Simonyan and Zisserman 2014).",
            mirrored),
        enumerated("d4", {.horizontalFlip = true, .quarterTurns = true},
            "The eight symmetries of the square, for images without an up or a left: galaxies "
            "(Dieleman, Willett and Dambre 2015), aerial photographs, microscopy.",
            "Needs square images. Makes no sense where up and down differ: half a turn or a "
            "vertical flip turns a 6 into a 9."),
        enumerated("five_crop", {.crops = CropViews::Five},
            "The centre and the four corners at 87.5 % of the side, which are AlexNet's 224 of 256 "
            "pixels (Krizhevsky, Sutskever and Hinton 2012) without their mirror images.",
            cropped),
        enumerated("ten_crop", {.horizontalFlip = true, .crops = CropViews::Five},
            "AlexNet's evaluation (Krizhevsky, Sutskever and Hinton 2012): the five crops at 87.5 "
            "% of the side, and the mirror image of each.",
            std::string(cropped) + " " + mirrored),
        enumerated("multi_scale", {.horizontalFlip = true, .scales = {1, 0.9, 1.1}},
            "Three sizes and their mirror images, after VGG's evaluation at several scales "
            "(Simonyan and Zisserman 2014).",
            std::string("Makes no sense where size tells the classes apart. ") + mirrored),
        {"tutorial", tutorialPolicy(), 7,
            "The tutorial this workbench follows: seven copies, each flipped with probability ½; "
            "they are never more than two distinct images.",
            mirrored},
        {"gentle", gentle(), 7,
            "Flips, shifts of up to 5 % and zooms of up to 5 %: what hardly ever changes what an "
            "image shows.",
            mirrored},
        {"keras_full", kerasFull(), 10,
            "Every random option of Keras's ImageDataGenerator at a moderate strength, to see what "
            "too much of it does.",
            std::string("Its vertical flip turns a 6 into a 9 and a photograph upside down. ")
                + mirrored},
    };
}

} // namespace

std::span<const Preset> presets()
{
    static const std::vector<Preset> all = makePresets();
    return all;
}

const Preset* findPreset(const std::string& name)
{
    const auto all = presets();
    const auto found = std::ranges::find(all, name, &Preset::name);
    return found == all.end() ? nullptr : &*found;
}

std::string presetName(const AugmentPolicy& policy)
{
    const auto all = presets();
    const auto found = std::ranges::find(all, policy, &Preset::policy);
    return found == all.end() ? std::string() : found->name;
}

} // namespace augury
