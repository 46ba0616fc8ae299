// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/drawn_images.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>
#include <random>

namespace augury::test {

namespace {

using Random = std::mt19937;

double uniform(Random& random, double low, double high)
{
    return low + (high - low) * static_cast<double>(random()) / 4294967296.0;
}

/// Class k: a polygon for even k, a star for odd ones, of 3 + k / 2 points.
QImage drawShape(const QSize& size, int k, bool colour, Random& random)
{
    QImage image(size, QImage::Format_RGB32);
    const int hue = (37 * k + int(uniform(random, -25, 25)) + 360) % 360;
    image.fill(QColor::fromHsv((hue + 150) % 360, 60, int(uniform(random, 30, 110))));
    const int points = 3 + k % 10 / 2;
    const bool star = k % 2 == 1;
    const double room = std::min(size.width(), size.height());
    const double radius = room * uniform(random, 0.25, 0.42);
    const QPointF centre(
        size.width() * uniform(random, 0.42, 0.58), size.height() * uniform(random, 0.42, 0.58));
    const double turn = uniform(random, 0, 2 * std::numbers::pi);
    QPainterPath path;
    for (int i = 0; i < points * (star ? 2 : 1); ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / (points * (star ? 2 : 1));
        const double r = star && i % 2 == 1 ? 0.45 * radius : radius;
        const QPointF at = centre + r * QPointF(std::cos(angle), std::sin(angle));
        i == 0 ? path.moveTo(at) : path.lineTo(at);
    }
    path.closeSubpath();
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(path, QColor::fromHsv(hue, 150, int(uniform(random, 150, 250))));
    }
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor c = image.pixelColor(x, y);
            const int noise = int(uniform(random, -12, 12));
            const auto level = [noise](int v) { return std::clamp(v + noise, 0, 255); };
            image.setPixelColor(x, y, QColor(level(c.red()), level(c.green()), level(c.blue())));
        }
    }
    return colour ? image : image.convertToFormat(QImage::Format_Grayscale8);
}

} // namespace

bool writeShapes(const QString& folder, const QStringList& names, const DrawnImages& drawn)
{
    Random random(11);
    for (qsizetype k = 0; k < names.size(); ++k) {
        const QDir dir(folder + QLatin1Char('/') + names[k]);
        if (!QDir().mkpath(dir.path()))
            return false;
        for (int i = 0; i < drawn.images; ++i) {
            const auto image =
                drawShape(QSize(drawn.side, drawn.side), int(k), drawn.colour, random);
            if (!image.save(dir.filePath(QStringLiteral("%1.png").arg(i, 4, 10, QChar(u'0')))))
                return false;
        }
    }
    return true;
}

QStringList writeOwnImages(const QString& folder)
{
    if (!QDir().mkpath(folder))
        return {};
    struct Own {
        const char* name;
        QSize size;
        bool colour;
    };
    const Own all[] = {{"portrait.png", {120, 300}, true}, {"panorama.png", {900, 160}, true},
        {"tiny.png", {9, 7}, true}, {"grey square.png", {200, 200}, false},
        {"IMG_20240131_174502 a walk along the river, the old mill and its three geese.png",
            {640, 480}, true},
        {"scan 7.png", {1200, 1600}, false}};
    Random random(5);
    QStringList files;
    int k = 0;
    const QDir dir(folder);
    for (const auto& own : all) {
        const auto path = dir.filePath(QString::fromUtf8(own.name));
        if (!drawShape(own.size, k++, own.colour, random).save(path))
            return {};
        files << path;
    }
    QFile broken(dir.filePath(QStringLiteral("broken download.png")));
    if (!broken.open(QIODevice::WriteOnly) || broken.write("<html>404</html>") < 0)
        return {};
    return files << broken.fileName();
}

bool writeSlowImages(const QString& folder)
{
    const QDir dir(folder);
    if (!QDir().mkpath(dir.filePath(QStringLiteral("large"))))
        return false;
    const auto first = dir.filePath(QStringLiteral("large/0.png"));
    Random random(3);
    if (!drawShape({2400, 2400}, 4, true, random).save(first))
        return false;
    for (int i = 1; i < 60; ++i) {
        if (!QFile::copy(first, dir.filePath(QStringLiteral("large/%1.png").arg(i))))
            return false;
    }
    return true;
}

} // namespace augury::test
