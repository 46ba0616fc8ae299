// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/decimated_line.h"

#include <cmath>

namespace augury {

DecimatedLine::DecimatedLine(qsizetype most)
    : m_most(most)
{
}

void DecimatedLine::append(const QPointF& point)
{
    if (!std::isfinite(point.x()) || !std::isfinite(point.y()))
        return;
    m_newest = point;
    if (m_seen++ % m_stride != 0)
        return;
    if (m_kept.size() + 1 >= m_most) { // one place is the newest point's
        for (qsizetype i = 1; 2 * i < m_kept.size(); ++i)
            m_kept[i] = m_kept[2 * i];
        m_kept.resize((m_kept.size() + 1) / 2);
        m_stride *= 2;
        if ((m_seen - 1) % m_stride != 0)
            return;
    }
    m_kept.append(point);
}

void DecimatedLine::clear()
{
    *this = DecimatedLine(m_most);
}

QList<QPointF> DecimatedLine::points() const
{
    QList<QPointF> points = m_kept;
    if (!points.isEmpty() && points.back() != m_newest)
        points.append(m_newest);
    return points;
}

} // namespace augury
