// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/exporter.h"

#include "core/report/report_html.h"
#include "core/report/run_pictures.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/charts/chart_widget.h"
#include "ui/charts/report_charts.h"
#include "ui/session/file_path.h"

#include <QBuffer>
#include <QTimer>

#include <string>
#include <utility>
#include <vector>

namespace augury {

namespace {

constexpr int s_fontPixels = 16; // readable when 1200 × 750 fill half a page

/// Dresses a chart of the window for a file, and gives it its own clothes back.
class FileLook {
public:
    FileLook(ChartWidget& chart, const QString& title)
        : m_chart(chart)
        , m_font(chart.testAttribute(Qt::WA_SetFont) ? chart.font() : QFont())
        , m_title(chart.title())
        , m_name(chart.accessibleName())
    {
        QFont font = chart.font();
        font.setPixelSize(s_fontPixels);
        chart.setFont(font);
        chart.setChartStyle(ChartStyle::light());
        chart.setTitle(title);
    }
    ~FileLook()
    {
        m_chart.setTitle(m_title);
        m_chart.setAccessibleName(m_name);
        m_chart.setFont(m_font);
        m_chart.followPalette();
    }
    FileLook(const FileLook&) = delete;
    FileLook& operator=(const FileLook&) = delete;

private:
    ChartWidget& m_chart;
    QFont m_font;
    QString m_title;
    QString m_name;
};

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

QImage pictureOf(ChartWidget& chart, const ChartPicture& how)
{
    const FileLook look(chart, how.title);
    return chart.render(how.size, how.scale);
}

struct Exporter::Report {
    std::shared_ptr<const RunRecord> run;
    QString path;
    std::vector<RunChart> charts;
    std::size_t next = 0;
    ReportParts parts;
};

Exporter::Exporter(QObject* parent)
    : QObject(parent)
    , m_worker(std::make_unique<Worker>())
{
    connect(m_worker.get(), &Worker::idle, this, [this] {
        if (isIdle())
            Q_EMIT idle();
    });
}

Exporter::~Exporter() = default;

void Exporter::start(const QString& path, std::function<void(JobContext&)> work)
{
    m_worker->start({tr("Exporting"),
        [work = std::move(work)](JobContext& job) -> std::function<void()> {
            work(job);
            return {};
        },
        [this, path](JobEnd end, const QString& message) {
            if (end == JobEnd::Succeeded)
                Q_EMIT written(path);
            else if (end == JobEnd::Failed)
                Q_EMIT failed(message);
        }});
}

void Exporter::writeChart(ChartWidget& chart, const ChartPicture& how, const QString& path)
{
    try {
        const auto format = chartFileFormat(path);
        if (format != ChartFileFormat::Png) {
            const FileLook look(chart, how.title);
            const auto bytes = chart.encoded(format, how.size, 1, path);
            start(path,
                [bytes, path](JobContext&) { writeFileAtomically(toPath(path), view(bytes)); });
            return;
        }
        requireFonts(chart.font(), path);
        const auto pixels = how.pixels();
        if (how.size.isEmpty() || !(how.scale >= 1 && how.scale <= 4)
            || qint64(pixels.width()) * pixels.height() > mostPicturePixels)
            throw Error("A picture of " + std::to_string(pixels.width()) + " × "
                + std::to_string(pixels.height())
                + " pixels cannot be drawn. Choose another size or scale.");
        const auto image = pictureOf(chart, how);
        if (image.isNull())
            throw Error("There is not enough memory for " + path.toStdString()
                + ". Choose a smaller size or scale.");
        start(path, [image, path](JobContext&) {
            QByteArray bytes;
            QBuffer buffer(&bytes);
            buffer.open(QIODevice::WriteOnly);
            if (!image.save(&buffer, "PNG"))
                throw Error("Could not encode " + path.toStdString()
                    + ": is the memory exhausted? Choose a smaller size or scale.");
            writeFileAtomically(toPath(path), view(bytes));
        });
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromUtf8(error.what()));
    }
}

// ---- reports

void Exporter::writeReport(std::shared_ptr<const RunRecord> run, const QString& path)
{
    auto report = std::make_shared<Report>();
    report->run = std::move(run);
    report->path = path;
    try {
        report->charts = runCharts(*report->run);
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromUtf8(error.what()));
        return;
    }
    ++m_drawing;
    Q_EMIT began(path);
    QTimer::singleShot(0, this, [this, report] { drawNext(report); });
}

void Exporter::drawNext(const std::shared_ptr<Report>& report)
{
    if (report->next < report->charts.size()) {
        const auto chart = report->charts[report->next++];
        try {
            report->parts.charts.push_back(reportChart(chart, *report->run));
        } catch (const Error& error) { // a report with one chart less is better than none
            report->parts.notes.push_back(titleOf(chart).toStdString() + ": " + error.what());
        }
        QTimer::singleShot(0, this, [this, report] { drawNext(report); });
        return;
    }
    start(report->path, [report](JobContext& job) {
        auto pictures = runPictures(*report->run, {}, job.coreJob());
        report->parts.thumbnails = std::move(pictures.thumbnails);
        if (!pictures.note.empty())
            report->parts.notes.push_back(std::move(pictures.note));
        writeFileAtomically(toPath(report->path), htmlReport(*report->run, report->parts));
    });
    endDrawing();
}

void Exporter::endDrawing()
{
    --m_drawing;
    if (isIdle())
        Q_EMIT idle();
}

} // namespace augury
