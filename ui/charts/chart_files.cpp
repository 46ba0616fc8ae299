// SPDX-License-Identifier: GPL-3.0-or-later
// ChartWidget::save: the three file formats.
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/charts/chart_file_format.h"
#include "ui/charts/chart_widget.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <filesystem>

namespace augury {

namespace {

constexpr double leastScale = 1;
constexpr double mostScale = 4;
constexpr int pdfDotsPerInch = 1200;
constexpr int pixelsPerInch = 96;
constexpr double pointsPerPixel = 72.0 / pixelsPerInch;
// QSvgGenerator writes title and description as they are, "<" and "&" included.
constexpr char titleMark[] = "augury-title";
constexpr char summaryMark[] = "augury-summary";

} // namespace

ChartFileFormat chartFileFormat(const QString& path)
{
    const QString extension = QFileInfo(path).suffix().toLower();
    if (extension == QStringLiteral("png"))
        return ChartFileFormat::Png;
    if (extension == QStringLiteral("svg"))
        return ChartFileFormat::Svg;
    if (extension == QStringLiteral("pdf"))
        return ChartFileFormat::Pdf;
    throw Error("Cannot tell which kind of picture " + path.toStdString()
        + " should be: name it .png, .svg or .pdf.");
}

void requireFonts(const QFont& font, const QString& path)
{
    // Without fonts, QFontDatabase still lists fontconfig's aliases ("Sans Serif").
    if (!QFontMetricsF(font).inFont(QLatin1Char('a')))
        throw Error("Cannot draw " + path.toStdString()
            + ": this machine has no fonts. Install some (on Debian: apt install"
              " fonts-dejavu-core) and try again.");
}

QByteArray ChartWidget::encoded(
    ChartFileFormat format, QSize logical, double scale, const QString& path)
{
    const std::string name = path.isEmpty() ? "the picture" : path.toStdString();
    if (logical.isEmpty())
        throw Error("Cannot draw " + name + ": a picture needs a width and a height.");
    if (!(scale >= leastScale && scale <= mostScale))
        throw Error("Cannot draw " + name + " at that scale: choose one from 1 to 4.");
    requireFonts(this->font(), path);

    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    bool drawn = false;
    switch (format) {
    case ChartFileFormat::Png:
        drawn = render(logical, scale).save(&buffer, "PNG");
        break;
    case ChartFileFormat::Svg: {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(logical);
        svg.setViewBox(QRect(QPoint(0, 0), logical));
        svg.setResolution(pixelsPerInch);
        svg.setTitle(QString::fromLatin1(titleMark));
        svg.setDescription(QString::fromLatin1(summaryMark));
        QPainter painter;
        drawn = painter.begin(&svg);
        if (drawn)
            renderTo(painter, logical);
        drawn = painter.end() && drawn;
        bytes.replace(titleMark, title().toHtmlEscaped().toUtf8());
        bytes.replace(summaryMark, summary().toHtmlEscaped().toUtf8());
        break;
    }
    case ChartFileFormat::Pdf: {
        QPdfWriter pdf(&buffer);
        pdf.setTitle(title());
        pdf.setCreator(QCoreApplication::applicationName());
        pdf.setResolution(pdfDotsPerInch);
        pdf.setPageSize(QPageSize(
            QSizeF(logical) * pointsPerPixel, QPageSize::Point, QString(), QPageSize::ExactMatch));
        pdf.setPageMargins(QMarginsF(0, 0, 0, 0));
        QPainter painter;
        drawn = painter.begin(&pdf);
        if (drawn) {
            painter.scale(
                double(pdf.width()) / logical.width(), double(pdf.height()) / logical.height());
            renderTo(painter, logical);
        }
        drawn = painter.end() && drawn;
        break;
    }
    }
    if (!drawn || bytes.isEmpty())
        throw Error("Cannot draw " + name + ": is the memory exhausted? Try a smaller size.");
    return bytes;
}

void ChartWidget::save(const QString& path, QSize logical, double scale)
{
    const QByteArray bytes = encoded(chartFileFormat(path), logical, scale, path);
    writeFileAtomically(std::filesystem::path(QFile::encodeName(path).toStdString()),
        std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace augury
