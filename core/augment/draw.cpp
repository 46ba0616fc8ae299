// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "core/augment/parameter_slot.h"
#include "core/support/random.h"

namespace augury {

Transform draw(
    const AugmentPolicy& policy, std::uint64_t seed, std::uint32_t image, std::uint32_t copy)
{
    const auto uniform = [&](ParameterSlot slot) {
        return toUniform(randomWords(
            seed, RandomUse::Augmentation, image, copy, static_cast<std::uint32_t>(slot))[0]);
    };
    const auto symmetric = [&](ParameterSlot slot, double range) {
        return range * (2 * uniform(slot) - 1);
    };
    const auto between = [&](ParameterSlot slot, const Range& range) {
        return range.low + (range.high - range.low) * uniform(slot);
    };

    // A parameter that is off costs no random number: every slot is read on its own.
    Transform transform;
    if (policy.horizontalFlip)
        transform.horizontalFlip = uniform(ParameterSlot::HorizontalFlip) < 0.5;
    if (policy.verticalFlip)
        transform.verticalFlip = uniform(ParameterSlot::VerticalFlip) < 0.5;
    if (policy.rotationRange != 0)
        transform.rotation = symmetric(ParameterSlot::Rotation, policy.rotationRange);
    if (policy.widthShiftRange != 0)
        transform.shiftX = symmetric(ParameterSlot::ShiftX, policy.widthShiftRange);
    if (policy.heightShiftRange != 0)
        transform.shiftY = symmetric(ParameterSlot::ShiftY, policy.heightShiftRange);
    if (policy.zoomRange != Range{}) {
        transform.zoomX = between(ParameterSlot::ZoomX, policy.zoomRange);
        transform.zoomY = policy.zoomIndependentAxes
            ? between(ParameterSlot::ZoomY, policy.zoomRange)
            : transform.zoomX;
    }
    if (!transform.affineIsIdentity()) {
        transform.fillMode = policy.fillMode;
        if (policy.fillMode == FillMode::Constant)
            transform.fillValue = static_cast<std::uint8_t>(policy.fillValue);
    }
    return transform;
}

} // namespace augury
