// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/tempered_kernels.h"

#include <cstdint>
#include <cstring>

// Two versions of each kernel, chosen when the program starts; see core/model/fused_kernels.cpp.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_THREAD__)                      \
    && !defined(__SANITIZE_ADDRESS__)
#define AUGURY_MULTIVERSION __attribute__((target_clones("avx2", "default")))
#else
#define AUGURY_MULTIVERSION
#endif
#define AUGURY_INLINE inline __attribute__((always_inline))

namespace augury::kernels {

namespace {

using Doubles = double __attribute__((vector_size(lanes * sizeof(double))));
using Bits = std::uint64_t __attribute__((vector_size(lanes * sizeof(std::uint64_t))));

constexpr double magic = 6755399441055744.0; ///< 1.5 · 2^52: adding it rounds to whole numbers
constexpr double ln2High = 0x1.62e42fefa3800p-1; ///< 40 bits of ln 2, so that n · this is exact
constexpr double ln2Low = 0x1.ef35793c76730p-45;
constexpr double log2e = 1.4426950408889634;

// References instead of values: passing vectors by value depends on the instruction set.
AUGURY_INLINE void load(Doubles& v, const double* from)
{
    std::memcpy(&v, from, sizeof v);
}
AUGURY_INLINE void store(double* to, const Doubles& v)
{
    std::memcpy(to, &v, sizeof v);
}
AUGURY_INLINE void bitsOf(Bits& bits, const Doubles& v)
{
    std::memcpy(&bits, &v, sizeof v);
}
AUGURY_INLINE void fromBits(Doubles& v, const Bits& bits)
{
    std::memcpy(&v, &bits, sizeof v);
}

/// log x of normal x > 0: x = 2^e · m, m in [√½, √2), log m = 2 artanh((m − 1) / (m + 1)).
AUGURY_INLINE void logarithm(Doubles& result, const Doubles& x)
{
    Bits bits;
    bitsOf(bits, x);
    // So that the exponent is that of m in [√½, √2).
    const Bits shifted = bits - 0x3FE6A09E667F3BCDU + 0x3FF0000000000000U;
    Doubles exponent;
    fromBits(exponent, (shifted >> 52) | 0x4330000000000000U); // 2^52 + e + 1023
    exponent -= 4503599627370496.0 + 1023;
    const Bits scale = (shifted >> 52 << 52) - 0x3FF0000000000000U;
    Doubles m;
    fromBits(m, bits - scale);
    const Doubles s = (m - 1) / (m + 1);
    const Doubles q = s * s; // < 0.0295
    Doubles series = q * (2.0 / 17) + 2.0 / 15;
    series = series * q + 2.0 / 13;
    series = series * q + 2.0 / 11;
    series = series * q + 2.0 / 9;
    series = series * q + 2.0 / 7;
    series = series * q + 2.0 / 5;
    series = series * q + 2.0 / 3;
    result = exponent * ln2High + (exponent * ln2Low + s * (series * q + 2));
}

/// exp x for x of −700 … 700.
AUGURY_INLINE void exponential(Doubles& result, const Doubles& x)
{
    const Doubles rounded = x * log2e + magic;
    const Doubles n = rounded - magic;
    const Doubles r = (x - n * ln2High) - n * ln2Low; // at most ln 2 / 2
    Doubles series = r * (1.0 / 479001600) + 1.0 / 39916800;
    series = series * r + 1.0 / 3628800;
    series = series * r + 1.0 / 362880;
    series = series * r + 1.0 / 40320;
    series = series * r + 1.0 / 5040;
    series = series * r + 1.0 / 720;
    series = series * r + 1.0 / 120;
    series = series * r + 1.0 / 24;
    series = series * r + 1.0 / 6;
    series = series * r + 1.0 / 2;
    series = series * r + 1;
    series = series * r + 1;
    Bits bits;
    Bits power;
    bitsOf(bits, series);
    bitsOf(power, rounded);
    fromBits(result, bits + (power << 52));
}

AUGURY_INLINE double total(const Doubles& v)
{
    double sum = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane)
        sum += v[lane];
    return sum;
}

} // namespace

AUGURY_MULTIVERSION
void logMeans(const double* sum, const float* view, double scale, std::size_t n, double* out)
{
    const Doubles least = Doubles{} + leastProbability;
    for (std::size_t i = 0; i < n; i += lanes) {
        Doubles p;
        load(p, sum + i);
        for (std::size_t lane = 0; lane < lanes; ++lane)
            p[lane] += static_cast<double>(view[i + lane]);
        p *= scale;
        p = p > least ? p : least;
        Doubles log;
        logarithm(log, p);
        store(out + i, log);
    }
}

AUGURY_MULTIVERSION
TemperedSums temperedSums(
    const double* logs, const double* weights, std::size_t groups, std::size_t classes, double b)
{
    Doubles logNorms{};
    Doubles means{};
    Doubles variances{};
    for (std::size_t group = 0; group < groups; ++group) {
        Doubles norm{};
        Doubles first{};
        Doubles second{};
        for (std::size_t k = 0; k < classes; ++k, logs += lanes) {
            Doubles l;
            load(l, logs);
            Doubles e;
            exponential(e, l * b);
            norm += e;
            const Doubles weighted = e * l;
            first += weighted;
            second += weighted * l;
        }
        Doubles weight;
        load(weight, weights + group * lanes);
        Doubles log;
        logarithm(log, norm);
        const Doubles mean = first / norm;
        logNorms += weight * log;
        means += weight * mean;
        variances += weight * (second / norm - mean * mean);
    }
    return {total(logNorms), total(means), total(variances)};
}

} // namespace augury::kernels
