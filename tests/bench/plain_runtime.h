// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include "core/model/runtime.h"
#include "tests/bench/synthetic.h"

#include <c10/core/CPUAllocator.h>

#include <dlfcn.h>

namespace augury::bench {

/// LibTorch as it comes, for as long as it lives: its own allocator, and as many BLAS threads as
/// there are cores.
class PlainRuntime {
public:
    PlainRuntime()
    {
        useThreads(0);
        setBlasThreads(availableThreads());
        m_ours = c10::GetCPUAllocator();
        c10::SetCPUAllocator(c10::GetDefaultCPUAllocator(), 200);
    }
    ~PlainRuntime()
    {
        c10::SetCPUAllocator(m_ours, 200);
        setBlasThreads(1);
    }
    PlainRuntime(const PlainRuntime&) = delete;
    PlainRuntime& operator=(const PlainRuntime&) = delete;

private:
    static void setBlasThreads(int n)
    {
        if (auto* symbol = ::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
            reinterpret_cast<void (*)(int)>(symbol)(n);
    }
    c10::Allocator* m_ours = nullptr;
};

/// The tutorial's network as torch::nn modules.
inline torch::nn::Sequential plainNetwork()
{
    using namespace torch::nn;
    return Sequential(Conv2d(Conv2dOptions(3, 32, 3).padding(1)), ReLU(), BatchNorm2d(32),
        MaxPool2d(2), Conv2d(Conv2dOptions(32, 64, 3).padding(1)), ReLU(), BatchNorm2d(64),
        MaxPool2d(2), Flatten(), Linear(4096, 128), ReLU(), BatchNorm1d(128), Linear(128, 10));
}

/// NCHW floats of n images of a set of the shape `cifar`.
inline torch::Tensor plainInput(const ImageSet& set, std::int64_t begin, std::int64_t n)
{
    const auto size = static_cast<std::int64_t>(set.shape.size());
    auto* pixels = const_cast<std::uint8_t*>(set.pixels.data()) + begin * size;
    return torch::from_blob(pixels, {n, cifar.height, cifar.width, cifar.channels}, torch::kUInt8)
               .permute({0, 3, 1, 2})
               .contiguous()
               .to(torch::kFloat)
        / 255;
}

} // namespace augury::bench
