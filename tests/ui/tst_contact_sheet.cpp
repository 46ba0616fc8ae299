// SPDX-License-Identifier: GPL-3.0-or-later
// The contact sheet: where everything is, which pixels are painted there, and its file.
#include "core/support/error.h"
#include "core/tta/sentence.h"
#include "tests/ui/sheet_data.h"
#include "ui/charts/chart_style.h"
#include "ui/widgets/contact_sheet.h"
#include "ui/widgets/contact_sheet_layout.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFontMetricsF>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace augury;

namespace {

using sheet_data::affineDraws;
using sheet_data::cifarNames;
using sheet_data::flip;

/// Copies 1, 3 and 6 are the original's equals, the others flipped.
std::vector<Transform> sevenFlips()
{
    return {{}, flip(), {}, flip(), flip(), {}, flip()};
}

std::vector<std::string> longNames()
{
    return {"Pontificia Universidad Católica: Gebäudereinigungsmaschinenführerschein",
        "an exceedingly long class name that no tile of a contact sheet has the room to show",
        "/data/images/train/n02123045_tabby_tabby_cat_domestic_shorthair"};
}

/// The text without white space, which wrapping may take away.
QString squeezed(QString text)
{
    text.removeIf([](QChar c) { return c.isSpace(); });
    return text;
}

QStringList lines(const SheetText& text)
{
    return text.lines;
}

std::vector<const SheetText*> textsOf(const SheetTile& tile)
{
    return {&tile.drawn, &tile.transform, &tile.predicted, &tile.probability};
}

std::vector<const SheetText*> headingOf(const SheetLayout& layout)
{
    return {&layout.name, &layout.label, &layout.sentence, &layout.merged};
}

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
    void tellsTheVote()
    {
        // The original says dog, its flip cat: 3 × dog, 4 × cat.
        const auto sheet =
            sheet_data::sheet({1, 28, 28}, sevenFlips(), {"cat", "dog"}, 0, {1, 0}, 0.75F);
        const auto layout = layOutContactSheet(sheet);
        QCOMPARE(
            lines(layout.name), QStringList{QStringLiteral("Made-up images, test image 4711")});
        QCOMPARE(lines(layout.label), QStringList{QStringLiteral("true class: cat")});
        QCOMPARE(squeezed(layout.sentence.lines.join(QString())),
            squeezed(QStringLiteral(
                "4 of 7 copies say cat; the original said dog: TTA fixes this image.")));
        // (3 × 0.25 + 4 × 0.75) / 7
        QCOMPARE(squeezed(layout.merged.lines.join(QString())),
            QStringLiteral("mergedvote(meanof7copies):cat53.6%"));
        QCOMPARE(layout.mergedMark, SheetMark::Right);
        QCOMPARE(layout.tiles.size(), std::size_t(2));
        const auto& original = layout.tiles[0];
        QCOMPARE(squeezed(original.drawn.lines.join(QString())),
            squeezed(QStringLiteral("original and copies 1, 3 and 6 (×3)")));
        QVERIFY(original.transform.isEmpty());
        QCOMPARE(original.mark, SheetMark::Wrong);
        QCOMPARE(lines(original.predicted), QStringList{QStringLiteral("dog")});
        const auto& flipped = layout.tiles[1];
        QCOMPARE(squeezed(flipped.drawn.lines.join(QString())),
            squeezed(QStringLiteral("copies 2, 4, 5 and 7 (×4)")));
        QCOMPARE(lines(flipped.transform), QStringList{QStringLiteral("flip")});
        QCOMPARE(flipped.mark, SheetMark::Right);
        QCOMPARE(lines(flipped.predicted), QStringList{QStringLiteral("cat")});
        QCOMPARE(lines(flipped.probability), QStringList{QStringLiteral("75.0 %")});
        QCOMPARE(flipped.share, 0.75);
    }

    void withoutVotesThereAreOnlyPictures()
    {
        const auto sheet = sheet_data::sheet({3, 32, 32}, affineDraws(5), cifarNames(), 3, {});
        const auto layout = layOutContactSheet(sheet);
        QVERIFY(layout.sentence.isEmpty());
        QVERIFY(layout.merged.isEmpty());
        QCOMPARE(layout.mergedMark, SheetMark::None);
        QVERIFY(!layout.label.isEmpty());
        QCOMPARE(layout.tiles.size(), std::size_t(6));
        for (const auto& tile : layout.tiles) {
            QVERIFY(tile.predicted.isEmpty());
            QVERIFY(tile.probability.isEmpty());
            QCOMPARE(tile.mark, SheetMark::None);
            QVERIFY(!tile.drawn.isEmpty());
        }
        QVERIFY(!paintContactSheet(sheet).isNull());
    }

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

