// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "core/augment/parameter_slot.h"
#include "core/support/random.h"

#include <fmt/format.h>

namespace augury {

namespace {

/// The draws of one copy. A parameter that is off costs no random number: every slot is read on its
/// own, so that switching one on or off changes no other.
class Draws {
public:
    Draws(std::uint64_t seed, std::uint32_t image, std::uint32_t copy)
        : m_key{seed, image, copy}
    {
    }

    double uniform(ParameterSlot slot) const
    {
        return toUniform(randomWords(m_key.seed, RandomUse::Augmentation, m_key.image, m_key.copy,
            static_cast<std::uint32_t>(slot))[0]);
    }
    double symmetric(ParameterSlot slot, double range) const
    {
        return range == 0 ? 0 : range * (2 * uniform(slot) - 1);
    }
    double between(ParameterSlot slot, const Range& range) const
    {
        return range.low == range.high ? range.low
                                       : range.low + (range.high - range.low) * uniform(slot);
    }

private:
    NoiseKey m_key;
};

void drawAffine(const AugmentPolicy& policy, const Draws& draws, Transform& transform)
{
    transform.rotation = draws.symmetric(ParameterSlot::Rotation, policy.rotationRange);
    transform.shear = draws.symmetric(ParameterSlot::Shear, policy.shearRange);
    transform.shiftX = draws.symmetric(ParameterSlot::ShiftX, policy.widthShiftRange);
    transform.shiftY = draws.symmetric(ParameterSlot::ShiftY, policy.heightShiftRange);
    transform.zoomX = draws.between(ParameterSlot::ZoomX, policy.zoomRange);
    transform.zoomY = policy.zoomIndependentAxes
        ? draws.between(ParameterSlot::ZoomY, policy.zoomRange)
        : transform.zoomX;
    transform.cropFraction = draws.between(ParameterSlot::CropSide, policy.cropFraction);
    if (transform.cropFraction != 1) {
        transform.cropX = draws.uniform(ParameterSlot::CropX);
        transform.cropY = draws.uniform(ParameterSlot::CropY);
    }
}

void drawMoves(const AugmentPolicy& policy, const Draws& draws, Transform& transform)
{
    if (policy.horizontalFlip)
        transform.horizontalFlip = draws.uniform(ParameterSlot::HorizontalFlip) < 0.5;
    if (policy.verticalFlip)
        transform.verticalFlip = draws.uniform(ParameterSlot::VerticalFlip) < 0.5;
    if (policy.rotate90)
        transform.turn(static_cast<int>(4 * draws.uniform(ParameterSlot::QuarterTurns)));
}

void drawPixelValues(const AugmentPolicy& policy, const Draws& draws, Transform& transform)
{
    transform.contrast = draws.between(ParameterSlot::Contrast, policy.contrastRange);
    transform.brightness = draws.between(ParameterSlot::Brightness, policy.brightnessRange);
    transform.channelShift = draws.symmetric(ParameterSlot::ChannelShift, policy.channelShiftRange);
    transform.blurSigma = draws.between(ParameterSlot::Blur, policy.blurSigma);
}

} // namespace

Transform draw(
    const AugmentPolicy& policy, std::uint64_t seed, std::uint32_t image, std::uint32_t copy)
{
    Transform transform;
    if (policy.views) {
        const auto count = static_cast<std::uint32_t>(policy.views->count());
        if (copy < 1 || copy > count)
            throw Error(fmt::format(
                "The policy lists {} view{}: copy {} does not exist. Ask for 1 to {} copies.",
                count, count == 1 ? "" : "s", copy, count));
        transform = policy.views->view(static_cast<int>(copy - 1));
    } else {
        const Draws draws(seed, image, copy);
        drawAffine(policy, draws, transform);
        drawMoves(policy, draws, transform);
        drawPixelValues(policy, draws, transform);
        if (policy.noiseStd != 0) {
            transform.noiseStd = policy.noiseStd;
            transform.noise = {seed, image, copy};
        }
    }
    const bool listed = policy.views && !policy.views->list.empty(); // with borders of their own
    if (!listed && !transform.affineIsIdentity()) {
        transform.fillMode = policy.fillMode;
        if (policy.fillMode == FillMode::Constant)
            transform.fillValue = static_cast<std::uint8_t>(policy.fillValue);
    }
    return transform;
}

} // namespace augury
