// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"
#include "ui/charts/chart_file_format.h"
#include "ui/session/worker.h"

#include <QObject>
#include <QSize>
#include <QString>

#include <memory>

class QImage;

namespace augury {

class ChartWidget;

/// How a chart becomes a picture.
struct ChartPicture {
    QSize size{1200, 750}; ///< in the units of a screen; letters are as large as in the window
    double scale = 2; ///< pixels to one of them, 1 to 4; for a PNG
    QString title; ///< above it; may be empty

    QSize pixels() const { return (QSizeF(size) * scale).toSize(); }
};

/// The most pixels of a picture: 256 MB of memory.
inline constexpr qint64 mostPicturePixels = 64'000'000;

/// The chart as it is now, in the light style and with letters for print, whatever the window
/// looks like. For the window's thread.
QImage pictureOf(ChartWidget& chart, const ChartPicture& how);

/// Writes pictures and reports without holding up the window: widgets draw on its thread, one chart
/// a turn of its loop, and everything else happens on a thread of its own. Files are written whole
/// or not at all. Let it get idle before it goes.
class Exporter : public QObject {
    Q_OBJECT

public:
    explicit Exporter(QObject* parent = nullptr);
    ~Exporter() override;

    bool isIdle() const { return m_drawing == 0 && m_worker->isIdle(); }

    /// By the extension of `path`.
    void writeChart(ChartWidget& chart, const ChartPicture& how, const QString& path);
    /// One HTML file with charts, tables and the images that TTA changed; their data are read again
    /// from where the run had them.
    void writeReport(std::shared_ptr<const RunRecord> run, const QString& path);

Q_SIGNALS:
    void began(const QString& path); ///< of what takes a while
    void written(const QString& path);
    void failed(const QString& message);
    void idle();

private:
    struct Report;

    void start(const QString& path, std::function<void(JobContext&)> work);
    void drawNext(const std::shared_ptr<Report>& report);
    void endDrawing();

    int m_drawing = 0; ///< reports whose charts are drawn
    std::unique_ptr<Worker> m_worker;
};

} // namespace augury
