// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QString>

#include <vector>

namespace augury {

class Plot;

/// Finds points of a plot by place and by arrow keys.
class PointPicker {
public:
    struct Point {
        QPointF at; ///< data coordinates
        int line = 0; ///< left and right stay on one
        int trial = -1;
        QString text = {};
    };

    explicit PointPicker(const Plot& plot);
    void setPoints(std::vector<Point> points);
    const std::vector<Point>& points() const { return m_points; }

    /// The nearest to a place in the root's coordinates; −1 when none is within `reach`.
    int nearest(const QPointF& root, double reach) const;
    /// Left and right: to the next x on the line, there to the nearest y; up and down: to the next
    /// of the same x; Home and End: to the ends of the line. From −1: the first. Stays where there
    /// is none; −1 for another key.
    int after(int point, int key) const;

private:
    const Plot& m_plot;
    std::vector<Point> m_points;
};

} // namespace augury
