// SPDX-License-Identifier: GPL-3.0-or-later
// The Details dock in the real window: every fact and number of an image and a variant, and what
// it copies, against core's own functions.
#include "core/tta/uncertainty.h"
#include "core/tta/variants.h"
#include "tests/ui/inspect_fixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace augury;
using namespace augury::test;

class DetailsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(f.make()); }
    void init() { f.openWindow(); }
    void cleanup() { f.window.reset(); }

    void isEmptyWithoutAnImage()
    {
        QVERIFY(!details()->table()->isVisible());
        QVERIFY(!InspectFixture::button(details(), "Copy all as JSON")->isVisible());
        QVERIFY(f.openData());
        QTRY_VERIFY(InspectFixture::button(details(), "Copy all as JSON")->isVisible());
        QVERIFY(!details()->table()->isVisible()); // nobody has voted
        QCOMPARE(fact(details()->imageText(), "Image"), QStringLiteral("Test image 0"));
        QCOMPARE(fact(details()->imageText(), "Entropy"), QString());
        QCOMPARE(fact(details()->provenanceText(), "Model"), QString());
        QTest::mouseClick(InspectFixture::button(details(), "Copy all as JSON"), Qt::LeftButton);
        const auto document = clipboard();
        QVERIFY(document[QStringLiteral("model")].isNull());
        QVERIFY(!document.contains(QStringLiteral("scores")));
        QVERIFY(document[QStringLiteral("views")].toArray().size() >= 2);
    }

    void saysTheFacts_data()
    {
        QTest::addColumn<int>("position");
        QTest::addColumn<bool>("includeOriginal");
        QTest::newRow("mean") << 9 << false;
        QTest::newRow("with the original") << 30 << true;
    }

    void saysTheFacts()
    {
        QFETCH(int, position);
        QFETCH(bool, includeOriginal);
        QVERIFY(f.openAll());
        f.edit([&](ExperimentConfig& c) { c.vote.includeOriginal = includeOriginal; });
        f.click(static_cast<std::uint32_t>(position));
        QVERIFY(f.settled());
        const auto at = static_cast<std::size_t>(position);
        const auto all = f.expected();
        const int label = all.table.labels[at];
        const auto text = details()->imageText();
        QCOMPARE(fact(text, "Image"), QStringLiteral("Test image %1").arg(position));
        QCOMPARE(fact(text, "Label"), f.className(label));
        const auto said = [&](const char* name, int k, double p) {
            const auto value = fact(text, name);
            QVERIFY2(says(value, f.className(k) + QLatin1Char(' '), p, 1), qPrintable(value));
            QVERIFY2(value.endsWith(k == label ? QStringLiteral("right") : QStringLiteral("wrong")),
                qPrintable(value));
        };
        const int alone = all.alone(at);
        said("Original", alone, all.table.view(at, 0)[static_cast<std::size_t>(alone)]);
        said("Merged", all.merged(at), all.score(at, all.merged(at)));

        std::vector<double> scores(
            all.votes.scores.begin() + position * 4, all.votes.scores.begin() + position * 4 + 4);
        std::ranges::sort(scores, std::greater());
        near(fact(text, "Margin"), 100 * (scores[0] - scores[1]), 0.051);
        int counts[4] = {};
        for (int slot = includeOriginal ? 0 : 1; slot <= 7; ++slot)
            ++counts[best(all.table.view(at, slot))];
        QCOMPARE(fact(text, "Agreement"),
            (includeOriginal ? QStringLiteral("%1 of 8 views") : QStringLiteral("%1 of 7 copies"))
                .arg(*std::max_element(counts, counts + 4)));
        const auto uncertainty = uncertainties(all.table, 7, includeOriginal)[at];
        near(fact(text, "Entropy"), uncertainty.predictiveEntropy, 0.00051);
        near(fact(text, "Mutual information"), uncertainty.mutualInformation, 0.00051);
        QCOMPARE(fact(text, "Network passes"), QStringLiteral("8"));

        const auto provenance = details()->provenanceText();
        QCOMPARE(fact(provenance, "Data"), QString::fromStdString(f.dataset().name));
        QCOMPARE(fact(provenance, "Model"), QStringLiteral("tiny.safetensors"));
        QCOMPARE(fact(provenance, "Seed"), QString::number(f.config().training.seed));
        QCOMPARE(
            fact(provenance, "Vote"), QString::fromStdString(describeRule(f.config().vote, 7)));
        QCOMPARE(fact(provenance, "Copies"), QString::fromStdString(describe(f.config().policy)));
    }

    void showsAllClasses()
    {
        QVERIFY(f.openAll());
        f.click(9);
        QVERIFY(f.settled());
        const auto all = f.expected();
        const auto deviation = classStd(all.table, 9, 7, false);
        const auto* model = details()->table()->model();
        QVERIFY(details()->table()->isVisible());
        QCOMPARE(model->rowCount(), 4);
        QCOMPARE(model->columnCount(), 5); // no variant is chosen
        double before = 2;
        for (int row = 0; row < 4; ++row) {
            const int k = model->index(row, 0).data(ProbabilitiesModel::SortRole).toInt();
            QCOMPARE(model->index(row, 0).data().toString(),
                (k == all.table.labels[9] ? QStringLiteral("✓ ") : QString()) + f.className(k));
            const auto cell = [&](int column) {
                return model->index(row, column).data().toString();
            };
            near(cell(1), 100.0 * static_cast<double>(all.table.view(9, 0)[std::size_t(k)]), 0.051);
            near(cell(2), 100 * all.score(9, k), 0.051);
            int votes = 0;
            for (int slot = 1; slot <= 7; ++slot)
                votes += best(all.table.view(9, slot)) == k;
            QCOMPARE(cell(3), QString::number(votes));
            near(cell(4), 100 * deviation[std::size_t(k)], 0.051);
            QVERIFY(all.score(9, k) <= before); // the largest first
            before = all.score(9, k);
        }
        // A click on a heading sorts.
        auto* header = details()->table()->horizontalHeader();
        details()->table()->scrollTo(model->index(0, 0));
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
            {header->sectionViewportPosition(0) + 10, header->height() / 2});
        std::vector<int> classes;
        for (int row = 0; row < 4; ++row)
            classes.push_back(model->index(row, 0).data(ProbabilitiesModel::SortRole).toInt());
        QVERIFY(std::ranges::is_sorted(classes) || std::ranges::is_sorted(classes, std::greater()));
    }

    void aClickedTileHasItsColumnAndParameters()
    {
        QVERIFY(f.openAll());
        f.click(9);
        QVERIFY(f.settled());
        QVERIFY(details()->variantText().isEmpty());
        const auto all = f.expected();
        const auto drawn = drawnVariants(9);
        for (int row = 0; row < f.tiles()->model()->rowCount(); ++row) {
            const auto tile = f.tiles()->model()->index(row, 0);
            InspectFixture::clickOn(f.tiles(), tile);
            const auto& variant = drawn.variants[static_cast<std::size_t>(row) + 1]; // no original
            const int slot = variant.slots.front();
            QCOMPARE(slot, row + 1);
            const auto p = all.table.view(9, slot);
            const auto text = details()->variantText();
            QCOMPARE(fact(text, "Is"), QStringLiteral("copy %1").arg(slot));
            QCOMPARE(fact(text, "Drawn"),
                QString::fromStdString(describe(variant.transform, drawn.shape)));
            QVERIFY(says(fact(text, "Says"), f.className(best(p)) + QLatin1Char(' '),
                static_cast<double>(p[std::size_t(best(p))]), 1));
            near(fact(text, "rotation"), variant.transform.rotation, 1e-4);
            near(fact(text, "shift y"), variant.transform.shiftY, 1e-4);
            QCOMPARE(fact(text, "zoom x"), QString()); // as in the original
            const auto* model = details()->table()->model();
            QCOMPARE(model->columnCount(), 6);
            for (int line = 0; line < 4; ++line) {
                const int k = model->index(line, 0).data(ProbabilitiesModel::SortRole).toInt();
                near(model->index(line, 5).data().toString(),
                    100.0 * static_cast<double>(p[std::size_t(k)]), 0.051);
            }
        }
    }

    void copiesAVariant()
    {
        QVERIFY(f.openAll());
        f.click(14);
        QVERIFY(f.settled());
        const auto all = f.expected();
        const auto drawn = drawnVariants(14);
        for (const int row : {2, 5}) {
            InspectFixture::clickOn(f.tiles(), f.tiles()->model()->index(row, 0));
            QGuiApplication::clipboard()->clear();
            QTest::mouseClick(
                InspectFixture::button(details(), "Copy variant as JSON"), Qt::LeftButton);
            const auto json = clipboard();
            const auto& variant = drawn.variants[static_cast<std::size_t>(row) + 1];
            QCOMPARE(json[QStringLiteral("slots")].toArray(), QJsonArray{row + 1});
            const auto transform = json[QStringLiteral("transform")].toObject();
            QCOMPARE(transform[QStringLiteral("rotation")].toDouble(), variant.transform.rotation);
            QCOMPARE(transform[QStringLiteral("shift_x")].toDouble(), variant.transform.shiftX);
            QCOMPARE(transform[QStringLiteral("shift_y")].toDouble(), variant.transform.shiftY);
            QCOMPARE(transform[QStringLiteral("horizontal_flip")].toBool(),
                variant.transform.horizontalFlip);
            const auto p = all.table.view(14, row + 1);
            const auto copied = json[QStringLiteral("probabilities")].toArray();
            QCOMPARE(copied.size(), 4);
            for (int k = 0; k < 4; ++k)
                QVERIFY(
                    std::abs(copied[k].toDouble() - static_cast<double>(p[std::size_t(k)])) < 1e-5);
        }
    }

    void copiesAll()
    {
        QVERIFY(f.openAll());
        f.click(21);
        QVERIFY(f.settled());
        QTest::mouseClick(InspectFixture::button(details(), "Copy all as JSON"), Qt::LeftButton);
        const auto json = clipboard();
        const auto all = f.expected();
        const auto image = json[QStringLiteral("image")].toObject();
        QCOMPARE(image[QStringLiteral("split")].toString(), QStringLiteral("test"));
        QCOMPARE(image[QStringLiteral("index")].toInt(), 21);
        QCOMPARE(json[QStringLiteral("label")].toString(), f.className(all.table.labels[21]));
        QCOMPARE(json[QStringLiteral("merged")].toString(), f.className(all.merged(21)));
        QCOMPARE(json[QStringLiteral("baseline")].toString(), f.className(all.alone(21)));
        QCOMPARE(json[QStringLiteral("copies")].toInt(), 7);
        QCOMPARE(json[QStringLiteral("seed")].toInteger(),
            static_cast<qint64>(f.config().training.seed));
        QCOMPARE(json[QStringLiteral("views")].toArray().size(), 8);
        QCOMPARE(json[QStringLiteral("sentence")].toString(), f.page()->stage()->sentence());
        QCOMPARE(
            json[QStringLiteral("policy")].toObject()[QStringLiteral("rotation_range")].toDouble(),
            f.config().policy.rotationRange);
        for (int k = 0; k < 4; ++k)
            QVERIFY(
                std::abs(json[QStringLiteral("scores")].toArray()[k].toDouble() - all.score(21, k))
                < 1e-5);
    }

    void followsTheStageWhileAPinnedLookStays()
    {
        QVERIFY(f.openAll());
        f.click(4);
        QVERIFY(f.settled());
        InspectFixture::clickOn(f.tiles(), f.tiles()->model()->index(3, 0));
        QTest::mouseClick(InspectFixture::button(f.page(), "Pin image"), Qt::LeftButton);
        const auto pinned = f.page()->pinned()->look();
        const auto sentence = f.page()->pinned()->sentence();
        const auto text = details()->imageText();
        f.edit([](ExperimentConfig& c) { c.policy.rotationRange = 60; });
        f.click(11);
        QVERIFY(f.settled());
        QCOMPARE(f.page()->pinned()->look(), pinned);
        QCOMPARE(f.page()->pinned()->sentence(), sentence);
        QVERIFY(details()->imageText() != text);
        QCOMPARE(fact(details()->imageText(), "Image"), QStringLiteral("Test image 11"));
        // The chosen copy stays chosen.
        QCOMPARE(fact(details()->variantText(), "Is"), QStringLiteral("copy 4"));
        QCOMPARE(f.tiles()->currentIndex().row(), 3);
    }

