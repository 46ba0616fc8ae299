// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/point_picker.h"

#include "ui/charts/plot.h"

#include <Qt>

#include <cmath>
#include <limits>
#include <tuple>

namespace augury {

namespace {

constexpr double sameX = 1e-9;

} // namespace

PointPicker::PointPicker(const Plot& plot)
    : m_plot(plot)
{
}

void PointPicker::setPoints(std::vector<Point> points)
{
    m_points = std::move(points);
}

int PointPicker::nearest(const QPointF& root, double reach) const
{
    int nearest = -1;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const double distance = QLineF(m_plot.toRoot(m_points[i].at), root).length();
        if (distance <= reach) {
            reach = distance;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

int PointPicker::after(int point, int key) const
{
    const bool across = key == Qt::Key_Left || key == Qt::Key_Right;
    const bool ends = key == Qt::Key_Home || key == Qt::Key_End;
    if (!across && !ends && key != Qt::Key_Up && key != Qt::Key_Down)
        return -1;
    if (m_points.empty() || point < 0)
        return m_points.empty() ? -1 : 0;
    const bool forward = key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Home;
    const double sign = forward ? 1 : -1;
    const Point& from = m_points[static_cast<std::size_t>(point)];
    // The least of: how far along, how far aside, which one.
    using Cost = std::tuple<double, double, int>;
    constexpr double far = std::numeric_limits<double>::infinity();
    Cost least{far, far, 0};
    int result = point;
    for (int i = 0; i < static_cast<int>(m_points.size()); ++i) {
        const Point& to = m_points[static_cast<std::size_t>(i)];
        const double x = to.at.x() - from.at.x();
        const double y = to.at.y() - from.at.y();
        Cost cost;
        if (ends) {
            if (to.line != from.line)
                continue;
            cost = {sign * to.at.x(), std::abs(y), i};
        } else if (across) {
            if (to.line != from.line || sign * x <= sameX)
                continue;
            // Points of nearly one x count as one column.
            cost = {std::round(sign * x / sameX), std::abs(y), i};
        } else {
            // Of equal height they lie one behind the other in the order of their numbers.
            if (std::abs(x) > sameX || i == point || sign * y < 0
                || (y == 0 && sign * (i - point) < 0))
                continue;
            cost = {sign * y, sign * i, i};
        }
        if (cost < least) {
            least = cost;
            result = i;
        }
    }
    return result;
}

} // namespace augury
