// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/fused_kernels.h"

#include <cstring>

// Two versions of each kernel, chosen when the program starts. By feature: "arch=haswell" would
// mean that processor and no later one. Not under sanitizers: the choice runs before they are
// ready.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_THREAD__)                      \
    && !defined(__SANITIZE_ADDRESS__)
#define AUGURY_MULTIVERSION __attribute__((target_clones("avx2", "default")))
#else
#define AUGURY_MULTIVERSION
#endif
#define AUGURY_INLINE inline __attribute__((always_inline))

namespace augury::kernels {

namespace {

constexpr std::int64_t lanes = 8;
using Vector = float __attribute__((vector_size(lanes * sizeof(float))));

// References instead of values: passing vectors by value depends on the instruction set.
AUGURY_INLINE void load(Vector& v, const float* from)
{
    std::memcpy(&v, from, sizeof v);
}
AUGURY_INLINE void store(float* to, const Vector& v)
{
    std::memcpy(to, &v, sizeof v);
}
AUGURY_INLINE void relu(Vector& v)
{
    const Vector zero{};
    v = v > zero ? v : zero;
}
AUGURY_INLINE void max(Vector& v, const Vector& other)
{
    v = v > other ? v : other;
}

/// The four values sign·max(x, 0) of a 2×2 cell and the largest of them.
struct Cell {
    Vector x[4];
    Vector u[4];
    Vector largest;

    AUGURY_INLINE void read(
        const float* top, const float* bottom, std::int64_t c, const Vector& sign)
    {
        load(x[0], top);
        load(x[1], top + c);
        load(x[2], bottom);
        load(x[3], bottom + c);
        for (int i = 0; i < 4; ++i) {
            u[i] = x[i];
            relu(u[i]);
            u[i] *= sign;
        }
        largest = u[0];
        for (int i = 1; i < 4; ++i)
            max(largest, u[i]);
    }
};

AUGURY_INLINE void addTo(double* sums, const Vector& v)
{
    for (int i = 0; i < lanes; ++i)
        sums[i] += static_cast<double>(v[i]);
}

} // namespace

AUGURY_MULTIVERSION
void reluSums(const float* x, std::int64_t pixels, std::int64_t c, double* sum, double* sumSq)
{
    constexpr std::int64_t run = 64; // pixels summed in float before they join the double sums
    for (std::int64_t begin = 0; begin < pixels; begin += run) {
        const std::int64_t end = begin + run < pixels ? begin + run : pixels;
        for (std::int64_t k = 0; k < c; k += lanes) {
            Vector s{};
            Vector q{};
            for (std::int64_t p = begin; p < end; ++p) {
                Vector v;
                load(v, x + p * c + k);
                relu(v);
                s += v;
                q += v * v;
            }
            addTo(sum + k, s);
            addTo(sumSq + k, q);
        }
    }
}

AUGURY_MULTIVERSION
void poolForward(const float* x, const Dims& dims, const float* sign, const float* scale,
    const float* shift, float* out)
{
    const std::int64_t c = dims.c;
    const std::int64_t outW = dims.w / 2;
    for (std::int64_t y = 0; y < dims.h / 2; ++y) {
        const float* top = x + 2 * y * dims.w * c;
        const float* bottom = top + dims.w * c;
        float* row = out + y * outW * c;
        for (std::int64_t k = 0; k < c; k += lanes) {
            Vector g;
            Vector factor;
            Vector offset;
            load(g, sign + k);
            load(factor, scale + k);
            load(offset, shift + k);
            factor *= g;
            for (std::int64_t w = 0; w < outW; ++w) {
                Cell cell;
                cell.read(top + 2 * w * c + k, bottom + 2 * w * c + k, c, g);
                store(row + w * c + k, cell.largest * factor + offset);
            }
        }
    }
}

AUGURY_MULTIVERSION
void poolBackwardSums(const float* x, const float* dy, const Dims& dims, const float* sign,
    const float* mean, double* sumDy, double* sumDyU)
{
    const std::int64_t c = dims.c;
    const std::int64_t outW = dims.w / 2;
    for (std::int64_t y = 0; y < dims.h / 2; ++y) {
        const float* top = x + 2 * y * dims.w * c;
        const float* bottom = top + dims.w * c;
        const float* row = dy + y * outW * c;
        for (std::int64_t k = 0; k < c; k += lanes) {
            Vector g;
            Vector m;
            load(g, sign + k);
            load(m, mean + k);
            Vector s{};
            Vector t{};
            for (std::int64_t w = 0; w < outW; ++w) {
                Cell cell;
                cell.read(top + 2 * w * c + k, bottom + 2 * w * c + k, c, g);
                Vector d;
                load(d, row + w * c + k);
                s += d;
                t += d * (cell.largest * g - m);
            }
            addTo(sumDy + k, s);
            addTo(sumDyU + k, t);
        }
    }
}

AUGURY_MULTIVERSION
void poolBackward(const float* x, const float* dy, const Dims& dims, const float* sign,
    const float* a, const float* b, const float* k, float* dx)
{
    const std::int64_t c = dims.c;
    const std::int64_t outW = dims.w / 2;
    const std::int64_t outH = dims.h / 2;
    const Vector zero{};
    for (std::int64_t y = 0; y < outH; ++y) {
        const std::int64_t top = 2 * y * dims.w * c;
        const std::int64_t bottom = top + dims.w * c;
        const float* row = dy + y * outW * c;
        for (std::int64_t n = 0; n < c; n += lanes) {
            Vector g;
            Vector slope;
            Vector factor;
            Vector offset;
            load(g, sign + n);
            load(slope, a + n);
            load(factor, b + n);
            load(offset, k + n);
            const Vector signedFactor = factor * g;
            for (std::int64_t w = 0; w < outW; ++w) {
                const std::int64_t at = 2 * w * c + n;
                Cell cell;
                cell.read(x + top + at, x + bottom + at, c, g);
                Vector rest;
                load(rest, row + w * c + n);
                rest *= slope;
                for (int i = 0; i < 4; ++i) {
                    const auto selected = cell.u[i] == cell.largest;
                    Vector d = signedFactor * cell.u[i] + offset + (selected ? rest : zero);
                    rest = selected ? zero : rest; // the first of equals takes it all
                    d = cell.x[i] > zero ? d : zero;
                    store(dx + (i < 2 ? top : bottom) + at + (i % 2) * c, d);
                }
            }
        }
    }
    // An odd edge is in no cell, but in the batch's statistics.
    const auto edge = [&](std::int64_t yPixel, std::int64_t xPixel) {
        const std::int64_t at = (yPixel * dims.w + xPixel) * c;
        for (std::int64_t n = 0; n < c; ++n)
            dx[at + n] = x[at + n] > 0 ? b[n] * x[at + n] + k[n] : 0.0F;
    };
    for (std::int64_t y = 0; y < dims.h; ++y) {
        for (std::int64_t w = y < 2 * outH ? 2 * outW : 0; w < dims.w; ++w)
            edge(y, w);
    }
}

} // namespace augury::kernels
