// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>

namespace augury {

/// A growing line of at most `most` points: evenly thinned as it grows, always with its first and
/// its newest point. Points with a value that is not finite are left out.
class DecimatedLine {
public:
    explicit DecimatedLine(qsizetype most = 1000);

    void append(const QPointF& point);
    void clear();
    bool isEmpty() const { return m_kept.isEmpty(); }
    QList<QPointF> points() const;

private:
    qsizetype m_most;
    qint64 m_stride = 1; ///< every so manyth point is kept
    qint64 m_seen = 0;
    QList<QPointF> m_kept;
    QPointF m_newest;
};

} // namespace augury
