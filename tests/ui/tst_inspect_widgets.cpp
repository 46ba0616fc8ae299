// SPDX-License-Identifier: GPL-3.0-or-later
// The marks, and the cells and tiles of the inspector's grids.
#include "tests/ui/inspect_data.h"
#include "ui/charts/chart_style.h"
#include "ui/widgets/image_delegate.h"
#include "ui/widgets/outcome_mark.h"
#include "ui/widgets/variant_delegate.h"

#include <QHelpEvent>
#include <QListView>
#include <QSignalSpy>
#include <QStyleOptionViewItem>
#include <QToolTip>
#include <QtTest>

using namespace augury;
using inspect_data::paletteOf;
using inspect_data::picture;
using inspect_data::pixelsOf;

namespace {

const Mark allMarks[] = {Mark::Right, Mark::Wrong, Mark::Fixed, Mark::Broken};

QImage markImage(Mark mark, int side, const QColor& ground, const QPalette& palette)
{
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(ground);
    QPainter painter(&image);
    paintMark(painter, QRectF(0, 0, side, side), mark, palette);
    return image;
}

/// A cell or a tile, drawn alone.
QImage drawn(QAbstractItemDelegate& delegate, const QModelIndex& index, QSize size, double ratio,
    QStyle::State state, const QPalette& palette)
{
    QImage image((QSizeF(size) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(palette.color(QPalette::Base));
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = QRect(QPoint(), size);
    option.state = state | QStyle::State_Enabled;
    option.palette = palette;
    option.font = QApplication::font();
    delegate.paint(&painter, option, index);
    return image;
}

} // namespace

class TestInspectWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void outcomesHaveMarks()
    {
        QCOMPARE(markOf(OutcomeKind::Unknown), Mark::None);
        QCOMPARE(markOf(OutcomeKind::BothRight), Mark::Right);
        QCOMPARE(markOf(OutcomeKind::Fixed), Mark::Fixed);
        QCOMPARE(markOf(OutcomeKind::Broken), Mark::Broken);
        QCOMPARE(markOf(OutcomeKind::BothWrong), Mark::Wrong);
        QCOMPARE(markText(Mark::Fixed), QStringLiteral("fixed by TTA"));
        QCOMPARE(markText(Mark::Broken), QStringLiteral("broken by TTA"));
        QCOMPARE(markText(Mark::Right), QStringLiteral("right"));
        QCOMPARE(markText(Mark::Wrong), QStringLiteral("wrong"));
        QVERIFY(markText(Mark::None).isEmpty());
    }

    void marksAreReadableOnEverything_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void marksAreReadableOnEverything()
    {
        QFETCH(bool, dark);
        const QPalette palette = paletteOf(dark);
        const QColor base = palette.color(QPalette::Base);
        for (const Mark mark : allMarks) {
            const QColor colour = markColour(mark, palette);
            QVERIFY(contrastRatio(colour, base) >= 3);
            // Whatever is behind it, its colour stands on the background's and nothing else.
            for (const QColor& ground :
                {QColor(Qt::black), QColor(Qt::white), QColor(Qt::red), colour}) {
                const QImage image = markImage(mark, 41, ground, palette);
                QVERIFY(pixelsOf(image, colour, image.rect().adjusted(4, 4, -4, -4)) > 40);
                QVERIFY(pixelsOf(image, base, image.rect()) > 40);
                if (ground == base || ground == colour)
                    continue;
                for (int i = 3; i < 38; ++i) { // along two diameters nothing of it shines through
                    QVERIFY(image.pixelColor(i, 20) != ground);
                    QVERIFY(image.pixelColor(20, i) != ground);
                }
            }
        }
        QCOMPARE(
            markImage(Mark::None, 16, Qt::red, palette), markImage(Mark::None, 16, Qt::red, {}));
    }

    void marksDifferInShape()
    {
        // In one colour only: where the mark's own is.
        const QPalette palette = paletteOf(false);
        for (const int side : {12, 16, 20, 48}) {
            std::vector<QImage> shapes;
            for (const Mark mark : allMarks) {
                QImage shape = markImage(mark, side, palette.color(QPalette::Base), palette);
                shape = shape.convertToFormat(QImage::Format_Grayscale8);
                for (int y = 0; y < side; ++y)
                    for (int x = 0; x < side; ++x)
                        shape.scanLine(y)[x] = shape.constScanLine(y)[x] < 205 ? 0 : 255;
                shapes.push_back(shape);
            }
            for (std::size_t a = 0; a < shapes.size(); ++a)
                for (std::size_t b = 0; b < a; ++b) {
                    int differing = 0;
                    for (int y = 0; y < side; ++y)
                        for (int x = 0; x < side; ++x)
                            differing += shapes[a].pixel(x, y) != shapes[b].pixel(x, y);
                    QVERIFY2(differing * 20 >= side * side,
                        qPrintable(QStringLiteral("%1 px: %2 and %3").arg(side).arg(a).arg(b)));
                }
        }
    }

    void cellsShowTheOutcome_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("ratio");
        for (const bool dark : {false, true})
            for (const double ratio : {1.0, 1.5, 2.0})
                QTest::addRow("%s %.1f", dark ? "dark" : "light", ratio) << dark << ratio;
    }

