// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/architecture.h"
#include "core/model/classifier.h"
#include "core/model/cnn.h"
#include "core/model/fused_kernels.h"
#include "core/model/pixel_input.h"
#include "core/model/runtime.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace augury {

namespace {

constexpr auto channelsLast = at::MemoryFormat::ChannelsLast;
constexpr std::int64_t largestChunk = 128; // beyond, nothing is gained
constexpr std::int64_t largestDeviceBatch = 1024;
constexpr double chunkBytes = 64 << 20; // of conv1's output and its copy, a thread
constexpr double deviceBytes = 1 << 30;

/// How many images' first activations fit into `bytes`, at least one and at most `largest`.
std::int64_t imagesWithin(double bytes, const Shape& shape, std::int64_t largest)
{
    const double perImage = 2.0 * 32 * shape.height * shape.width * sizeof(float);
    return std::clamp(static_cast<std::int64_t>(bytes / perImage), std::int64_t(1), largest);
}

/// BatchNorm at test time is y = scale·u + shift.
struct ScaleShift {
    at::Tensor scale;
    at::Tensor shift;

    explicit ScaleShift(const BatchNorm& bn)
        : scale((bn.weight / (bn.runningVar + batchNormEpsilon).sqrt()).contiguous())
        , shift((bn.bias - bn.runningMean * scale).contiguous())
    {
    }
};

/// ReLU, BatchNorm and MaxPool of a convolution's output in one pass, whatever the scale's sign.
struct FusedPool {
    at::Tensor sign;
    at::Tensor scale;
    at::Tensor shift;

    explicit FusedPool(const ScaleShift& bn)
        : sign(at::where(bn.scale < 0, at::full({}, -1.0F), at::full({}, 1.0F)).contiguous())
        , scale(bn.scale)
        , shift(bn.shift)
    {
    }

    at::Tensor operator()(const at::Tensor& convolved) const
    {
        const auto x = convolved.contiguous(channelsLast);
        const kernels::Dims dims{x.size(2), x.size(3), x.size(1)};
        const std::int64_t n = x.size(0);
        auto out = at::empty({n, dims.h / 2, dims.w / 2, dims.c}, x.options());
        const std::int64_t inStep = dims.h * dims.w * dims.c;
        const std::int64_t outStep = (dims.h / 2) * (dims.w / 2) * dims.c;
        for (std::int64_t i = 0; i < n; ++i)
            kernels::poolForward(x.data_ptr<float>() + i * inStep, dims, sign.data_ptr<float>(),
                scale.data_ptr<float>(), shift.data_ptr<float>(),
                out.data_ptr<float>() + i * outStep);
        return out.permute({0, 3, 1, 2}); // channels_last strides
    }
};

/// The trained network rearranged for the CPU: ReLU, BatchNorm and pooling fused, bn3 folded into
/// the output layer. Equal to Cnn::forward() to float rounding.
class FoldedCnn {
public:
    explicit FoldedCnn(const Cnn& cnn)
        : m_conv1(cnn.conv1)
        , m_conv2(cnn.conv2)
        , m_fc1(cnn.fc1)
        , m_pool1(ScaleShift(cnn.bn1))
        , m_pool2(ScaleShift(cnn.bn2))
    {
        const ScaleShift bn3(cnn.bn3);
        m_fc2.weight = (cnn.fc2.weight * bn3.scale).contiguous();
        m_fc2.bias = cnn.fc2.bias + cnn.fc2.weight.mv(bn3.shift);
    }

    at::Tensor operator()(at::Tensor x) const
    {
        x = m_pool1(at::conv2d(x, m_conv1.weight, m_conv1.bias, 1, 1));
        x = m_pool2(at::conv2d(x, m_conv2.weight, m_conv2.bias, 1, 1));
        x = x.permute({0, 2, 3, 1}).flatten(1);
        x = at::linear(x, m_fc1.weight, m_fc1.bias).relu_();
        return at::linear(x, m_fc2.weight, m_fc2.bias);
    }

private:
    Affine m_conv1, m_conv2, m_fc1, m_fc2;
    FusedPool m_pool1, m_pool2;
};

class CnnClassifier final : public Classifier {
public:
    CnnClassifier(const Checkpoint& checkpoint, const std::string& device, int threads)
        : m_shape(checkpoint.inputShape)
        , m_classNames(checkpoint.classNames)
        , m_input(checkpoint.normalisation)
        , m_device(device)
        , m_threads(threads)
        , m_cnn(Cnn::fromCheckpoint(checkpoint))
    {
        const c10::InferenceMode inference;
        if (m_device.is_cpu())
            m_folded = std::make_unique<FoldedCnn>(m_cnn);
        else
            m_cnn.to(m_device);
    }

