// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/session/votes_data.h"
#include "ui/session/images_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace augury;
using namespace augury::test;
using augury::testing::noiseImages;
using augury::testing::wholeSplit;

namespace {

constexpr int s_patience = 10'000; // ms
constexpr Shape shape{1, 4, 4};
const std::vector<std::string> names{"cat", "dog", "owl"};

ImageOutcome outcome(std::int32_t label, std::int32_t baseline, std::int32_t merged)
{
    ImageOutcome o;
    o.label = label;
    o.baseline.predicted = baseline;
    o.merged.predicted = merged;
    o.baselineConfidence = 0.51;
    o.mergedConfidence = 0.634;
    return o;
}

/// `outcomes` of `split`, whatever a network would say.
std::shared_ptr<const Tally> tallyOf(const Split& split, std::vector<ImageOutcome> outcomes)
{
    auto evaluation = std::make_shared<Evaluation>();
    evaluation->split = split;
    Tally result;
    result.evaluation = evaluation;
    result.images = std::move(outcomes);
    return shared(std::move(result));
}

/// Labels 0, 1, 2, 0, 1, 2: fixed, broken, both right, both wrong, both wrong (changed), fixed.
std::vector<ImageOutcome> sixOutcomes()
{
    return {outcome(0, 1, 0), outcome(1, 1, 2), outcome(2, 2, 2), outcome(0, 1, 1),
        outcome(1, 0, 2), outcome(2, 0, 2)};
}

std::vector<std::uint32_t> rowsOf(const ImagesModel& model)
{
    std::vector<std::uint32_t> rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows.push_back(model.index(row).data(ImagesModel::PositionRole).toUInt());
    return rows;
}

using Rows = std::vector<std::uint32_t>;

} // namespace

class ImagesModelTest : public QObject {
    Q_OBJECT

    struct Made {
        Worker worker;
        Thumbnails thumbnails{worker};
        ImagesModel model{thumbnails};
        QAbstractItemModelTester tester{
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    };

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void keepsTheContractWhileEverythingChanges()
    {
        Made made;
        auto& model = made.model;
        augury::testing::FakeClassifier classifier(shape, 3);
        const auto one = wholeSplit(noiseImages(80, shape, 3));
        const Split other{noiseImages(90, shape, 3, 8), {5, 80, 3, 17}};
        const auto evaluation = evaluationOf(classifier, one, 5);
        model.setImages(SplitKind::Test, {}, {}, {}, nullptr);
        QCOMPARE(model.rowCount(), 0);
        const ImageFilter filters[] = {ImageFilter::Fixed, ImageFilter::Broken,
            ImageFilter::BothWrong, ImageFilter::BothRight, ImageFilter::Changed, ImageFilter::All};
        for (int copies = 1; copies <= 5; ++copies) {
            const auto votes = shared(tally(evaluation, copies, {}));
            model.setImages(SplitKind::Test, one, names, {}, votes);
            for (const auto filter : filters) {
                for (const auto order : {ImageOrder::Index, ImageOrder::Entropy}) {
                    const ImageQuery query{filter, -1, -1, order, copies % 2 == 0};
                    model.setQuery(query);
                    QVERIFY(model.query() == query);
                    const auto expected = selectImages(one, votes->images, query);
                    QVERIFY(rowsOf(model) == expected);
                    for (std::uint32_t position = 0; position < 80; ++position) {
                        const auto at = std::find(expected.begin(), expected.end(), position);
                        QCOMPARE(model.rowOf(position),
                            at == expected.end() ? -1 : int(at - expected.begin()));
                    }
                }
            }
            model.setImages(SplitKind::Validation, other, names, {}, nullptr);
            QCOMPARE(model.rowCount(), 4);
            QCOMPARE(model.rowOf(79), -1);
            model.setImages(SplitKind::Test, {}, names, {}, nullptr);
        }
    }

