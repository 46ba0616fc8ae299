// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/runtime.h"

#include "core/model/pool_allocator.h"
#include "core/support/error.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <opencv2/core/utility.hpp>
#include <torch/cuda.h>
#include <torch/version.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <dlfcn.h>
#include <mutex>
#include <sched.h>
#include <thread>

namespace augury {

void prepareRuntime()
{
    static std::once_flag once;
    std::call_once(once, [] {
        installPoolAllocator(std::size_t(1) << 30);
        // OpenBLAS's threads spin beside OpenMP's after every small product. The symbol exists in
        // its pthread and openmp builds, and not in other BLAS libraries.
        using SetThreads = void (*)(int);
        if (auto* symbol = ::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
            reinterpret_cast<SetThreads>(symbol)(1);
        cv::setNumThreads(1);
        // The same seed should give the same network on a GPU, too, and the CPU's within rounding.
        at::globalContext().setDeterministicCuDNN(true);
        at::globalContext().setBenchmarkCuDNN(false);
        at::globalContext().setAllowTF32CuDNN(false);
    });
}

int availableThreads()
{
    cpu_set_t cpus;
    if (::sched_getaffinity(0, sizeof cpus, &cpus) == 0)
        return CPU_COUNT(&cpus);
    return std::max(1U, std::thread::hardware_concurrency());
}

void useThreads(int n)
{
    prepareRuntime();
    const int wanted = n > 0 ? n : availableThreads();
    // Setting it rebuilds a thread pool inside LibTorch, so only when it changes for this thread.
    if (at::get_num_threads() != wanted)
        at::set_num_threads(wanted);
}

std::vector<std::string> availableDevices()
{
    std::vector<std::string> devices{"cpu"};
    if (torch::cuda::is_available()) {
        const auto n = torch::cuda::device_count();
        for (std::size_t i = 0; i < n; ++i)
            devices.push_back(fmt::format("cuda:{}", i));
    }
    return devices;
}

void requireDevice(const std::string& device)
{
    const auto devices = availableDevices();
    for (const auto& known : devices) {
        if (device == known || (device == "cuda" && known == "cuda:0"))
            return;
    }
    throw Error(fmt::format("Device \"{}\" cannot be used here; there is: {}.{}", device,
        fmt::join(devices, ", "),
        device.starts_with("cuda") && devices.size() == 1
            ? " This LibTorch sees no CUDA device; build with a CUDA LibTorch (see the README)."
            : ""));
}

std::string torchVersion()
{
    return TORCH_VERSION;
}

} // namespace augury
