// SPDX-License-Identifier: GPL-3.0-or-later
// The marks, and the cells of the inspector's grid of images.
#include "tests/ui/inspect_data.h"
#include "tests/ui/inspect_drawn.h"
#include "ui/charts/chart_style.h"
#include "ui/widgets/image_delegate.h"
#include "ui/widgets/outcome_mark.h"

#include <QSignalSpy>
#include <QStyleOptionViewItem>
#include <QtTest>

using namespace augury;
using inspect_data::drawn;
using inspect_data::paletteOf;
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
        // Frames: what is within them is as it was.
        const QRect inner = quiet.rect().adjusted(4, 4, -4, -4);
        for (const QImage& state : states)
            QCOMPARE(state.copy(inner), quiet.copy(inner));
        QCOMPARE(pixelsOf(quiet, highlight, quiet.rect()), 0);
        QVERIFY(contrastRatio(highlight, palette.color(QPalette::Base)) >= 3);
    }

    void marksAndFramesStandAtThePicture_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("square") << QSize(56, 56);
        QTest::newRow("wide") << QSize(56, 20);
        QTest::newRow("tall") << QSize(24, 56);
        QTest::newRow("small, as it came") << QSize(32, 32);
    }

    void marksAndFramesStandAtThePicture()
    {
        QFETCH(QSize, size);
        const QPalette palette = paletteOf(false);
        ImageDelegate delegate;
        QStandardItemModel model;
        auto* item = new QStandardItem;
        QImage white(size, QImage::Format_RGB32);
        white.fill(QColor(254, 254, 254));
        item->setData(white, Qt::DecorationRole);
        item->setData(int(OutcomeKind::Fixed), ImagesModel::OutcomeRole);
        model.appendRow(item);
        const QSize cell = delegate.cellSize();
        const QImage image =
            drawn(delegate, model.index(0, 0), cell, 1, QStyle::State_Selected, palette);
        const auto bounds = [&](const QColor& colour) {
            QRect found;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y) == colour)
                        found |= QRect(x, y, 1, 1);
            return found;
        };
        const QRect colour = bounds(markColour(Mark::Fixed, palette));
        QCOMPARE(colour.size(), size + QSize(4, 4)); // frame and mark together: it stands within
        const QRect ring = bounds(palette.color(QPalette::Highlight));
        QCOMPARE(ring.size(), size + QSize(12, 12));
        QCOMPARE(ring.center(), colour.center());
        QVERIFY(image.rect().contains(ring));
        const QRect corner(colour.center() + QPoint(1, 1), colour.bottomRight() - QPoint(2, 2));
        QVERIFY(pixelsOf(image, markColour(Mark::Fixed, palette), corner) > 30);
        const QRect otherCorner(colour.topLeft() + QPoint(2, 2), colour.center());
        if (size.height() > 30) // else the mark fills the height
            QCOMPARE(pixelsOf(image, markColour(Mark::Fixed, palette),
                         otherCorner.adjusted(0, 0, -4, -4)),
                0);
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
};

QTEST_MAIN(TestInspectWidgets)
#include "tst_inspect_widgets.moc"
