// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/pool_allocator.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <iostream> // c10's 1.13 headers use std::ostream without it
#include <mutex>
#include <new>
#include <vector>

namespace augury {

namespace {

constexpr std::size_t alignment = 64;
constexpr std::size_t smallLimit = 4096; // below it glibc's own caches are as fast
constexpr unsigned stepsPerOctave = 8; // at most 1/8 of a block is wasted

/// Stands in front of every block, so that the deleter knows what it is given back.
struct alignas(alignment) Header {
    std::size_t sizeClass; // 0: small, not pooled
    std::size_t bytes;
};

struct SizeClass {
    std::size_t index;
    std::size_t bytes;
};

SizeClass sizeClassOf(std::size_t n)
{
    const auto octave = static_cast<unsigned>(std::bit_width(n) - 1);
    const std::size_t step = (std::size_t(1) << octave) / stepsPerOctave;
    const std::size_t bytes = (n + step - 1) / step * step;
    const auto roundedOctave = static_cast<unsigned>(std::bit_width(bytes) - 1);
    const std::size_t roundedStep = (std::size_t(1) << roundedOctave) / stepsPerOctave;
    const std::size_t within = (bytes - (std::size_t(1) << roundedOctave)) / roundedStep;
    return {roundedOctave * stepsPerOctave + within, bytes};
}

class FreeLists {
public:
    explicit FreeLists(std::size_t maxIdleBytes)
        : m_maxIdle(maxIdleBytes)
    {
    }

    void* take(const SizeClass& wanted)
    {
        const std::lock_guard lock(m_mutex);
        auto& list = m_lists[wanted.index];
        if (list.empty())
            return nullptr;
        void* block = list.back();
        list.pop_back();
        m_idle -= wanted.bytes;
        return block;
    }

    bool keep(void* block, const Header& header)
    {
        const std::lock_guard lock(m_mutex);
        if (m_idle + header.bytes > m_maxIdle)
            return false;
        try {
            m_lists[header.sizeClass].push_back(block);
        } catch (const std::bad_alloc&) {
            return false; // a deleter must not throw
        }
        m_idle += header.bytes;
        return true;
    }

    void releaseAll()
    {
        const std::lock_guard lock(m_mutex);
        for (auto& list : m_lists) {
            for (void* block : list)
                std::free(block);
            list.clear();
        }
        m_idle = 0;
    }

private:
    std::mutex m_mutex;
    std::array<std::vector<void*>, 64 * stepsPerOctave> m_lists;
    std::size_t m_idle = 0;
    std::size_t m_maxIdle;
};

// LibTorch's deleters are plain functions, so the lists must be reachable without an object. They
// are never destroyed: static tensors may be freed after main.
FreeLists* freeLists = nullptr;

void release(void* data)
{
    if (!data)
        return;
    void* block = static_cast<std::byte*>(data) - sizeof(Header);
    const Header header = *static_cast<Header*>(block);
    if (header.sizeClass == 0 || !freeLists->keep(block, header))
        std::free(block);
}

c10::DataPtr allocateBytes(std::size_t n)
{
    const c10::Device cpu(c10::DeviceType::CPU);
    if (n == 0)
        return {nullptr, nullptr, &release, cpu};
    const std::size_t wanted = n + sizeof(Header);
    SizeClass size{0, wanted};
    void* block = nullptr;
    if (wanted > smallLimit) {
        size = sizeClassOf(wanted);
        block = freeLists->take(size);
    }
    if (!block && ::posix_memalign(&block, alignment, size.bytes) != 0) {
        freeLists->releaseAll();
        if (::posix_memalign(&block, alignment, size.bytes) != 0)
            throw std::bad_alloc();
    }
    new (block) Header{size.index, size.bytes};
    void* data = static_cast<std::byte*>(block) + sizeof(Header);
    return {data, data, &release, cpu};
}

/// LibTorch 1.13 declares `allocate(size_t) const`, 2.x `allocate(size_t)` and a pure copy_data,
/// with a third parameter in the newest. All are here, so without `override`.
class PoolAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(std::size_t n) const { return allocateBytes(n); }
    c10::DataPtr allocate(std::size_t n) { return allocateBytes(n); }
    c10::DeleterFnPtr raw_deleter() const { return &release; }
    void copy_data(void* to, const void* from, std::size_t n) const { std::memcpy(to, from, n); }
    void copy_data(void* to, const void* from, std::size_t n, bool) const
    {
        std::memcpy(to, from, n);
    }
};

} // namespace

void installPoolAllocator(std::size_t maxIdleBytes)
{
    freeLists = new FreeLists(maxIdleBytes);
    static PoolAllocator allocator;
    constexpr std::uint8_t aboveTheDefault = 200;
    c10::SetCPUAllocator(&allocator, aboveTheDefault);
}

} // namespace augury
