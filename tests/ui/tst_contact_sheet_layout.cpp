// SPDX-License-Identifier: GPL-3.0-or-later
// The contact sheet's layout: what it tells, and that nothing is cut or covered.
#include "tests/ui/sheet_texts.h"
#include "ui/widgets/contact_sheet.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace augury;
using namespace sheet_data;

class TestContactSheetLayout : public QObject {
    Q_OBJECT
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
                const std::array<std::size_t, 3> said{1, 0, 2};
                const auto& name = sheet.classNames[said[i % 3]];
                const QString shown = tile.predicted.lines.join(QString());
                const QString all = QString::fromStdString(name);
                if (shown != all) { // cut in the middle alone
                    const auto halves = shown.split(QChar(0x2026));
                    QCOMPARE(halves.size(), 2);
                    QVERIFY(all.startsWith(halves[0]) && all.endsWith(halves[1]));
                    QVERIFY(!halves[0].isEmpty() && !halves[1].isEmpty());
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

    void numbersKeepTheirUnits()
    {
        QCOMPARE(withFirmUnits(QStringLiteral("shift 2 px right, crop 88 % top left, noise σ 5")),
            QStringLiteral(
                "shift\u00a02\u00a0px right, crop\u00a088\u00a0% top left, noise σ\u00a05"));
        QCOMPARE(withFirmUnits(QStringLiteral("flip, −10°, zoom 1.04, half turn")),
            QStringLiteral("flip, −10°, zoom\u00a01.04, half turn"));
    }
};

QTEST_MAIN(TestContactSheetLayout)
#include "tst_contact_sheet_layout.moc"
