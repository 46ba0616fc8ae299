// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/fused_layers.h"

#include "core/model/architecture.h"
#include "core/model/fused_kernels.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace augury {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

constexpr auto channelsLast = at::MemoryFormat::ChannelsLast;
constexpr std::int64_t imagesPerBlock = 4;

/// Pointers into one [rows × c] float tensor, a row a quantity.
class Rows {
public:
    Rows(std::int64_t rows, std::int64_t c)
        : tensor(at::empty({rows, c}))
        , m_c(c)
    {
    }
    explicit Rows(at::Tensor existing)
        : tensor(std::move(existing))
        , m_c(tensor.size(1))
    {
    }
    float* operator[](std::int64_t row) const { return tensor.data_ptr<float>() + row * m_c; }

    at::Tensor tensor;

private:
    std::int64_t m_c;
};

/// Two double sums a channel over n images, block by block, then over the blocks in order.
template <class AddImages>
std::vector<double> sumOverImages(std::int64_t n, std::int64_t c, const AddImages& addImages)
{
    const std::int64_t blocks = (n + imagesPerBlock - 1) / imagesPerBlock;
    const auto width = static_cast<std::size_t>(2 * c);
    std::vector<double> partial(static_cast<std::size_t>(blocks) * width);
    at::parallel_for(0, blocks, 1, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t block = from; block < to; ++block) {
            double* sums = partial.data() + static_cast<std::size_t>(block) * width;
            addImages(
                block * imagesPerBlock, std::min(n, (block + 1) * imagesPerBlock), sums, sums + c);
        }
    });
    std::vector<double> total(width);
    for (std::size_t i = 0; i < partial.size(); ++i)
        total[i % width] += partial[i];
    return total;
}

struct ReluBatchNormPool : Function<ReluBatchNormPool> {
    enum SavedRow { Mean, InverseStd, Sign, SavedRows };

    static at::Tensor forward(AutogradContext* context, const at::Tensor& convolved,
        const at::Tensor& weight, const at::Tensor& bias, at::Tensor runningMean,
        at::Tensor runningVar)
    {
        const auto x = convolved.contiguous(channelsLast);
        const kernels::Dims dims{x.size(2), x.size(3), x.size(1)};
        const std::int64_t n = x.size(0);
        const std::int64_t c = dims.c;
        const std::int64_t step = dims.h * dims.w * c;
        const auto* in = x.data_ptr<float>();

        const auto sums = sumOverImages(
            n, c, [&](std::int64_t from, std::int64_t to, double* sum, double* sumSq) {
                kernels::reluSums(in + from * step, (to - from) * dims.h * dims.w, c, sum, sumSq);
            });
        const Rows saved(SavedRows, c);
        const Rows affine(2, c); // scale, shift
        const auto count = static_cast<double>(n * dims.h * dims.w);
        for (std::int64_t k = 0; k < c; ++k) {
            const double mean = sums[static_cast<std::size_t>(k)] / count;
            const double variance =
                std::max(0.0, sums[static_cast<std::size_t>(c + k)] / count - mean * mean);
            const double inverseStd = 1 / std::sqrt(variance + batchNormEpsilon);
            const double scale = static_cast<double>(weight.data_ptr<float>()[k]) * inverseStd;
            saved[Mean][k] = static_cast<float>(mean);
            saved[InverseStd][k] = static_cast<float>(inverseStd);
            saved[Sign][k] = scale < 0 ? -1.0F : 1.0F;
            affine[0][k] = static_cast<float>(scale);
            affine[1][k] =
                static_cast<float>(static_cast<double>(bias.data_ptr<float>()[k]) - mean * scale);
            update(runningMean, k, mean);
            update(runningVar, k, variance * count / std::max(1.0, count - 1));
        }

        auto out =
            at::empty({n, c, dims.h / 2, dims.w / 2}, x.options().memory_format(channelsLast));
        const std::int64_t outStep = (dims.h / 2) * (dims.w / 2) * c;
        auto* to = out.data_ptr<float>();
        at::parallel_for(0, n, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                kernels::poolForward(
                    in + i * step, dims, saved[Sign], affine[0], affine[1], to + i * outStep);
        });
        context->save_for_backward({x, weight, saved.tensor});
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto variables = context->get_saved_variables();
        const auto& x = variables[0];
        const auto* gamma = variables[1].data_ptr<float>();
        const Rows saved(variables[2]);
        const auto dy = gradients[0].contiguous(channelsLast);
        const kernels::Dims dims{x.size(2), x.size(3), x.size(1)};
        const std::int64_t n = x.size(0);
        const std::int64_t c = dims.c;
        const std::int64_t step = dims.h * dims.w * c;
        const std::int64_t outStep = (dims.h / 2) * (dims.w / 2) * c;
        const auto* in = x.data_ptr<float>();
        const auto* dOut = dy.data_ptr<float>();