    void rowsThatStayAreOnlyMarkedAnew()
    {
        Made made;
        auto& model = made.model;
        const auto split = wholeSplit(noiseImages(6, shape, 3));
        model.setImages(SplitKind::Test, split, names, {}, nullptr);
        QSignalSpy reset(&model, &ImagesModel::modelReset);
        QSignalSpy changed(&model, &ImagesModel::dataChanged);
        model.setImages(SplitKind::Test, split, names, {}, tallyOf(split, sixOutcomes()));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 0);
        QCOMPARE(changed[0][1].toModelIndex().row(), 5);
        model.setQuery({ImageFilter::Fixed, -1, -1, ImageOrder::Index, false});
        QCOMPARE(reset.count(), 1);
        QVERIFY(rowsOf(model) == (Rows{0, 5}));
        model.setQuery({ImageFilter::Fixed, -1, -1, ImageOrder::Agreement, false});
        QCOMPARE(reset.count(), 1); // the same two
        // Other votes that select the same images, then others.
        auto outcomes = sixOutcomes();
        outcomes[0].mergedConfidence = 0.9;
        model.setImages(SplitKind::Test, split, names, {}, tallyOf(split, outcomes));
        QCOMPARE(reset.count(), 1);
        outcomes[0].merged.predicted = 1;
        model.setImages(SplitKind::Test, split, names, {}, tallyOf(split, outcomes));
        QCOMPARE(reset.count(), 2);
        QVERIFY(rowsOf(model) == (Rows{5}));
        // Other images under the same positions are other rows.
        model.setQuery({});
        const int before = int(reset.count());
        model.setImages(SplitKind::Test, wholeSplit(noiseImages(6, shape, 3, 9)), names, {}, {});
        QCOMPARE(reset.count(), before + 1);
        QCOMPARE(model.total(), std::size_t(6));
    }

    void votesOfOtherImagesAreNotUsed()
    {
        Made made;
        const auto images = noiseImages(9, shape, 3);
        const Split split{images, {0, 1, 2, 3, 4, 5}};
        const Split other{images, {0, 1, 2, 3, 4, 6}};
        made.model.setImages(SplitKind::Test, split, names, {}, tallyOf(other, sixOutcomes()));
        made.model.setQuery({ImageFilter::Fixed, -1, -1, ImageOrder::Index, false});
        QCOMPARE(made.model.rowCount(), 6); // what needs votes does not apply
        QCOMPARE(
            made.model.index(0).data(ImagesModel::OutcomeRole).toInt(), int(OutcomeKind::Unknown));
    }

