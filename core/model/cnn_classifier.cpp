// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier.h"
#include "core/model/folded_cnn.h"
#include "core/model/pixel_input.h"
#include "core/model/runtime.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

namespace augury {

namespace {

constexpr std::int64_t largestDeviceBatch = 1024;
constexpr double deviceBytes = 1 << 30;

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

    OutputKind outputKind() const override { return OutputKind::Logits; }

    void predict(std::span<const std::uint8_t> pixels, std::span<float> logits) override
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
        const auto chunk = FoldedCnn::chunkOf(n, at::get_num_threads(), m_shape);
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
