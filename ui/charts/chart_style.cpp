// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_style.h"

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double relativeLuminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

QColor mix(const QColor& from, const QColor& to, double share)
{
    const auto channel = [share](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * share));
    };
    return QColor(channel(from.red(), to.red()), channel(from.green(), to.green()),
        channel(from.blue(), to.blue()));
}

/// The colour, moved towards black or white only as far as the contrast asks for.
QColor readable(const QColor& colour, const QColor& background, double contrast)
{
    const QColor black(0, 0, 0);
    const QColor white(255, 255, 255);
    const QColor towards =
        contrastRatio(black, background) > contrastRatio(white, background) ? black : white;
    constexpr int steps = 50;
    for (int i = 0; i < steps; ++i) {
        const QColor candidate = mix(colour, towards, double(i) / steps);
        if (contrastRatio(candidate, background) >= contrast)
            return candidate;
    }
    return towards;
}

QPalette plainPalette(const QColor& background, const QColor& text)
{
    QPalette palette;
    palette.setColor(QPalette::Base, background);
    palette.setColor(QPalette::Text, text);
    return palette;
}

// Okabe & Ito, "Color Universal Design" (2008).
constexpr QRgb orange = 0xffe69f00;
constexpr QRgb skyBlue = 0xff56b4e9;
constexpr QRgb bluishGreen = 0xff009e73;
constexpr QRgb blue = 0xff0072b2;
constexpr QRgb vermillion = 0xffd55e00;
constexpr QRgb reddishPurple = 0xffcc79a7;
constexpr QRgb yellow = 0xfff0e442;

} // namespace

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = relativeLuminance(a);
    const double second = relativeLuminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

ChartStyle ChartStyle::fromPalette(const QPalette& palette)
{
    ChartStyle style;
    style.background = palette.color(QPalette::Active, QPalette::Base).toRgb();
    style.background.setAlpha(255);
    style.dark = style.background.lightnessF() < 0.5;
    const QColor& background = style.background;
    const auto series = [&background](QRgb rgb) { return readable(QColor(rgb), background, 3.0); };

    style.text = readable(palette.color(QPalette::Active, QPalette::Text), background, 7.0);
    style.mutedText = readable(mix(background, style.text, 0.65), background, 4.5);
    style.axis = readable(mix(background, style.text, 0.5), background, 3.0);
    style.grid = mix(background, style.text, style.dark ? 0.17 : 0.12);

    style.baseline = series(style.dark ? orange : vermillion);
    style.tta = series(style.dark ? skyBlue : blue);
    style.lift = series(bluishGreen);
    style.train = style.tta;
    style.validation = style.baseline;
    style.fixed = series(bluishGreen);
    style.broken = series(reddishPurple);
    style.bothRight = readable(mix(background, style.text, 0.42), background, 3.0);
    style.bothWrong = readable(mix(background, style.text, 0.72), background, 3.0);
    // On light, orange must be darkened until it is close to vermillion, which therefore goes
    // further.
    const QColor darkOrange = readable(QColor(vermillion), background, style.dark ? 3.0 : 5.8);
    style.runs = {series(blue), series(orange), series(bluishGreen), series(reddishPurple),
        series(skyBlue), darkOrange, series(yellow), style.text};
    return style;
}

ChartStyle ChartStyle::light()
{
    return fromPalette(plainPalette(QColor(255, 255, 255), QColor(26, 26, 26)));
}

ChartStyle ChartStyle::darkMode()
{
    return fromPalette(plainPalette(QColor(30, 31, 34), QColor(238, 238, 238)));
}

} // namespace augury
