// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"

#include <QFont>
#include <QString>

namespace augury {

/// The texts on a curve's plot: one beside its best point, which it rings, and one on the level
/// line. Each takes the place where it covers least. Owned by the plot's chart.
class CurveLabels : public QGraphicsItem {
public:
    explicit CurveLabels(Plot& plot);

    /// All in data coordinates; `curve` by x.
    void setTexts(const QList<QPointF>& curve, const QPointF& best, const QString& bestText,
        double level, const QString& levelText);
    void setLook(const ChartStyle& style, const QFont& font, double ringSize);
    double heightNeeded() const; ///< above and below the curve

    struct Places {
        QRectF best;
        QRectF level;
    };
    Places places() const; ///< in the chart's coordinates

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    /// How much of the curve and the level line runs through a place.
    double covered(const QRectF& place) const;

    Plot& m_plot;
    QList<QPointF> m_curve;
    QPointF m_best;
    QString m_bestText;
    double m_level = 0;
    QString m_levelText;
    ChartStyle m_style;
    QFont m_font;
    double m_ring = 0;
};

} // namespace augury
