// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <tuple>
#include <utility>
#include <vector>

namespace augury::testing {

using Pixels = std::vector<std::uint8_t>;

inline Pixels rendered(const Pixels& pixels, const Shape& shape, const Transform& transform)
{
    Pixels out(pixels.size(), 99);
    render({shape, pixels}, transform, out);
    return out;
}

/// A Transform's affine, flips and quarter turn, straight from the formula in transform.h: the
/// forward map p′ = c + t + R · S · Z · ((p − q) / f), inverted numerically, on an image that goes
/// on for ever in all directions and is bilinear between its pixels, all in double.
class AffineReference {
public:
    AffineReference(const Pixels& pixels, const Shape& shape, const Transform& transform)
        : m_pixels(pixels)
        , m_shape(shape)
        , m_transform(transform)
        , m_origin(forward({0, 0}))
        , m_right(forward({1, 0}) - m_origin)
        , m_down(forward({0, 1}) - m_origin)
    {
    }

    /// Value of the output at (x, y), and how far bytes and 1/32 px may take render() from it.
    std::pair<double, double> at(int x, int y, int channel) const
    {
        // The quarter turn comes last, then the flips: undone in the opposite order. Turned to the
        // left, the pixel that was at the top left is at the bottom left.
        if (m_transform.quarterTurn)
            std::tie(x, y) = std::pair(m_shape.width - 1 - y, x);
        if (m_transform.horizontalFlip)
            x = m_shape.width - 1 - x;
        if (m_transform.verticalFlip)
            y = m_shape.height - 1 - y;
        // Cramer's rule for right · sx + down · sy = (x, y) − origin.
        const Point goal = Point(x, y) - m_origin;
        const double determinant = cross(m_right, m_down);
        const double sx = cross(goal, m_down) / determinant;
        const double sy = cross(m_right, goal) / determinant;
        return {bilinear(sx, sy, channel), bound(sx, sy, channel)};
    }

    /// Output bytes that lie outside the bound.
    int outside(const Pixels& out) const
    {
        int wrong = 0;
        std::size_t i = 0;
        for (int y = 0; y < m_shape.height; ++y)
            for (int x = 0; x < m_shape.width; ++x)
                for (int c = 0; c < m_shape.channels; ++c, ++i) {
                    const auto [value, bound] = at(x, y, c);
                    wrong += std::abs(out[i] - value) > bound ? 1 : 0;
                }
        return wrong;
    }

private:
    using Point = std::complex<double>; ///< x and y, y down

    static double cross(Point a, Point b) { return a.real() * b.imag() - a.imag() * b.real(); }

    Point forward(Point p) const
    {
        const auto& t = m_transform;
        constexpr double degree = std::numbers::pi / 180;
        const double width = m_shape.width;
        const double height = m_shape.height;
        // The crop's left edge is at −½ (place 0) or so far left of W − ½ as it is wide (place 1).
        const double left = -0.5 + t.cropX * (width - t.cropFraction * width);
        const double top = -0.5 + t.cropY * (height - t.cropFraction * height);
        const Point middle(left + t.cropFraction * width / 2, top + t.cropFraction * height / 2);
        p = (p - middle) / t.cropFraction;
        p = {p.real() * t.zoomX, p.imag() * t.zoomY};
        p = {p.real() - std::tan(t.shear * degree) * p.imag(), p.imag()};
        // A turn to the left as seen, with y down, is one by −θ in the complex plane.
        p *= std::polar(1.0, -t.rotation * degree);
        return p + Point((width - 1) / 2, (height - 1) / 2)
            + Point(t.shiftX * width, t.shiftY * height);
    }
    double pixel(int x, int y, int channel) const
    {
        switch (m_transform.fillMode) {
        case FillMode::Nearest:
            x = std::clamp(x, 0, m_shape.width - 1);
            y = std::clamp(y, 0, m_shape.height - 1);
            break;
        case FillMode::Constant:
            if (x < 0 || x >= m_shape.width || y < 0 || y >= m_shape.height)
                return m_transform.fillValue;
            break;
        case FillMode::Reflect: // dcba|abcd|dcba
            x = mirrored(x, m_shape.width);
            y = mirrored(y, m_shape.height);
            break;
        case FillMode::Wrap:
            x = modulo(x, m_shape.width);
            y = modulo(y, m_shape.height);
            break;
        }
        const int index = (y * m_shape.width + x) * m_shape.channels + channel;
        return m_pixels[static_cast<std::size_t>(index)];
    }
    static int modulo(int i, int n) { return ((i % n) + n) % n; }
    static int mirrored(int i, int n)
    {
        const int folded = modulo(i, 2 * n);
        return folded < n ? folded : 2 * n - 1 - folded;
    }
    double bilinear(double x, double y, int channel) const
    {
        const int left = static_cast<int>(std::floor(x));
        const int top = static_cast<int>(std::floor(y));
        const double u = x - left;
        const double v = y - top;
        return (1 - v) * ((1 - u) * pixel(left, top, channel) + u * pixel(left + 1, top, channel))
            + v * ((1 - u) * pixel(left, top + 1, channel) + u * pixel(left + 1, top + 1, channel));
    }
    /// OpenCV adds two terms rounded to 1/1024 px (½ of one each) and rounds the sum to 1/32 px:
    /// the sample lies within q = 1/64 + 1/1024 px on each axis. Going there along x and then y
    /// changes a bilinear surface by at most q times its steepest slope along each, which is the
    /// largest step between neighbours in the cells touched. Then one rounding to a whole byte
    /// (½; 0.01 for OpenCV's own weights, fractions of 32768).
    double bound(double x, double y, int channel) const
    {
        constexpr double q = 1.0 / 64 + 1.0 / 1024;
        const auto low = [](double v) { return static_cast<int>(std::floor(v - q)); };
        const auto high = [](double v) { return static_cast<int>(std::floor(v + q)) + 1; };
        double slopeX = 0;
        double slopeY = 0;
        for (int j = low(y); j <= high(y); ++j)
            for (int i = low(x); i <= high(x); ++i) {
                const double here = pixel(i, j, channel);
                if (i < high(x))
                    slopeX = std::max(slopeX, std::abs(pixel(i + 1, j, channel) - here));
                if (j < high(y))
                    slopeY = std::max(slopeY, std::abs(pixel(i, j + 1, channel) - here));
            }
        return q * (slopeX + slopeY) + 0.51;
    }

    const Pixels& m_pixels;
    Shape m_shape;
    Transform m_transform;
    Point m_origin;
    Point m_right;
    Point m_down;
};

} // namespace augury::testing
