// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"
#include "ui/charts/tune_data.h"

#include <QFont>

#include <vector>

namespace augury {

/// Pictures under a plot's x axis, each below its x, and the axis's title below them. Where they
/// would overlap they shrink, and where they are small enough some are left out. Owned by the
/// plot's chart.
class AxisPictures : public QGraphicsItem {
public:
    explicit AxisPictures(Plot& plot);
    void setPictures(std::vector<TuneCurve::Thumbnail> pictures, const QString& title);
    void setLook(const ChartStyle& style, const QFont& font);

    /// Takes what it needs off the bottom of `outer`; returns what is left for the plot.
    QRectF layOut(const QRectF& outer);
    std::vector<QRectF> places() const; ///< those shown, in the root's coordinates

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    struct Shown {
        std::size_t picture = 0;
        QRectF place;
    };
    std::vector<Shown> shown() const;

    Plot& m_plot;
    std::vector<TuneCurve::Thumbnail> m_pictures; ///< by x
    QString m_title;
    QRectF m_strip; ///< in the root's coordinates
    double m_side = 0;
    ChartStyle m_style;
    QFont m_font;
};

} // namespace augury
