// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_file_format.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/chart_table.h"

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
/// Where there is far more room than a chart needs (4K), everything in it grows: texts, marks and
/// lines.
class ChartWidget : public QWidget {
    Q_OBJECT
public:
    ~ChartWidget() override;

    QString title() const;
    void setTitle(const QString& title); ///< may be empty: no title line

    const ChartStyle& chartStyle() const;
    void setChartStyle(const ChartStyle& style); ///< no longer follows the palette
    void followPalette(); ///< again

    QString summary() const; ///< the data in one sentence
    virtual ChartTable table() const; ///< the newest data, for the table beside the chart

    using QWidget::render;
    /// The chart with its newest data as `logical` × devicePixelRatio pixels; below 1: a preview.
    QImage render(QSize logical, double devicePixelRatio = 1.0);
    /// Writes a .png (of logical × scale pixels, 1 ≤ scale ≤ 4), .svg or .pdf file (which have no
    /// pixels: `scale` means nothing to them), whole or not at all. Throws augury::Error naming the
    /// file: unknown extension, size that cannot be, folder that cannot be written, no fonts.
    void save(const QString& path, QSize logical = QSize(1200, 750), double scale = 2.0);
    /// The file's bytes; `path` is for messages only.
    QByteArray encoded(
        ChartFileFormat format, QSize logical, double scale, const QString& path = {});

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
    /// What the keyboard's cursor is on, in the scene; empty: none. Drawn on screen while the chart
    /// has the focus, never into a file.
    virtual QRectF cursorPlace() const;
    /// Tells screen readers what the cursor is on, and says it beside the cursor when that has
    /// just moved. Empty: nothing.
    void setCursorText(const QString& text, bool moved = true);
    /// A place of the widget in the scene, which is then laid out for the widget's size.
    QPointF toScene(const QPointF& position);

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
    void layOut(const QSizeF& size); ///< of the scene
    void describe();
    void paintScene(QPainter& painter, const QSizeF& size);
    void renderTo(QPainter& painter, QSize logical);

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
