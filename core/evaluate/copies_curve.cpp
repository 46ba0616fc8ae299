// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/copies_curve.h"

#include "core/support/error.h"
#include "core/tta/vote_merger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace augury {

namespace {

double mean(double sum, std::int64_t images)
{
    return images == 0 ? std::numeric_limits<double>::quiet_NaN()
                       : sum / static_cast<double>(images);
}

double nllOf(double score)
{
    return -std::log(std::max(score, 1e-12));
}

/// Tells which rows of a table an image has met before.
class RowsMet {
public:
    explicit RowsMet(std::size_t rows)
        : m_lastImage(rows, 0)
    {
    }
    /// Whether `row` is new to `image`; images come one after another.
    bool meet(std::size_t image, std::uint32_t row)
    {
        const auto mark = static_cast<std::uint32_t>(image) + 1;
        return std::exchange(m_lastImage[row], mark) != mark;
    }

private:
    std::vector<std::uint32_t> m_lastImage; ///< plus one; 0: none
};

std::size_t requireLabel(const VoteTable& table, std::size_t image)
{
    const auto label = table.labels[image];
    if (label < 0)
        throw Error(fmt::format(
            "Image {} has no label, so accuracy cannot be measured.", table.images[image]));
    if (label >= table.classes)
        throw Error(fmt::format("Image {} is labelled {}, but the model knows {} classes (0 to "
                                "{}).",
            table.images[image], label, table.classes, table.classes - 1));
    return static_cast<std::size_t>(label);
}

} // namespace

double CopiesCurve::baselineAccuracy() const
{
    return mean(static_cast<double>(baselineCorrect), images);
}

double CopiesCurve::baselineNll() const
{
    return mean(baselineNllSum, images);
}

double CopiesCurve::accuracy(const CurvePoint& point) const
{
    return mean(static_cast<double>(point.correct), images);
}

double CopiesCurve::nll(const CurvePoint& point) const
{
    return mean(point.nllSum, images);
}

double CopiesCurve::cost(const CurvePoint& point) const
{
    return mean(static_cast<double>(point.forwardPasses), images);
}

CopiesCurve& CopiesCurve::operator+=(const CopiesCurve& other)
{
    if (points.size() != other.points.size())
        throw Error(fmt::format(
            "Curves of {} and {} copies cannot be added.", points.size(), other.points.size()));
    images += other.images;
    baselineCorrect += other.baselineCorrect;
    baselineNllSum += other.baselineNllSum;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& more = other.points[i];
        points[i].correct += more.correct;
        points[i].fixed += more.fixed;
        points[i].broken += more.broken;
        points[i].forwardPasses += more.forwardPasses;
        points[i].nllSum += more.nllSum;
    }
    return *this;
}

CopiesCurve copiesCurve(const VoteTable& table, const VoteOptions& options)
{
    requireMergeable(table, table.copies, options);
    CopiesCurve curve;
    curve.images = static_cast<std::int64_t>(table.size());
    curve.points.resize(static_cast<std::size_t>(table.copies));
    for (int n = 1; n <= table.copies; ++n)
        curve.points[static_cast<std::size_t>(n) - 1].copies = n;
    if (table.size() == 0)
        return curve;

    VoteMerger merger(options, table.classes);
    std::vector<double> scores(static_cast<std::size_t>(table.classes));
    RowsMet met(static_cast<std::size_t>(table.forwardPasses()));
    for (std::size_t image = 0; image < table.size(); ++image) {
        const auto label = requireLabel(table, image);
        const auto original = table.view(image, 0);
        const bool before = static_cast<std::size_t>(argmax(original)) == label;
        curve.baselineCorrect += before ? 1 : 0;
        curve.baselineNllSum += nllOf(static_cast<double>(original[label]));
        merger.start(table.outputs(image, 0));
        met.meet(image, table.row(image, 0));
        std::int64_t passes = 1;
        for (auto& point : curve.points) {
            merger.add(table.outputs(image, point.copies));
            const bool after = static_cast<std::size_t>(merger.merge(scores).predicted) == label;
            passes += met.meet(image, table.row(image, point.copies)) ? 1 : 0;
            point.correct += after ? 1 : 0;
            point.fixed += !before && after ? 1 : 0;
            point.broken += before && !after ? 1 : 0;
            point.forwardPasses += passes;
            point.nllSum += nllOf(scores[label]);
        }
    }
    return curve;
}

} // namespace augury
