// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/image_outcomes.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/votes_data.h"
#include "ui/session/images_model.h"
#include "ui/session/variants_model.h"

#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QStandardItemModel>

#include <algorithm>
#include <cmath>

/// Votes, pictures and models with the inspector's roles, the same at every call.
namespace inspect_data {

inline QString cifarName(int k)
{
    static const char* const names[] = {
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
    return QString::fromLatin1(names[k % 10]);
}

/// The example of the design: 5 of 7 copies say cat 63 %, the original says dog 51 %.
inline augury::VotesData catAndDog()
{
    augury::VotesData votes;
    for (int k = 0; k < 10; ++k)
        votes.classNames.push_back(cifarName(k));
    votes.baseline = {0.01, 0.005, 0.03, 0.38, 0.03, 0.51, 0.02, 0.01, 0.003, 0.002};
    votes.merged = {0.005, 0.002, 0.02, 0.63, 0.02, 0.299, 0.014, 0.008, 0.001, 0.001};
    votes.counts = {0, 0, 0, 5, 0, 2, 0, 0, 0, 0};
    votes.copies = 7;
    votes.label = 3;
    votes.original = 5;
    votes.winner = 3;
    return votes;
}

/// K classes with scores that fall off from the winner, the last one.
inline augury::VotesData manyClasses(int classes, int copies, int nameLength = 0)
{
    augury::VotesData votes;
    double mergedSum = 0;
    double baselineSum = 0;
    for (int k = 0; k < classes; ++k) {
        QString name = QStringLiteral("class %1").arg(k + 1);
        if (nameLength > 0)
            name = (name
                + QStringLiteral(" of many words that says all there is to say of it, and more"))
                       .left(nameLength);
        votes.classNames.push_back(name);
        const double place = (classes - 1 - k + 7 * k * (k % 3)) % classes;
        votes.merged.push_back(std::exp(-place));
        votes.baseline.push_back(std::exp(-0.6 * ((k + 3) % classes)));
        mergedSum += votes.merged.back();
        baselineSum += votes.baseline.back();
    }
    for (int k = 0; k < classes; ++k) {
        votes.merged[std::size_t(k)] /= mergedSum;
        votes.baseline[std::size_t(k)] /= baselineSum;
    }
    const auto highest = [](const std::vector<double>& v) {
        return int(std::max_element(v.begin(), v.end()) - v.begin());
    };
    votes.winner = highest(votes.merged);
    votes.original = highest(votes.baseline);
    votes.counts.assign(std::size_t(classes), 0);
    votes.counts[std::size_t(votes.winner)] = copies;
    votes.copies = copies;
    votes.label = classes / 2;
    return votes;
}

/// Every pixel has its own colour or grey level.
inline QImage picture(int width, int height, bool colour, int seed = 0)
{
    QImage image(width, height, colour ? QImage::Format_RGB32 : QImage::Format_Grayscale8);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double u = (x + 0.5) / width - 0.5;
            const double v = (y + 0.5) / height - 0.5;
            const double body = std::exp(-14 * (u * u * (1 + seed % 3) + v * v));
            const int grey = int(240 * body) + (x * 7 + y * 13 + seed * 5) % 12;
            image.setPixelColor(x, y,
                colour ? QColor(grey, (grey + 40 * (seed % 5)) % 256, 200 - grey / 2)
                       : QColor(grey, grey, grey));
        }
    return image;
}

/// Light or dark, as the charts are.
inline QPalette paletteOf(bool dark)
{
    const auto style = dark ? augury::ChartStyle::darkMode() : augury::ChartStyle::light();
    QPalette palette;
    palette.setColor(QPalette::Base, style.background);
    palette.setColor(QPalette::Text, style.text);
    palette.setColor(QPalette::Highlight, QColor(0x2a, 0x82, 0xda));
    return palette;
}

inline int pixelsOf(const QImage& image, const QColor& colour, const QRect& within)
{
    int count = 0;
    for (int y = within.top(); y <= within.bottom(); ++y)
        for (int x = within.left(); x <= within.right(); ++x)
            count += image.pixelColor(x, y) == colour;
    return count;
}

/// One row an outcome, again and again; every `missing`-th picture is still being made.
inline void fillImages(QStandardItemModel& model, int rows, int side, int missing = 0)
{
    std::vector<QImage> pictures;
    for (int i = 0; i < 24; ++i)
        pictures.push_back(picture(side, side, i % 4 == 0, i));
    for (int row = 0; row < rows; ++row) {
        auto* item = new QStandardItem(QStringLiteral("Test image %1").arg(row));
        if (missing == 0 || row % missing != missing - 1)
            item->setData(pictures[std::size_t(row) % pictures.size()], Qt::DecorationRole);
        item->setData(row % 5, augury::ImagesModel::OutcomeRole);
        item->setData(quint32(row), augury::ImagesModel::PositionRole);
        model.appendRow(item);
    }
}

inline QStandardItem* variant(const QImage& picture, const QString& words, const QString& slotWords,
    int votes, const QString& className, double probability, int verdict)
{
    using augury::VariantsModel;
    auto* item = new QStandardItem(words);
    item->setData(picture, Qt::DecorationRole);
    item->setData(slotWords, VariantsModel::SlotsRole);
    item->setData(votes, VariantsModel::VotesRole);
    item->setData(className, VariantsModel::ClassRole);
    item->setData(probability, VariantsModel::ProbabilityRole);
    item->setData(verdict, VariantsModel::VerdictRole);
    return item;
}

inline void fillVariants(QStandardItemModel& model, int width, int height, bool colour, bool model_)
{
    const auto add = [&](const char* words, const char* slotWords, int votes, const char* name,
                         double p, int verdict) {
        model.appendRow(variant(picture(width, height, colour, model.rowCount()),
            QString::fromUtf8(words), QString::fromUtf8(slotWords), votes,
            model_ ? QString::fromUtf8(name) : QString(), p, model_ ? verdict : -1));
    };
    add("original", "original", 1, "dog", 0.51, 0);
    add("flip", "copies 1, 5, 6 and 7 (×4)", 4, "cat", 0.71, 1);
    add("+3.1°, zoom 1.04", "copy 2", 1, "dog", 0.55, 0);
    add("flip, −9.8°, shift +2.1 px across and −1.4 px down, zoom 0.93, brightness 1.12, shear "
        "+4.0°",
        "copies 3, 8, 9, 10, 11, 12, 13 and 14 (×8)", 8,
        "a class whose name is far too long for one tile", 0.997, 1);
    add("shift +1.0 px across", "copy 4", 1, "cat", 0.58, -1);
}

} // namespace inspect_data