    void onlyTheAskedCopiesAreShown()
    {
        auto sheet = sheet_data::sheet({1, 28, 28}, sevenFlips(), {"cat", "dog"}, 0, {1, 0});
        sheet.copies = 3; // original, flip, original
        auto layout = layOutContactSheet(sheet);
        QCOMPARE(layout.tiles.size(), std::size_t(2));
        QCOMPARE(lines(layout.tiles[1].drawn), QStringList{QStringLiteral("copy 2")});
        sheet.copies = 1;
        layout = layOutContactSheet(sheet);
        QCOMPARE(layout.tiles.size(), std::size_t(1));
        QCOMPARE(lines(layout.tiles[0].drawn), QStringList{QStringLiteral("original and copy 1")});
    }

    void layout_data()
    {
        QTest::addColumn<int>("copies");
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<bool>("longNamed");
        QTest::addColumn<bool>("votes");
        const QList<QList<int>> shapes{{1, 28, 28}, {3, 32, 32}, {3, 96, 64}, {1, 1, 1},
            {3, 224, 300}, {3, 700, 500}, {1, 5, 40}};
        for (const auto& shape : shapes)
            for (const int copies : {0, 1, 2, 6, 20, 53})
                QTest::addRow("%d copies of %d×%d×%d", copies, shape[0], shape[1], shape[2])
                    << copies << shape << (copies % 2 == 0) << (copies > 0 && copies != 6);
    }

    void layout()
    {
        QFETCH(int, copies);
        QFETCH(QList<int>, shape);
        QFETCH(bool, longNamed);
        QFETCH(bool, votes);
        auto sheet = sheet_data::sheet({shape[0], shape[1], shape[2]}, affineDraws(copies),
            longNamed ? longNames() : cifarNames(), 1,
            votes ? std::vector<int>{1, 0, 2} : std::vector<int>{});
        if (longNamed)
            sheet.name = "/a/folder/with-a-name-that-has-no-place-to-break/"
                         "and-goes-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on.png";
        const auto made = layOutContactSheet(sheet);
        QCOMPARE(made.tiles.size(), std::size_t(copies + 1));
        QVERIFY(made.columns * made.rows >= copies + 1);
        QVERIFY(made.columns * (made.rows - 1) < copies + 1); // no empty row
        const QRectF whole(QPointF(0, 0), QSizeF(made.size));
        QRectF heading;
        for (const auto* text : headingOf(made)) {
            if (text->isEmpty())
                continue;
            QVERIFY(whole.contains(text->place));
            QVERIFY(!heading.intersects(text->place));
            heading |= text->place;
            QVERIFY(text->widest() <= text->place.width() + 0.5);
        }
        QCOMPARE(squeezed(made.name.lines.join(QString())),
            squeezed(QString::fromStdString(sheet.name)));
        const double step = made.scale;
        for (std::size_t i = 0; i < made.tiles.size(); ++i) {
            const auto& tile = made.tiles[i];
            QVERIFY(whole.contains(tile.frame));
            QVERIFY(!heading.intersects(tile.frame));
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!tile.frame.intersects(made.tiles[j].frame));
            QVERIFY(tile.frame.contains(tile.picture));
            // On whole device pixels: nothing smears the enlarged squares.
            for (const double edge : {tile.picture.left(), tile.picture.top()})
                QCOMPARE(edge * step, std::round(edge * step));
            std::vector<QRectF> parts{tile.picture};
            for (const auto* text : textsOf(tile)) {
                if (text->isEmpty())
                    continue;
                QVERIFY(tile.frame.contains(text->place));
                QVERIFY(text->widest() <= text->place.width() + 0.5);
                parts.push_back(text->place);
            }
            if (votes) {
                QVERIFY(tile.frame.contains(tile.bar));
                QVERIFY(tile.frame.contains(tile.markPlace));
                parts.push_back(tile.bar);
                parts.push_back(tile.markPlace);
                const auto& name = sheet.classNames[std::size_t(i % 3 == 0 ? 1
                        : i % 3 == 1                                       ? 0
                                                                           : 2)];
                const QString shown = tile.predicted.lines.join(QString());
                const QString all = QString::fromStdString(name);
                if (shown != all) { // cut in the middle alone
                    const auto parts2 = shown.split(QChar(0x2026));
                    QCOMPARE(parts2.size(), 2);
                    QVERIFY(all.startsWith(parts2[0]) && all.endsWith(parts2[1]));
                    QVERIFY(!parts2[0].isEmpty() && !parts2[1].isEmpty());
                }
            }
            for (std::size_t a = 0; a < parts.size(); ++a)
                for (std::size_t b = 0; b < a; ++b)
                    QVERIFY(!parts[a].intersects(parts[b]));
            // Every word of the transform is there.
            const auto& transform = sheet.variants.variants[tile.variant].transform;
            if (tile.variant > 0)
                QCOMPARE(squeezed(tile.transform.lines.join(QString())),
                    squeezed(QString::fromStdString(describe(transform, sheet.variants.shape))));
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
