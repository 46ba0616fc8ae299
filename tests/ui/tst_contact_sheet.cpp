// SPDX-License-Identifier: GPL-3.0-or-later
// The contact sheet: which pixels are painted where, and its file.
#include "core/support/error.h"
#include "tests/ui/sheet_texts.h"
#include "ui/charts/chart_style.h"
#include "ui/widgets/contact_sheet.h"
#include "ui/widgets/contact_sheet_layout.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <functional>

using namespace augury;

namespace {

using namespace sheet_data;

/// The pixels of a place, in device pixels.
QRect device(const QRectF& place, double scale)
{
    return QRectF(place.topLeft() * scale, place.size() * scale).toAlignedRect();
}

bool hasColour(const QImage& image, const QRect& place, const QColor& colour)
{
    for (int y = place.top(); y <= place.bottom(); ++y)
        for (int x = place.left(); x <= place.right(); ++x)
            if (image.pixelColor(x, y) == colour)
                return true;
    return false;
}

std::string message(const std::function<void()>& call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class TestContactSheet : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void withoutLabelNothingIsRightOrWrong()
    {
        const auto sheet = sheet_data::sheet({3, 32, 32}, affineDraws(3), cifarNames(), -1, {3, 5});
        const auto layout = layOutContactSheet(sheet);
        QVERIFY(layout.label.isEmpty());
        QVERIFY(!layout.sentence.isEmpty());
        const QImage image = paintContactSheet(sheet);
        const ChartStyle style = ChartStyle::light();
        for (const auto& tile : layout.tiles) {
            QCOMPARE(tile.mark, SheetMark::None);
            const QRect frame = device(tile.frame, layout.scale);
            QVERIFY(!hasColour(image, frame, style.fixed));
            QVERIFY(!hasColour(image, frame, style.broken));
        }
    }

    void picturesAreCrisp_data()
    {
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<int>("factor");
        QTest::newRow("grey 28") << QList<int>{1, 28, 28} << 11;
        QTest::newRow("rgb 32") << QList<int>{3, 32, 32} << 10;
        QTest::newRow("rgb 33 × 21") << QList<int>{3, 21, 33} << 9;
        QTest::newRow("rgb 160") << QList<int>{3, 160, 160} << 2;
        QTest::newRow("rgb 224") << QList<int>{3, 224, 224} << 2;
        QTest::newRow("rgb 300 high") << QList<int>{3, 300, 30} << 1;
    }

    /// Every pixel of a variant is a square of `factor` device pixels, at its place.
    void picturesAreCrisp()
    {
        QFETCH(QList<int>, shape);
        QFETCH(int, factor);
        const auto sheet = sheet_data::sheet({shape[0], shape[1], shape[2]},
            {flip(), affineDraws(1)[0], flip()}, cifarNames(), 3, {3, 5, 3});
        const auto made = layOutContactSheet(sheet);
        const QImage image = paintContactSheet(sheet);
        QCOMPARE(image.size(), made.size * 2);
        QCOMPARE(image.devicePixelRatio(), 2.0);
        QCOMPARE(made.tiles.size(), std::size_t(3));
        for (const auto& tile : made.tiles) {
            const QPoint corner = (tile.picture.topLeft() * 2).toPoint();
            const auto& pixels = sheet.variants.variants[tile.variant].pixels;
            QCOMPARE((tile.picture.size() * 2).toSize(), QSize(shape[2], shape[1]) * factor);
            for (int y = 0; y < shape[1] * factor; ++y)
                for (int x = 0; x < shape[2] * factor; ++x) {
                    const auto at =
                        static_cast<std::size_t>(((y / factor) * shape[2] + x / factor) * shape[0]);
                    const QRgb expected = shape[0] == 1
                        ? qRgb(pixels[at], pixels[at], pixels[at])
                        : qRgb(pixels[at], pixels[at + 1], pixels[at + 2]);
                    if (image.pixel(corner + QPoint(x, y)) != expected)
                        QFAIL(qPrintable(QStringLiteral("variant %1 at %2, %3")
                                             .arg(tile.variant)
                                             .arg(x)
                                             .arg(y)));
                }
        }
    }

    void largeImagesAreMadeSmaller()
    {
        const auto sheet = sheet_data::sheet({3, 300, 900}, {flip()}, cifarNames(), 3, {3});
        const auto made = layOutContactSheet(sheet);
        QCOMPARE(made.tiles[0].picture.size() * 2, QSizeF(448, 149));
        const QImage image = paintContactSheet(sheet);
        const QPoint middle = (made.tiles[0].picture.center() * 2).toPoint();
        QVERIFY(image.pixelColor(middle) != ChartStyle::light().background);
    }

    void coloursTellRightFromWrong()
    {
        const auto sheet =
            sheet_data::sheet({3, 32, 32}, affineDraws(2), cifarNames(), 3, {5, 3, 3}, 0.25F);
        const auto made = layOutContactSheet(sheet);
        const QImage image = paintContactSheet(sheet);
        const ChartStyle style = ChartStyle::light();
        QCOMPARE(image.pixelColor(0, 0), style.background);
        for (const auto& tile : made.tiles) {
            const QColor own = tile.variant == 0 ? style.broken : style.fixed;
            const QColor other = tile.variant == 0 ? style.fixed : style.broken;
            QCOMPARE(tile.mark, tile.variant == 0 ? SheetMark::Wrong : SheetMark::Right);
            // The frame's left edge, the mark, a quarter of the bar; and nothing of the other.
            const double middle = tile.frame.center().y();
            QCOMPARE(image.pixelColor(
                         device(QRectF(tile.frame.left() + 0.5, middle, 1, 1), 2).topLeft()),
                own);
            QVERIFY(hasColour(image, device(tile.markPlace, 2), own));
            const auto onBar = [&](double share) {
                return image.pixelColor(
                    (QPointF(tile.bar.left() + share * tile.bar.width(), tile.bar.center().y()) * 2)
                        .toPoint());
            };
            QCOMPARE(onBar(0.02), own);
            QCOMPARE(onBar(0.24), own);
            QCOMPARE(onBar(0.26), style.grid);
            QCOMPARE(onBar(0.98), style.grid);
            QVERIFY(!hasColour(image, device(tile.markPlace, 2), other));
        }
    }

    /// There is ink in the places of the texts, and none beside the tiles.
    void textsArePainted()
    {
        const auto sheet =
            sheet_data::sheet({3, 32, 32}, affineDraws(9), longNames(), 1, {1, 0, 2});
        const auto made = layOutContactSheet(sheet);
        const QImage image = paintContactSheet(sheet);
        const ChartStyle style = ChartStyle::light();
        for (const auto* text : headingOf(made))
            QVERIFY(hasColour(
                image, device(text->place, 2), text == &made.label ? style.mutedText : style.text));
        std::vector<QRect> places;
        for (const auto* text : headingOf(made))
            places.push_back(device(text->place, 2).adjusted(-2, -2, 2, 2));
        places.push_back(device(made.mergedMarkPlace, 2));
        for (const auto& tile : made.tiles) {
            for (const auto* text : textsOf(tile))
                if (!text->isEmpty())
                    QVERIFY(hasColour(image, device(text->place, 2),
                        text == &tile.transform ? style.mutedText : style.text));
            places.push_back(device(tile.frame, 2).adjusted(-1, -1, 1, 1)); // strokes are smoothed
        }
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == style.background)
                    continue;
                const bool known = std::any_of(places.begin(), places.end(),
                    [&](const QRect& place) { return place.contains(x, y); });
                if (!known)
                    QFAIL(qPrintable(QStringLiteral("ink at %1, %2").arg(x).arg(y)));
            }
    }

    void aThousandVariantsFit()
    {
        const auto sheet =
            sheet_data::sheet({1, 28, 28}, affineDraws(1000), cifarNames(), 3, {3, 5});
        const auto made = layOutContactSheet(sheet);
        QCOMPARE(made.tiles.size(), std::size_t(1001));
        QCOMPARE(made.scale, 1.0);
        const QImage image = paintContactSheet(sheet);
        QCOMPARE(image.size(), made.size);
        const QPoint corner = made.tiles[1000].picture.topLeft().toPoint();
        const auto& pixels = sheet.variants.variants[1000].pixels;
        QCOMPARE(image.pixel(corner), qRgb(pixels[0], pixels[0], pixels[0]));
    }

    void writesPngAlone()
    {
        const auto sheet = sheet_data::sheet({1, 28, 28}, sevenFlips(), {"cat", "dog"}, 0, {1, 0});
        const auto file = [&](const char* name) {
            return std::filesystem::path(m_folder.filePath(QString::fromUtf8(name)).toStdString());
        };
        writeContactSheet(sheet, file("new folder/ü.PNG"));
        const QImage read(m_folder.filePath(QStringLiteral("new folder/ü.PNG")), "PNG");
        QCOMPARE(
            read.convertToFormat(QImage::Format_RGB32).size(), layOutContactSheet(sheet).size * 2);
        for (const char* name : {"sheet.svg", "sheet", "sheet.png.jpg"}) {
            const auto said = message([&] { writeContactSheet(sheet, file(name)); });
            QVERIFY2(said.find("name it .png") != std::string::npos, said.c_str());
            QVERIFY(message([&] { checkContactSheetExtension(file(name)); }) == said);
            QVERIFY(!std::filesystem::exists(file(name)));
        }
        QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("taken.png"))));
        const auto said = message([&] { writeContactSheet(sheet, file("taken.png")); });
        QVERIFY2(said.find("taken.png") != std::string::npos, said.c_str());
    }

    void refusesWhatDoesNotFit()
    {
        auto sheet = sheet_data::sheet({1, 28, 28}, sevenFlips(), {"cat", "dog"}, 0, {1, 0});
        sheet.variants.variants[1].pixels.pop_back();
        QVERIFY(message([&] { paintContactSheet(sheet); }).find("1×28×28") != std::string::npos);
        sheet = sheet_data::sheet({1, 28, 28}, sevenFlips(), {"cat", "dog"}, 0, {1, 0});
        sheet.vote.rule = VoteRule::LogitMean;
        QVERIFY(!message([&] { paintContactSheet(sheet); }).empty());
    }

    /// For looking at: build/…/pictures/sheets.
    void pictures()
    {
        const QDir folder(QStringLiteral(AUGURY_BUILD_DIR "/pictures/sheets"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        const auto take = [&](const char* name, const ContactSheet& sheet) {
            QVERIFY(paintContactSheet(sheet).save(
                folder.filePath(QString::fromLatin1(name) + QStringLiteral(".png"))));
        };
        const Shape grey{1, 28, 28};
        const Shape rgb{3, 32, 32};
        take("flips-grey", sheet_data::sheet(grey, sevenFlips(), cifarNames(), 3, {5, 3}));
        take("flips-rgb", sheet_data::sheet(rgb, sevenFlips(), cifarNames(), 3, {5, 3}));
        take("affine-20",
            sheet_data::sheet(rgb, affineDraws(20), cifarNames(), 3, {5, 3, 3, 5, 3, 2, 3}));
        take("long-names", sheet_data::sheet(rgb, affineDraws(3), longNames(), 1, {0, 1, 2}));
        take("no-votes", sheet_data::sheet(grey, affineDraws(7), cifarNames(), 3, {}));
        take("unlabelled", sheet_data::sheet(rgb, affineDraws(7), cifarNames(), -1, {5, 3}));
        take("one", sheet_data::sheet(rgb, {}, cifarNames(), 3, {}));
        take("fifty", sheet_data::sheet(grey, affineDraws(53), cifarNames(), 3, {3, 5, 3}));
        take("large", sheet_data::sheet({3, 224, 224}, affineDraws(5), cifarNames(), 3, {3, 5}));
    }
};

QTEST_MAIN(TestContactSheet)
#include "tst_contact_sheet.moc"
