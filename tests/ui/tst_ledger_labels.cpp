// SPDX-License-Identifier: GPL-3.0-or-later
// Where LedgerChart's texts stand, read from the picture that it writes.
#include "tests/ui/charts_data.h"
#include "ui/charts/ledger_chart.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;

class LedgerLabelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsKeepClearOfEachOther_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size :
            {QSize(362, 230), QSize(362, 215), QSize(600, 215), QSize(600, 320), QSize(1200, 750)})
            QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }

    void textsKeepClearOfEachOther()
    {
        QFETCH(QSize, size);
        LedgerChart chart;
        chart.setTitle({});
        chart.setComparison(charts_data::comparison(2000, 1700, 124, 81));
        const auto file = m_dir.filePath(QStringLiteral("ledger.svg"));
        chart.save(file, size);
        const auto texts = textsOf(file);
        const auto fixed = placeOf(texts, QStringLiteral("124 fixed"));
        const auto broken = placeOf(texts, QStringLiteral("81 broken"));
        const auto tick = placeOf(texts, QStringLiteral("0"));
        QVERIFY(fixed && broken && tick);
        constexpr double line = 13; // baseline to baseline without touching
        QVERIFY2(
            tick->y() - fixed->y() >= line, qPrintable(QString::number(tick->y() - fixed->y())));
        QCOMPARE(broken->y(), fixed->y());

        const auto baseline = placeOf(texts, QStringLiteral("Baseline"));
        const auto tta = placeOf(texts, QStringLiteral("TTA"));
        const auto images = placeOf(texts, QStringLiteral("The 2,000 images"));
        QVERIFY(baseline && tta && images);
        // A bar of half the distance fits between, and leaves room for the text above it.
        QVERIFY2(tta->y() - baseline->y() >= 2 * line,
            qPrintable(QString::number(tta->y() - baseline->y())));
        QVERIFY(qAbs((images->y() - tta->y()) - (tta->y() - baseline->y())) < 1);
        QVERIFY(baseline->y() > line);
    }

    void aNarrowChartLeavesTheIntervalsOut()
    {
        LedgerChart chart;
        chart.setComparison(charts_data::comparison(2000, 1700, 124, 81));
        const auto file = m_dir.filePath(QStringLiteral("narrow.svg"));
        for (const int width : {240, 700}) {
            chart.save(file, QSize(width, 300));
            bool interval = false;
            for (const auto& text : textsOf(file))
                interval = interval || text.second.contains(QStringLiteral("interval"));
            QCOMPARE(interval, width > 300);
        }
    }

private:
    using Texts = QList<std::pair<QPointF, QString>>;

    /// Baselines of the SVG's texts.
    static Texts textsOf(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        static const QRegularExpression pattern(QStringLiteral(
            "matrix\\(([^)]*)\\)\"[^>]*>|<text[^>]* x=\"([^\"]*)\" y=\"([^\"]*)\"[^>]*>([^<]*)<"));
        Texts texts;
        QTransform transform;
        auto matches = pattern.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            if (const auto numbers = match.captured(1).split(QLatin1Char(','));
                numbers.size() == 6) {
                transform =
                    QTransform(numbers[0].toDouble(), numbers[1].toDouble(), numbers[2].toDouble(),
                        numbers[3].toDouble(), numbers[4].toDouble(), numbers[5].toDouble());
                continue;
            }
            texts.push_back(
                {transform.map(QPointF(match.captured(2).toDouble(), match.captured(3).toDouble())),
                    match.captured(4).trimmed()});
        }
        return texts;
    }

    static std::optional<QPointF> placeOf(const Texts& texts, const QString& begins)
    {
        for (const auto& [place, text] : texts) {
            if (text == begins || (begins.size() > 1 && text.startsWith(begins)))
                return place;
        }
        return std::nullopt;
    }

    QTemporaryDir m_dir;
};

QTEST_MAIN(LedgerLabelsTest)
#include "tst_ledger_labels.moc"
