// SPDX-License-Identifier: GPL-3.0-or-later
// The tiles of the variants: their size, natural, stretched and compact, and what they say.
#include "tests/ui/inspect_data.h"
#include "tests/ui/inspect_drawn.h"
#include "ui/widgets/outcome_mark.h"
#include "ui/widgets/variant_delegate.h"

#include <QHelpEvent>
#include <QListView>
#include <QSignalSpy>
#include <QToolTip>
#include <QtTest>

using namespace augury;
using inspect_data::drawn;
using inspect_data::paletteOf;
using inspect_data::picture;
using inspect_data::pixelsOf;

class TestVariantTiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tilesAreLargeEnough_data()
    {
        QTest::addColumn<QSize>("picture");
        QTest::addColumn<QSize>("room");
        QTest::newRow("28") << QSize(28, 28) << QSize(112, 112);
        QTest::newRow("32") << QSize(32, 32) << QSize(96, 96);
        QTest::newRow("96") << QSize(96, 96) << QSize(96, 96);
        QTest::newRow("80 would be 160") << QSize(80, 80) << QSize(80, 80);
        QTest::newRow("large") << QSize(448, 224) << QSize(144, 72);
        QTest::newRow("none") << QSize() << QSize(96, 96);
        QTest::newRow("wide") << QSize(64, 20) << QSize(128, 40);
    }

    void tilesAreLargeEnough()
    {
        QFETCH(QSize, picture);
        QFETCH(QSize, room);
        QCOMPARE(VariantDelegate::pictureRoom(picture), room);
        const QSize tile = VariantDelegate().tileSize(picture);
        const QFontMetricsF metrics(QApplication::font());
        QVERIFY(tile.width() >= std::max(132, room.width()));
        QVERIFY(tile.height() >= room.height() + 5 * metrics.height());
    }

    void percentsOfTiles_data()
    {
        QTest::addColumn<double>("probability");
        QTest::addColumn<QString>("text");
        const auto row = [](double probability, const char* text) {
            QTest::addRow("%.6f", probability) << probability << QString::fromUtf8(text);
        };
        row(0.61, "61 %");
        row(0.6149, "61 %");
        row(1, "100 %");
        row(0.9998, "100 %"); // "100.0 %" in the details
        row(0.99949, "99.9 %");
        row(0.997, "99.7 %");
        row(0.995, "99.5 %");
        row(0.9949, "99 %");
        row(0.5, "50 %");
        row(0.504, "50.4 %");
        row(0.496, "49.6 %");
        row(0.5002, "50 %");
        row(0.506, "51 %");
        row(0.494, "49 %");
        row(0.04, "4 %");
        row(0, "0 %");
    }

    void percentsOfTiles()
    {
        QFETCH(double, probability);
        QTEST(tilePercent(probability), "text");
    }

    void theSampleDataFitOnTiles()
    {
        // Whatever the font is: the mark, the longest name in bold, the longest percent.
        QFont font = QApplication::font();
        for (const int pixels : {11, 13, 16, 22}) {
            font.setPixelSize(pixels);
            QFont bold = font;
            bold.setBold(true);
            const int width = VariantDelegate().tileSize(QSize(28, 28), font).width();
            const double needed = std::ceil(QFontMetricsF(font).height()) + 3
                + QFontMetricsF(bold).horizontalAdvance(QStringLiteral("Ankle boot")) + 6
                + QFontMetricsF(font).horizontalAdvance(QStringLiteral("99.7 %"));
            QVERIFY(width - 16 >= needed);
        }
    }

    void tilesTakeTheWidthTheyAreGiven()
    {
        VariantDelegate delegate;
        QSignalSpy spy(&delegate, &QAbstractItemDelegate::sizeHintChanged);
        const QFont font = QApplication::font();
        const QSize image(28, 28);
        const QSize natural = delegate.tileSize(image, font);
        QCOMPARE(delegate.naturalTileSize(image, font, delegate.isCompact()), natural);
        delegate.setTileWidth(231);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(delegate.tileSize(image, font), QSize(231, natural.height()));
        QCOMPARE(delegate.naturalTileSize(image, font, delegate.isCompact()), natural);
        QStandardItemModel model;
        inspect_data::fillVariants(model, 28, 28, false, true);
        QStyleOptionViewItem option;
        option.font = font;
        QCOMPARE(delegate.sizeHint(option, model.index(3, 0)), QSize(231, natural.height()));
        delegate.setTileWidth(231);
        QCOMPARE(spy.size(), 1);
        delegate.setTileWidth(40);
        QCOMPARE(delegate.tileSize(image, font).width(), 112 + 16); // the picture is never cut
        delegate.setTileWidth(0);
        QCOMPARE(delegate.tileSize(image, font), natural);
        QCOMPARE(spy.size(), 3);

        // What there is room for is drawn: on a wide tile the whole name.
        const QPalette palette = paletteOf(false);
        const QImage wide =
            drawn(delegate, model.index(3, 0), QSize(500, natural.height()), 1, {}, palette);
        const QRect right(300, 8 + 112 + 6, 200, QFontMetrics(font).height());
        const QColor card = wide.pixelColor(490, natural.height() - 10);
        QVERIFY(pixelsOf(wide, card, right) < right.width() * right.height());
    }

    void compactTilesAreSmall_data()
    {
        QTest::addColumn<QSize>("image");
        QTest::addColumn<QSize>("room");
        QTest::newRow("28") << QSize(28, 28) << QSize(56, 56);
        QTest::newRow("32") << QSize(32, 32) << QSize(64, 64);
        QTest::newRow("48") << QSize(48, 48) << QSize(48, 48);
        QTest::newRow("large") << QSize(448, 224) << QSize(72, 36);
        QTest::newRow("none") << QSize() << QSize(48, 48);
    }

    void compactTilesAreSmall()
    {
        QFETCH(QSize, image);
        QFETCH(QSize, room);
        QCOMPARE(VariantDelegate::pictureRoom(image, true), room);
        VariantDelegate delegate;
        QSignalSpy spy(&delegate, &QAbstractItemDelegate::sizeHintChanged);
        QFont font = QApplication::font();
        font.setPixelSize(13);
        const QSize full = delegate.tileSize(image, font);
        delegate.setCompact(true);
        delegate.setCompact(true);
        QCOMPARE(spy.size(), 1);
        const QSize tile = delegate.tileSize(image, font);
        // Six in a row beside a scroll bar, and more than two and a half rows: 620 × 260.
        QVERIFY(6 * tile.width() <= 620 - 16);
        QVERIFY(tile.height() * 5 <= 260 * 2);
        QVERIFY(tile.width() < full.width() && tile.height() < full.height());
        delegate.setTileWidth(110);
        QCOMPARE(delegate.tileSize(image, font), QSize(110, tile.height()));
    }

    void compactTilesSayTheSame()
    {
        const QPalette palette = paletteOf(false);
        VariantDelegate delegate;
        delegate.setCompact(true);
        QStandardItemModel model;
        const auto tile = [&](int verdict, const char* words, const char* copies, int votes) {
            model.clear();
            model.appendRow(inspect_data::variant(picture(28, 28, false), QString::fromUtf8(words),
                QString::fromUtf8(copies), votes, QStringLiteral("cat"), 0.71, verdict));
            QStyleOptionViewItem option;
            option.font = QApplication::font();
            const QSize size = delegate.sizeHint(option, model.index(0, 0));
            return drawn(delegate, model.index(0, 0), size, 1, {}, palette);
        };
        const QImage unknown = tile(-1, "flip", "copy 2", 1);
        const QImage right = tile(1, "flip", "copy 2", 1);
        const QImage wrong = tile(0, "flip", "copy 2", 1);
        const QColor green = markColour(Mark::Right, palette);
        const QColor purple = markColour(Mark::Wrong, palette);
        QCOMPARE(pixelsOf(unknown, green, unknown.rect()), 0);
        QCOMPARE(pixelsOf(unknown, purple, unknown.rect()), 0);
        QVERIFY(
            pixelsOf(right, green, right.rect()) > 350); // a frame of two pixels, but for the mark
        QVERIFY(pixelsOf(wrong, purple, wrong.rect()) > 350);
        // The mark stands on the lower right of the picture, and nothing else of it is covered.
        const QRect pictured((unknown.width() - 56) / 2, 3, 56, 56);
        const auto differing = [&](const QImage& a, const QImage& b, const QRect& within) {
            int count = 0;
            for (int y = within.top(); y <= within.bottom(); ++y)
                for (int x = within.left(); x <= within.right(); ++x)
                    count += a.pixel(x, y) != b.pixel(x, y);
            return count;
        };
        const QRect corner(pictured.center(), pictured.bottomRight());
        QVERIFY(differing(right, unknown, corner) > 60);
        QVERIFY(differing(right, wrong, corner) > 20);
        QCOMPARE(differing(right, unknown, pictured), differing(right, unknown, corner));
        QVERIFY(tile(-1, "+3.1°", "copy 2", 1) != unknown); // words
        QVERIFY(tile(-1, "flip", "copy 2", 4) != unknown); // how many
        QCOMPARE(tile(-1, "flip", "copy 7", 1), unknown); // in the tool tip only
        QVERIFY(VariantDelegate::toolTip(model.index(0, 0)).contains(QStringLiteral("copy 7")));
    }

    void tilesShowThreeLinesOfWords()
    {
        const QPalette palette = paletteOf(false);
        VariantDelegate delegate;
        QStandardItemModel model;
        const QFont font = QApplication::font();
        const QSize size = delegate.tileSize(QSize(28, 28), font);
        const auto tile = [&](const QString& words) {
            model.clear();
            model.appendRow(inspect_data::variant(
                picture(28, 28, false), words, QString(), 1, QStringLiteral("cat"), 0.71, -1));
            return drawn(delegate, model.index(0, 0), size, 1, {}, palette);
        };
        const QString two = QStringLiteral("flip, +9.8°, shift −2.1 px across, +1.4 px down");
        const QString three = two + QStringLiteral(", zoom 0.93");
        const double inner = size.width() - 16;
        QCOMPARE(wrappedLines(three, font, inner, 3).join(QLatin1Char(' ')), three); // uncut
        // Above the last line they are the same, and the third is drawn within the tile.
        const int line = int(std::ceil(QFontMetricsF(font).height()));
        const int third = 8 + 112 + 6 + line + 2 + 2 * line;
        const QImage with = tile(three);
        if (wrappedLines(three, font, inner, 3).size() == 3)
            QVERIFY(with.copy(8, third, int(inner), line)
                != tile(QStringLiteral("flip")).copy(8, third, int(inner), line));
        QCOMPARE(with.copy(0, size.height() - 8, size.width(), 8),
            tile(QStringLiteral("flip")).copy(0, size.height() - 8, size.width(), 8));
    }

    void tilesShowTheVerdict_data()
    {
        QTest::addColumn<int>("verdict");
        QTest::addColumn<bool>("dark");
        for (const bool dark : {false, true})
            for (const int verdict : {-1, 0, 1})
                QTest::addRow("%d %s", verdict, dark ? "dark" : "light") << verdict << dark;
    }

    void tilesShowTheVerdict()
    {
        QFETCH(int, verdict);
        QFETCH(bool, dark);
        const QPalette palette = paletteOf(dark);
        VariantDelegate delegate;
        QStandardItemModel model;
        model.appendRow(inspect_data::variant(picture(28, 28, false), QStringLiteral("flip"),
            QStringLiteral("copy 2"), 1, QStringLiteral("cat"), 0.71, verdict));
        const QSize size = delegate.sizeHint({}, model.index(0, 0));
        const QImage tile = drawn(delegate, model.index(0, 0), size, 1, {}, palette);
        const QColor right = markColour(Mark::Right, palette);
        const QColor wrong = markColour(Mark::Wrong, palette);
        const QRect voteLine(0, 8 + 112 + 4, 28, 20); // the mark, left of the class
        QCOMPARE(pixelsOf(tile, right, tile.rect()) > 300, verdict == 1);
        QCOMPARE(pixelsOf(tile, wrong, tile.rect()) > 300, verdict == 0);
        QCOMPARE(pixelsOf(tile, right, voteLine) > 8, verdict == 1);
        QCOMPARE(pixelsOf(tile, wrong, voteLine) > 8, verdict == 0);
        QString tip = VariantDelegate::toolTip(model.index(0, 0));
        QCOMPARE(tip,
            QStringLiteral("flip\ncopy 2\ncat 71 %")
                + (verdict < 0         ? QString()
                        : verdict == 1 ? QStringLiteral(", right")
                                       : QStringLiteral(", wrong")));
        // Duplicates have a badge.
        model.item(0)->setData(4, VariantsModel::VotesRole);
        const QImage badged = drawn(delegate, model.index(0, 0), size, 1, {}, palette);
        QVERIFY(badged.copy(size.width() / 2, 0, size.width() / 2, 30)
            != tile.copy(size.width() / 2, 0, size.width() / 2, 30));
        QCOMPARE(badged.copy(0, 60, size.width(), size.height() - 60),
            tile.copy(0, 60, size.width(), size.height() - 60));
    }

    void tilesKeepPixelsOrSmoothThem()
    {
        const QPalette palette = paletteOf(false);
        VariantDelegate delegate;
        QStandardItemModel model;
        const QImage source = picture(28, 28, true, 1);
        model.appendRow(
            inspect_data::variant(source, QStringLiteral("flip"), QString(), 1, QString(), 0, -1));
        const QSize size = delegate.tileSize(source.size());
        const QRect place((size.width() - 112) / 2, 8, 112, 112);
        const QImage exact = drawn(delegate, model.index(0, 0), size, 1, {}, palette).copy(place);
        QCOMPARE(exact, source.scaled(112, 112));
        delegate.setSmooth(true);
        QVERIFY(drawn(delegate, model.index(0, 0), size, 1, {}, palette).copy(place) != exact);
    }

    void tileStatesDiffer()
    {
        const QPalette palette = paletteOf(true);
        VariantDelegate delegate;
        QStandardItemModel model;
        inspect_data::fillVariants(model, 28, 28, false, true);
        const QSize size = delegate.sizeHint({}, model.index(0, 0));
        std::vector<QImage> states;
        for (const QStyle::State state :
            {QStyle::State(QStyle::State_None), QStyle::State(QStyle::State_MouseOver),
                QStyle::State(QStyle::State_Selected), QStyle::State(QStyle::State_HasFocus),
                QStyle::State_Selected | QStyle::State_HasFocus})
            states.push_back(drawn(delegate, model.index(0, 0), size, 1, state, palette));
        for (std::size_t a = 0; a < states.size(); ++a)
            for (std::size_t b = 0; b < a; ++b)
                QVERIFY(states[a] != states[b]);
    }

    void wordsWrapAndAreElided()
    {
        const QFont font = QApplication::font();
        const QFontMetricsF metrics(font);
        const QString text = QStringLiteral(
            "flip, −9.8°, shift +2.1 px across and −1.4 px down, zoom 0.93, brightness 1.12");
        for (const double width : {80.0, 132.0, 200.0}) {
            const QStringList lines = wrappedLines(text, font, width, 2);
            QCOMPARE(lines.size(), 2);
            for (const QString& line : lines)
                QVERIFY(metrics.horizontalAdvance(line) <= width + 1);
            QVERIFY(text.startsWith(lines[0]));
            QVERIFY(lines[1].endsWith(QChar(0x2026)));
            const QString second = lines[1].chopped(1);
            QVERIFY(text.mid(lines[0].size()).trimmed().startsWith(second.trimmed()));
        }
        QCOMPARE(wrappedLines(QStringLiteral("flip"), font, 132, 2),
            QStringList{QStringLiteral("flip")});
        QVERIFY(wrappedLines(QString(), font, 132, 2).size() <= 1);
        const QString word(60, QLatin1Char('m'));
        for (const QString& line : wrappedLines(word, font, 100, 2))
            QVERIFY(metrics.horizontalAdvance(line) <= 101);
    }

    void toolTipHasWhatTheTileCuts()
    {
        QListView view;
        QStandardItemModel model;
        inspect_data::fillVariants(model, 28, 28, false, true);
        model.item(3)->setToolTip(QStringLiteral("cat 0.2 %\nanother <b>class</b>"));
        VariantDelegate delegate;
        view.setModel(&model);
        view.setItemDelegate(&delegate);
        const QModelIndex index = model.index(3, 0);
        const QString tip = VariantDelegate::toolTip(index);
        QVERIFY(tip.contains(QStringLiteral("another <b>class</b>")));
        QVERIFY(tip.contains(QStringLiteral("shear +4.0°")));
        QVERIFY(tip.contains(QStringLiteral("13 and 14 (×8)")));
        QVERIFY(tip.contains(QStringLiteral("far too long for one tile 99.7 %, right")));
        QStyleOptionViewItem option;
        option.rect = QRect(0, 0, 148, 200);
        view.show();
        QHelpEvent help(QEvent::ToolTip, QPoint(10, 10), view.mapToGlobal(QPoint(10, 10)));
        QVERIFY(delegate.helpEvent(&help, &view, option, index));
        QCOMPARE(QToolTip::text(), tip);
        QToolTip::hideText();
    }
};

QTEST_MAIN(TestVariantTiles)
#include "tst_variant_tiles.moc"
