// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/confirmation.h"
#include "core/tune/trial.h"
#include "core/tune/tune_spec.h"

#include <QImage>
#include <QString>

#include <memory>
#include <optional>
#include <span>
#include <vector>

/// What the charts of tuning draw, and how it is read off a search's trials.
namespace augury {

enum class TuneMeasure { Accuracy, Lift, Nll, LogLikelihood };

struct TunePoint {
    double x = 0;
    double y = 0;
    double low = 0; ///< 95 % interval; NaN: none
    double high = 0;
    int trial = -1; ///< its index
    QString toolTip;
};
struct TuneSeries {
    QString name;
    std::vector<TunePoint> points; ///< by x
    std::optional<std::size_t> ringed; ///< where it stops gaining
};
struct TuneCurve {
    TuneMeasure measure = TuneMeasure::Accuracy;
    QString xTitle; ///< "copies", "rotation (°)", "views"
    std::vector<TuneSeries> series; ///< at most eight are told apart
    std::optional<double> baseline;
    QString ringName; ///< what the ring says: "fewest copies that no larger number beats"
    struct Thumbnail {
        double x = 0;
        QImage image;
    };
    std::vector<Thumbnail> thumbnails; ///< along the x axis; may be empty
    bool wholeX = true; ///< x is a count
};

/// Accuracies and lifts in percent and points. Of a stopped or running search: what there is.
TuneCurve copiesCurves(const TuneSpec& spec, std::span<const Trial> trials, TuneMeasure measure);
TuneCurve greedyCurve(const TuneSpec& spec, std::span<const Trial> trials, TuneMeasure measure);
/// Without thumbnails.
TuneCurve sensitivityCurve(
    const TuneSpec& spec, std::span<const Trial> trials, TuneMeasure measure);

struct HeatCell {
    double value = 0; ///< NaN: nothing there yet
    int trial = -1; ///< the one whose value it is
    bool faded = false; ///< from fewer images than others: dropped
    bool marked = false; ///< the best
    QString toolTip;
};
struct HeatMap {
    QString rowTitle;
    QString columnTitle;
    QString valueTitle; ///< with its unit: "lift (points)", "weight"
    std::vector<QString> rows;
    std::vector<QString> columns;
    std::vector<HeatCell> cells; ///< [row × column]
    bool diverging = true; ///< 0 is the middle of the colours; else the bottom
    int decimals = 2;
    std::vector<QImage> columnPictures = {}; ///< above the columns; may be empty
};
/// Places of two axes of axesOf(spec) against each other: of the trials that share a cell the best
/// lift. `column` = −1: one column.
HeatMap sweepMap(const TuneSpec& spec, std::span<const Trial> trials, int row, int column);
/// θ of a learned trial, a view a column: one row, or one a class.
HeatMap weightsMap(const Trial& learned, std::span<const std::string> classNames);

struct ParetoPoint {
    double cost = 1; ///< passes an image
    double lift = 0; ///< points
    double low = 0; ///< known on the front and of the best; else NaN: of thousands it takes long
    double high = 0;
    int trial = -1;
    bool onFront = false;
    bool best = false;
    bool faded = false; ///< dropped
    QString toolTip; ///< empty: that of `facts`, when it is asked for
    std::shared_ptr<const Trial> facts = {}; ///< the trial, without its `right`; may be null
};
std::vector<ParetoPoint> paretoPoints(std::span<const Trial> trials);

/// One line of the confirmation's chart.
struct ForestRow {
    QString name;
    struct Mark {
        double lift = 0; ///< points
        double low = 0;
        double high = 0;
    };
    std::optional<Mark> search; ///< on the validation images
    Mark test;
};
std::vector<ForestRow> forestRows(std::span<const Confirmation> confirmations);

} // namespace augury
