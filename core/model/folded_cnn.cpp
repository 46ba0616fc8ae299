// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/folded_cnn.h"

#include "core/model/architecture.h"
#include "core/model/fused_kernels.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace augury {

namespace {

constexpr auto channelsLast = at::MemoryFormat::ChannelsLast;
constexpr std::int64_t largestChunk = 128; // beyond, nothing is gained
constexpr double chunkBytes = 64 << 20; // of conv1's output and its copy, a thread

} // namespace

std::int64_t imagesWithin(double bytes, const Shape& shape, std::int64_t largest)
{
    const double perImage = 2.0 * 32 * shape.height * shape.width * sizeof(float);
    return std::clamp(static_cast<std::int64_t>(bytes / perImage), std::int64_t(1), largest);
}

FusedPool::FusedPool(const BatchNorm& bn)
    : scale((bn.weight / (bn.runningVar + batchNormEpsilon).sqrt()).contiguous())
    , shift((bn.bias - bn.runningMean * scale).contiguous())
{
    sign = at::where(scale < 0, at::full({}, -1.0F), at::full({}, 1.0F)).contiguous();
}

at::Tensor FusedPool::operator()(const at::Tensor& convolved) const
{
    const auto x = convolved.contiguous(channelsLast);
    const kernels::Dims dims{x.size(2), x.size(3), x.size(1)};
    const std::int64_t n = x.size(0);
    auto out = at::empty({n, dims.h / 2, dims.w / 2, dims.c}, x.options());
    const std::int64_t inStep = dims.h * dims.w * dims.c;
    const std::int64_t outStep = (dims.h / 2) * (dims.w / 2) * dims.c;
    for (std::int64_t i = 0; i < n; ++i)
        kernels::poolForward(x.data_ptr<float>() + i * inStep, dims, sign.data_ptr<float>(),
            scale.data_ptr<float>(), shift.data_ptr<float>(), out.data_ptr<float>() + i * outStep);
    return out.permute({0, 3, 1, 2}); // channels_last strides
}

FoldedCnn::FoldedCnn(const Cnn& cnn)
    : m_conv1(cnn.conv1)
    , m_conv2(cnn.conv2)
    , m_fc1(cnn.fc1)
    , m_pool1(cnn.bn1)
    , m_pool2(cnn.bn2)
{
    const FusedPool bn3(cnn.bn3);
    m_fc2.weight = (cnn.fc2.weight * bn3.scale).contiguous();
    m_fc2.bias = cnn.fc2.bias + cnn.fc2.weight.mv(bn3.shift);
}

at::Tensor FoldedCnn::operator()(at::Tensor x) const
{
    x = m_pool1(at::conv2d(x, m_conv1.weight, m_conv1.bias, 1, 1));
    x = m_pool2(at::conv2d(x, m_conv2.weight, m_conv2.bias, 1, 1));
    x = x.permute({0, 2, 3, 1}).flatten(1);
    x = at::linear(x, m_fc1.weight, m_fc1.bias).relu_();
    return at::linear(x, m_fc2.weight, m_fc2.bias);
}

std::int64_t FoldedCnn::chunkOf(std::int64_t n, std::int64_t threads, const Shape& shape)
{
    return std::clamp((n + threads - 1) / threads, std::int64_t(1),
        imagesWithin(chunkBytes, shape, largestChunk));
}

} // namespace augury