    void saysEveryImageInWords()
    {
        Made made;
        auto& model = made.model;
        auto images = noiseImages(5000, shape, 3);
        images->labels[42] = -1;
        for (std::uint32_t i = 0; i < 6; ++i)
            images->labels[4711 + i] = static_cast<std::int32_t>(i % 3);
        const Split split{images, {4711, 4712, 4713, 4714, 4715, 4716, 42, 42}};
        auto outcomes = sixOutcomes();
        outcomes.push_back(outcome(-1, 1, 0));
        outcomes.push_back(outcome(-1, 5, 5));
        outcomes[4].merged.tied = true;
        model.setImages(SplitKind::Test, split, names, {}, nullptr);
        QCOMPARE(model.describe(0), QStringLiteral("Test image 4711, cat."));
        QCOMPARE(model.describe(6), QStringLiteral("Test image 42."));
        model.setImages(SplitKind::Test, split, names, {}, tallyOf(split, outcomes));
        const QString expected[] = {
            QStringLiteral(
                "Test image 4711, cat. Original: dog 51 %. Merged: cat 63 %. Fixed by TTA."),
            QStringLiteral(
                "Test image 4712, dog. Original: dog 51 %. Merged: owl 63 %. Broken by TTA."),
            QStringLiteral(
                "Test image 4713, owl. Original: owl 51 %. Merged: owl 63 %. Both are right."),
            QStringLiteral(
                "Test image 4714, cat. Original: dog 51 %. Merged: dog 63 %. Both are wrong."),
            QStringLiteral("Test image 4715, dog. Original: cat 51 %. Merged, after a tie: owl "
                           "63 %. Both are wrong."),
            QStringLiteral(
                "Test image 4716, owl. Original: cat 51 %. Merged: owl 63 %. Fixed by TTA."),
            QStringLiteral(
                "Test image 42. Original: dog 51 %. Merged: cat 63 %. TTA changes the answer."),
            QStringLiteral("Test image 42. Original: class 5 51 %. Merged: class 5 63 %. TTA "
                           "changes nothing."),
        };
        const OutcomeKind kinds[] = {OutcomeKind::Fixed, OutcomeKind::Broken,
            OutcomeKind::BothRight, OutcomeKind::BothWrong, OutcomeKind::BothWrong,
            OutcomeKind::Fixed, OutcomeKind::Unknown, OutcomeKind::Unknown};
        const bool changed[] = {true, true, false, false, true, true, true, false};
        QCOMPARE(model.rowOf(6), 0); // by their index in the set
        for (std::uint32_t position = 0; position < 8; ++position) {
            const auto index = model.index(model.rowOf(position));
            QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), expected[position]);
            QCOMPARE(index.data().toString(), expected[position]);
            QCOMPARE(
                index.data(Qt::ToolTipRole).toString().replace(u'\n', u' '), expected[position]);
            QCOMPARE(index.data(ImagesModel::OutcomeRole).toInt(), int(kinds[position]));
            QCOMPARE(index.data(ImagesModel::ChangedRole).toBool(), changed[position]);
        }
        // Names of one's own, which may look like anything.
        model.setImages(
            SplitKind::Own, {images, {42}}, names, {QStringLiteral("100%1 %2.png")}, {});
        QCOMPARE(model.describe(0), QStringLiteral("100%1 %2.png."));
        QCOMPARE(imageName(SplitKind::Validation, 7), QStringLiteral("Validation image 7"));
        QCOMPARE(imageName(SplitKind::Training, 7), QStringLiteral("Training image 7"));
        QCOMPARE(imageName(SplitKind::Own, 7), QStringLiteral("Image 7"));
    }

    void picturesArriveInTheirRows()
    {
        Made made;
        auto& model = made.model;
        const auto split = wholeSplit(noiseImages(6, shape, 3));
        model.setImages(SplitKind::Test, split, names, {}, tallyOf(split, sixOutcomes()));
        model.setQuery({ImageFilter::All, -1, -1, ImageOrder::Index, true});
        QTRY_VERIFY_WITH_TIMEOUT(made.worker.isIdle(), s_patience);
        made.thumbnails.setSide(8);
        QSignalSpy changed(&model, &ImagesModel::dataChanged);
        QVERIFY(model.index(1).data(Qt::DecorationRole).value<QImage>().isNull());
        QVERIFY(model.index(3).data(Qt::DecorationRole).value<QImage>().isNull());
        int first = 6;
        int last = -1;
        const auto span = [&] {
            for (const auto& one : changed) {
                if (one[2].value<QList<int>>() != QList<int>{Qt::DecorationRole})
                    return false;
                first = std::min(first, one[0].toModelIndex().row());
                last = std::max(last, one[1].toModelIndex().row());
            }
            return first == 1 && last == 3;
        };
        QTRY_VERIFY_WITH_TIMEOUT(span(), s_patience);
        const auto picture = model.index(1).data(Qt::DecorationRole).value<QImage>();
        QCOMPARE(picture.size(), QSize(8, 8));
        // Row 1 of the descending order is position 4.
        const int value = split.image(4).pixels[6]; // (2, 1)
        QCOMPARE(picture.pixel(5, 3), qRgb(value, value, value));
    }
};

QTEST_GUILESS_MAIN(ImagesModelTest)
#include "tst_images_model.moc"