    Shape inputShape() const override { return m_shape; }
    const std::vector<std::string>& classNames() const override { return m_classNames; }

    void logits(std::span<const std::uint8_t> pixels, std::span<float> logits) override
    {
        const auto n = static_cast<std::int64_t>(pixels.size() / m_shape.size());
        if (pixels.size() % m_shape.size() != 0
            || logits.size() != static_cast<std::size_t>(n) * m_classNames.size())
            throw Error("Internal error: the pixels and logits of a prediction do not match.");
        useThreads(m_threads);
        try {
            if (m_folded)
                predictInChunks(pixels, logits, n);
            else
                predictOnDevice(pixels, logits, n);
        } catch (const Error&) {
            throw;
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            throw Error("Predicting failed: " + plainMessage(error));
        }
    }

private:
    at::Tensor input(std::span<const std::uint8_t> pixels, std::int64_t begin, std::int64_t end)
    {
        const auto size = static_cast<std::int64_t>(m_shape.size());
        auto x = at::empty({end - begin, m_shape.height, m_shape.width, m_shape.channels});
        m_input.convert(pixels.subspan(static_cast<std::size_t>(begin * size),
                            static_cast<std::size_t>((end - begin) * size)),
            {x.data_ptr<float>(), static_cast<std::size_t>(x.numel())});
        return x.permute({0, 3, 1, 2});
    }

    void copyOut(const at::Tensor& result, std::span<float> logits, std::int64_t begin)
    {
        const auto plain = result.to(at::kCPU).contiguous();
        std::copy_n(plain.data_ptr<float>(), plain.numel(),
            logits.begin() + begin * static_cast<std::int64_t>(m_classNames.size()));
    }

    void predictInChunks(
        std::span<const std::uint8_t> pixels, std::span<float> logits, std::int64_t n)
    {
        // Few images are spread over all threads; many go in chunks of a size that caches like.
        const std::int64_t threads = at::get_num_threads();
        const std::int64_t chunk = std::clamp((n + threads - 1) / threads, std::int64_t(1),
            imagesWithin(chunkBytes, m_shape, largestChunk));
        at::parallel_for(0, (n + chunk - 1) / chunk, 1, [&](std::int64_t from, std::int64_t to) {
            const c10::InferenceMode inference; // not inherited from the calling thread
            for (std::int64_t i = from; i < to; ++i) {
                const std::int64_t begin = i * chunk;
                const std::int64_t end = std::min(n, begin + chunk);
                copyOut((*m_folded)(input(pixels, begin, end)), logits, begin);
            }
        });
    }

    void predictOnDevice(
        std::span<const std::uint8_t> pixels, std::span<float> logits, std::int64_t n)
    {
        const c10::InferenceMode inference;
        const auto batch = imagesWithin(deviceBytes, m_shape, largestDeviceBatch);
        for (std::int64_t begin = 0; begin < n; begin += batch) {
            const std::int64_t end = std::min(n, begin + batch);
            copyOut(m_cnn.forward(input(pixels, begin, end).to(m_device), false), logits, begin);
        }
    }

    Shape m_shape;
    std::vector<std::string> m_classNames;
    PixelInput m_input;
    at::Device m_device;
    int m_threads;
    Cnn m_cnn;
    std::unique_ptr<FoldedCnn> m_folded;
};

} // namespace

std::unique_ptr<Classifier> makeClassifier(
    const Checkpoint& checkpoint, const std::string& device, int threads)
{
    useThreads(threads);
    requireDevice(device);
    return std::make_unique<CnnClassifier>(checkpoint, device, threads);
}

} // namespace augury