        const auto sums = sumOverImages(
            n, c, [&](std::int64_t from, std::int64_t to, double* sumDy, double* sumDyU) {
                for (std::int64_t i = from; i < to; ++i)
                    kernels::poolBackwardSums(in + i * step, dOut + i * outStep, dims, saved[Sign],
                        saved[Mean], sumDy, sumDyU);
            });
        auto dWeight = at::empty({c});
        auto dBias = at::empty({c});
        // With û = (u − μ)/σ and D = dL/dy at the selected positions (0 elsewhere), BatchNorm's
        // gradient (γ/σ)(D − mean D − û·mean(D û)) is a·D + b·u + k.
        const Rows factors(3, c);
        const auto count = static_cast<double>(n * dims.h * dims.w);
        for (std::int64_t k = 0; k < c; ++k) {
            const auto inverseStd = static_cast<double>(saved[InverseStd][k]);
            const double sumDy = sums[static_cast<std::size_t>(k)];
            const double sumDyHat = sums[static_cast<std::size_t>(c + k)] * inverseStd;
            dBias.data_ptr<float>()[k] = static_cast<float>(sumDy);
            dWeight.data_ptr<float>()[k] = static_cast<float>(sumDyHat);
            const double a = static_cast<double>(gamma[k]) * inverseStd;
            const double b = -a * sumDyHat * inverseStd / count;
            factors[0][k] = static_cast<float>(a);
            factors[1][k] = static_cast<float>(b);
            factors[2][k] =
                static_cast<float>(-a * sumDy / count - b * static_cast<double>(saved[Mean][k]));
        }
        auto dx = at::empty_like(x);
        auto* dIn = dx.data_ptr<float>();
        at::parallel_for(0, n, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                kernels::poolBackward(in + i * step, dOut + i * outStep, dims, saved[Sign],
                    factors[0], factors[1], factors[2], dIn + i * step);
        });
        return {dx, dWeight, dBias, {}, {}};
    }

    static void update(at::Tensor& running, std::int64_t k, double batchValue)
    {
        float& value = running.data_ptr<float>()[k];
        value = static_cast<float>(static_cast<double>(value)
            + batchNormMomentum * (batchValue - static_cast<double>(value)));
    }
};

/// Calls f(begin, end) for an even share of n rows a thread. Autograd is off inside.
template <class F> void splitRows(std::int64_t n, const F& f)
{
    const std::int64_t parts = std::clamp<std::int64_t>(at::get_num_threads(), 1, n);
    at::parallel_for(0, parts, 1, [&](std::int64_t from, std::int64_t to) {
        const at::NoGradGuard noGrad; // not inherited from the calling thread
        for (std::int64_t i = from; i < to; ++i)
            f(n * i / parts, n * (i + 1) / parts);
    });
}

struct ParallelLinear : Function<ParallelLinear> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x,
        const at::Tensor& weight, const at::Tensor& bias)
    {
        auto out = at::empty({x.size(0), weight.size(0)}, x.options());
        const auto transposed = weight.t();
        splitRows(x.size(0), [&](std::int64_t from, std::int64_t to) {
            auto rows = out.slice(0, from, to);
            at::addmm_out(rows, bias, x.slice(0, from, to), transposed);
        });
        context->save_for_backward({x, weight});
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const auto x = saved[0].detach();
        const auto weight = saved[1].detach();
        const auto dy = gradients[0].contiguous();
        auto dx = at::empty_like(x);
        auto dWeight = at::empty_like(weight);
        const auto dyTransposed = dy.t();
        splitRows(x.size(0), [&](std::int64_t from, std::int64_t to) {
            auto rows = dx.slice(0, from, to);
            at::mm_out(rows, dy.slice(0, from, to), weight);
        });
        splitRows(weight.size(0), [&](std::int64_t from, std::int64_t to) {
            auto rows = dWeight.slice(0, from, to);
            at::mm_out(rows, dyTransposed.slice(0, from, to), x);
        });
        return {dx, dWeight, dy.sum(0)};
    }
};

} // namespace

at::Tensor fusedReluBatchNormPool(const at::Tensor& x, const BatchNorm& bn)
{
    return ReluBatchNormPool::apply(x, bn.weight, bn.bias, bn.runningMean, bn.runningVar);
}

at::Tensor parallelLinear(const at::Tensor& x, const Affine& layer)
{
    return ParallelLinear::apply(x, layer.weight, layer.bias);
}

} // namespace augury