private:
    DetailsDock* details() const { return f.window->detailsDock(); }

    /// The value beside a name.
    static QString fact(const QString& text, const char* name)
    {
        const auto lines = text.split(QLatin1Char('\n'));
        const auto at = lines.indexOf(QString::fromUtf8(name));
        return at >= 0 && at + 1 < lines.size() ? lines[at + 1] : QString();
    }

    /// The number that `text` begins with.
    static void near(const QString& text, double expected, double tolerance)
    {
        const auto words = text.split(QLatin1Char(' '));
        bool ok = false;
        auto digits = words.front();
        const double shown =
            QLocale().toDouble(digits.replace(QStringLiteral("−"), QStringLiteral("-")), &ok);
        QVERIFY2(ok && std::abs(shown - expected) <= tolerance,
            qPrintable(QStringLiteral("“%1” in place of %2").arg(text).arg(expected)));
    }

    static QJsonObject clipboard()
    {
        return QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object();
    }

    ImageVariants drawnVariants(std::size_t position) const
    {
        PredictOptions options;
        options.policy = f.config().policy;
        options.seed = f.config().training.seed;
        return variantsOf(nullptr, f.testSplit(), position, options);
    }

    InspectFixture f;
};

QTEST_MAIN(DetailsTest)
#include "tst_details.moc"
