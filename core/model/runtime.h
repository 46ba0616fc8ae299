// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace augury {

/// Sets LibTorch up for speed, once a process: the pooling allocator, OpenBLAS and OpenCV on one
/// thread each (we split the work ourselves). Every entry to LibTorch calls it; cheap after the
/// first. Thread-safe.
void prepareRuntime();

/// Cores this process may use.
int availableThreads();

/// Makes LibTorch use n threads (0: all cores) for work started from the calling thread.
void useThreads(int n);

/// "cpu", and "cuda:0" … for each CUDA device that this LibTorch can use.
std::vector<std::string> availableDevices();

/// Throws Error, saying which devices there are, unless `device` is usable.
void requireDevice(const std::string& device);

/// "1.13.1"
std::string torchVersion();

} // namespace augury