    void cellsShowTheOutcome()
    {
        QFETCH(bool, dark);
        QFETCH(double, ratio);
        const QPalette palette = paletteOf(dark);
        ImageDelegate delegate;
        QStandardItemModel model;
        inspect_data::fillImages(model, 5, int(56 * ratio));
        const QSize size = delegate.cellSize();
        std::vector<QImage> cells;
        for (int kind = 0; kind < 5; ++kind) {
            const QImage cell = drawn(delegate, model.index(kind, 0), size, ratio, {}, palette);
            cells.push_back(cell);
            const Mark mark = markOf(OutcomeKind(kind));
            const QRect whole = cell.rect();
            const QRect markCorner(whole.center(), whole.bottomRight());
            for (const Mark other : allMarks) {
                const QColor colour = markColour(other, palette);
                const int found = pixelsOf(cell, colour, whole);
                if (colour == markColour(mark, palette))
                    QVERIFY(pixelsOf(cell, colour, markCorner) > 20 && found > 150);
                else
                    QCOMPARE(found, 0);
            }
            // The frame is outside of the picture, so no pixel of it is lost but under the mark.
            const QImage source = model.index(kind, 0).data(Qt::DecorationRole).value<QImage>();
            const QRect place((whole.width() - source.width() + 1) / 2,
                (whole.height() - source.height() + 1) / 2, source.width(), source.height());
            bool found = false;
            for (int dy = -1; dy <= 1 && !found; ++dy)
                for (int dx = -1; dx <= 1 && !found; ++dx) {
                    const QRect upper(place.topLeft() + QPoint(dx, dy),
                        QSize(source.width(), source.height() / 2));
                    found = cell.copy(upper)
                        == source.convertToFormat(QImage::Format_RGB32)
                               .copy(0, 0, source.width(), source.height() / 2);
                }
            QVERIFY(found); // pixel by pixel, at every scale
        }
        // Fixed and right have one colour, and other pictures of their mark.
        const auto corner = [&](int kind) {
            const QSize c = cells[std::size_t(kind)].size();
            return cells[std::size_t(kind)].copy(
                c.width() / 2, c.height() / 2, c.width(), c.height());
        };
        model.item(1)->setData(model.item(2)->data(Qt::DecorationRole), Qt::DecorationRole);
        const QImage right = drawn(delegate, model.index(1, 0), size, ratio, {}, palette);
        QVERIFY(right.copy(right.width() / 2, right.height() / 2, right.width(), right.height())
            != corner(2));
    }

    void cellsShowTheirState()
    {
        const QPalette palette = paletteOf(false);
        ImageDelegate delegate;
        QStandardItemModel model;
        inspect_data::fillImages(model, 3, 56, 1); // all still being made
        const auto cell = [&](QStyle::State state) {
            return drawn(delegate, model.index(0, 0), delegate.cellSize(), 1, state, palette);
        };
        const QImage quiet = cell({});
        std::vector<QImage> states{quiet, cell(QStyle::State_MouseOver),
            cell(QStyle::State_Selected), cell(QStyle::State_HasFocus),
            cell(QStyle::State_Selected | QStyle::State_HasFocus)};
        for (std::size_t a = 0; a < states.size(); ++a)
            for (std::size_t b = 0; b < a; ++b)
                QVERIFY(states[a] != states[b]);
        const QColor highlight = palette.color(QPalette::Highlight);
        QVERIFY(pixelsOf(states[2], highlight, quiet.rect()) > 300);
        QVERIFY(pixelsOf(states[4], highlight, quiet.rect()) > 200); // seen beside the focus
        QCOMPARE(pixelsOf(quiet, highlight, quiet.rect()), 0);
        QVERIFY(contrastRatio(highlight, palette.color(QPalette::Base)) >= 3);
    }

    void allCellsHaveOneSize()
    {
        ImageDelegate delegate;
        QStandardItemModel model;
        inspect_data::fillImages(model, 8, 40, 3);
        QSignalSpy spy(&delegate, &QAbstractItemDelegate::sizeHintChanged);
        for (const int side : {56, 96}) {
            delegate.setSide(side);
            for (int row = 0; row < model.rowCount(); ++row)
                QCOMPARE(delegate.sizeHint({}, model.index(row, 0)), delegate.cellSize());
            QVERIFY(delegate.cellSize().width() > side && delegate.cellSize().width() <= side + 16);
        }
        QCOMPARE(spy.size(), 1);
    }

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
        QVERIFY(tile.height() >= room.height() + 4 * metrics.height());
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

QTEST_MAIN(TestInspectWidgets)
#include "tst_inspect_widgets.moc"
