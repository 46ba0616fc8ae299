// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/trial_chart.h"

#include <QHelpEvent>
#include <QRegularExpression>
#include <QToolTip>
#include <QtTest>

#include <initializer_list>

/// What the suites of the charts of tuning ask of each of them.
namespace tune_charts_probe {

using namespace augury;

inline void click(TrialChart& chart, int trial)
{
    const QRectF place = chart.placeOf(trial);
    QVERIFY2(!place.isEmpty(), qPrintable(QString::number(trial)));
    QTest::mouseClick(&chart, Qt::LeftButton, {}, place.center().toPoint());
}

inline QString tipAt(QWidget& chart, const QPoint& place)
{
    QToolTip::hideText();
    QHelpEvent help(QEvent::ToolTip, place, chart.mapToGlobal(place));
    QApplication::sendEvent(&chart, &help);
    return QToolTip::isVisible() ? QToolTip::text() : QString();
}

inline void nothingTouchesTheEdge(ChartWidget& chart)
{
    for (const QSize size : {QSize(640, 440), QSize(1200, 750), QSize(400, 300)}) {
        const QImage image = chart.render(size);
        const auto background = image.pixel(0, 0);
        for (int y = 0; y < size.height(); ++y)
            for (const int x : {0, 1, 2, size.width() - 3, size.width() - 2, size.width() - 1})
                if (image.pixel(x, y) != background)
                    QFAIL(
                        qPrintable(QStringLiteral("%1 %2 of %3").arg(x).arg(y).arg(size.width())));
        for (int x = 0; x < size.width(); ++x)
            for (const int y : {0, 1, size.height() - 2, size.height() - 1})
                if (image.pixel(x, y) != background)
                    QFAIL(
                        qPrintable(QStringLiteral("%1 %2 of %3").arg(x).arg(y).arg(size.width())));
    }
}

inline void rowsAreAsLongAsTheHead(const ChartWidget& chart, std::size_t rows)
{
    const ChartTable table = chart.table();
    QCOMPARE(table.rows.size(), rows);
    for (const QVariantList& row : table.rows)
        QCOMPARE(row.size(), table.columns.size());
}

inline QStringList texts(ChartWidget& chart, QSize size)
{
    const QString svg = QString::fromUtf8(chart.encoded(ChartFileFormat::Svg, size, 1));
    static const QRegularExpression text(QStringLiteral("<text[^>]*>([^<]*)</text>"));
    QStringList found;
    for (auto it = text.globalMatch(svg); it.hasNext();)
        found << it.next().captured(1).trimmed();
    return found;
}

} // namespace tune_charts_probe
