// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <vector>

class QGraphicsItem;

namespace augury {

struct LegendEntry;

/// A chart as a widget: title, legend and plots, drawn by one code on screen and into files.
/// Follows the palette, light or dark, until setChartStyle pins a style. New data are drawn at
/// most 10 times a second unless a subclass says otherwise, the first at once. Tab reaches it; its
/// accessible name is the title and its accessible description a one-line summary of the data.
class ChartWidget : public QWidget {
    Q_OBJECT
public:
    ~ChartWidget() override;

    QString title() const;
    void setTitle(const QString& title); ///< may be empty: no title line

    const ChartStyle& chartStyle() const;
    void setChartStyle(const ChartStyle& style); ///< no longer follows the palette

    QString summary() const; ///< the data in one sentence

    using QWidget::render;
    /// The chart with its newest data as `logical` × devicePixelRatio pixels.
    QImage render(QSize logical, double devicePixelRatio = 1.0);
    /// Writes a .png (at twice the logical size), .svg or .pdf file, whole or not at all. Throws
    /// augury::Error naming the file: unknown extension, folder that cannot be written, no fonts.
    void save(const QString& path, QSize logical = QSize(1200, 750));

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    explicit ChartWidget(QWidget* parent);

    /// Say that there are new data: refresh() follows, now or within the refresh interval.
    void scheduleRefresh();
    /// The least time from one drawing of new data to the next; 100 ms at first.
    void setRefreshInterval(int milliseconds);
    /// Put the newest data into the plots and call setLegend, setEmptyText and setSummary.
    virtual void refresh() = 0;
    /// Give the plots this part of the scene (below title and legend).
    virtual void layOutPlots(const QRectF& area) = 0;
    /// Apply colours and fonts to the plots. refresh() follows.
    virtual void restyle(const ChartStyle& style, const QFont& font) = 0;
    /// What to say about the data near `position`; empty: nothing.
    virtual QString toolTipAt(const QPointF& position) const;

    QGraphicsItem& plotRoot(); ///< the parent of the plots' items
    void setLegend(std::vector<LegendEntry> entries);
    /// A friendly sentence in place of the plots; empty: plots are shown.
    void setEmptyText(const QString& text);
    void setSummary(const QString& summary);
    /// For the constructor of a subclass, when its plots exist.
    void finishConstruction();

    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyStyle(const ChartStyle& style);
    void refreshNow();
    void draw();
    void layOut(const QSizeF& size);
    void paintScene(QPainter& painter, const QSizeF& size);
    void renderTo(QPainter& painter, QSize logical);

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
