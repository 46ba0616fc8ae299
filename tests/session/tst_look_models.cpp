// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/session/votes_data.h"
#include "ui/session/probabilities_model.h"
#include "ui/session/variants_model.h"

#include <QAbstractItemModelTester>
#include <QFont>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace augury;
using namespace augury::test;
using augury::testing::FakeClassifier;
using augury::testing::noiseImages;
using augury::testing::wholeSplit;

namespace {

constexpr Shape shape{1, 8, 8};
using Tester = QAbstractItemModelTester;
constexpr auto s_mode = Tester::FailureReportingMode::QtTest;

std::shared_ptr<const ImageLook> look(
    int classes, std::size_t position, int copies, const AugmentPolicy& policy = flipsAndTurns())
{
    FakeClassifier classifier(shape, classes);
    const auto split = wholeSplit(noiseImages(8, shape, classes));
    return shared(lookAt(&classifier, lookRequest(split, position, copies, 3, policy)));
}

std::shared_ptr<const ImageLook> pictures(int copies)
{
    const auto split = wholeSplit(noiseImages(8, shape, 4));
    return shared(lookAt(nullptr, lookRequest(split, 0, copies)));
}

/// Three classes, one flip that two copies drew, and numbers one can read.
std::shared_ptr<const ImageLook> handMade(std::int32_t label)
{
    ImageLook made;
    made.label = label;
    made.config.copies = 3;
    made.classNames = {"cat", "dog"}; // class 2 has no name
    made.variants.table.classes = 3;
    made.variants.table.copies = 3;
    made.variants.table.probabilities = {0.25F, 0.5F, 0.25F, 0.125F, 0.125F, 0.75F, 1, 0, 0};
    made.variants.table.rows = {0, 1, 1, 2};
    made.variants.variants = {{{}, {0}, {}}, {{}, {1, 2}, {}}, {{}, {3}, {}}};
    made.tiles = {
        {QStringLiteral("original"), QStringLiteral("original"), {}, 0, {}, {}, 1, 0.5, label == 1},
        {QStringLiteral("flip"), QStringLiteral("copies 1 and 2 (×2)"),
            QStringLiteral("copies 1 and 2"), 2, {}, {}, 2, 0.75, label == 2},
        {QStringLiteral("+3.1°"), QStringLiteral("copy 3"), QStringLiteral("copy 3"), 1, {}, {}, 0,
            1, label == 0},
    };
    for (int i = 0; i < 3; ++i) {
        made.tiles[std::size_t(i)].picture = QImage(2, 2, QImage::Format_RGB32);
        made.tiles[std::size_t(i)].picture.fill(qRgb(i, i, i));
        made.tiles[std::size_t(i)].seen = QImage(2, 2, QImage::Format_RGB32);
        made.tiles[std::size_t(i)].seen.fill(qRgb(100 + i, 0, 0));
    }
    made.vote = {1, {2, false}, {0.4166, 0.0834, 0.5}, {1, 0, 2}};
    made.baseline = {0.25, 0.5, 0.25};
    made.deviation = {0.4121, 0.0589, 0.3536};
    return shared(std::move(made));
}

QString cell(const QAbstractItemModel& model, int row, int column, int role = Qt::DisplayRole)
{
    return model.index(row, column).data(role).toString();
}

} // namespace

class LookModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void variantsKeepTheContractWhileLooksChange()
    {
        VariantsModel model;
        Tester tester(&model, s_mode);
        QCOMPARE(model.rowCount(), 0);
        for (const auto& one : {look(4, 0, 7), look(4, 0, 3), look(4, 0, 50), look(4, 1, 50),
                 look(4, 1, 12, tutorialPolicy()), pictures(5), std::shared_ptr<const ImageLook>(),
                 look(1, 2, 1), look(100, 2, 7)}) {
            model.setLook(one);
            QCOMPARE(model.look(), one);
            int votes = 0;
            for (int row = 0; row < model.rowCount(); ++row) {
                const auto index = model.index(row);
                const int variant = index.data(VariantsModel::VariantRole).toInt();
                QCOMPARE(model.rowOfVariant(variant), row);
                votes += index.data(VariantsModel::VotesRole).toInt();
                QVERIFY(!index.data(Qt::DecorationRole).value<QImage>().isNull());
            }
            QCOMPARE(votes, one ? one->copies() : 0); // every copy has its tile
            model.setAsSeen(model.rowCount() % 2 == 0);
        }
    }

    void variantsAreNamedAndJudged()
    {
        VariantsModel model;
        model.setLook(handMade(2));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOfVariant(0), -1); // an original that nobody drew
        QCOMPARE(model.rowOfVariant(1), 0);
        QCOMPARE(model.rowOfVariant(3), -1);
        const auto flip = model.index(0);
        const auto turn = model.index(1);
        QCOMPARE(flip.data().toString(), QStringLiteral("flip"));
        QCOMPARE(flip.data(VariantsModel::SlotsRole).toString(), QStringLiteral("copies 1 and 2"));
        QCOMPARE(flip.data(VariantsModel::VotesRole).toInt(), 2);
        QCOMPARE(flip.data(VariantsModel::ClassRole).toString(), QStringLiteral("class 2"));
        QCOMPARE(flip.data(VariantsModel::ProbabilityRole).toDouble(), 0.75);
        QCOMPARE(flip.data(VariantsModel::VerdictRole).toInt(), 1);
        QCOMPARE(turn.data(VariantsModel::VerdictRole).toInt(), 0);
        QCOMPARE(flip.data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("copies 1 and 2 (×2): flip. Says class 2 75.0 %, right."));
        QCOMPARE(turn.data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("copy 3: +3.1°. Says cat 100.0 %, wrong."));
        QCOMPARE(turn.data(Qt::ToolTipRole).toString(),
            QStringLiteral("copy 3: +3.1°\ncat 100.0 %\ndog 0.0 %\nclass 2 0.0 %"));
        QCOMPARE(flip.data(Qt::DecorationRole).value<QImage>().pixel(0, 0), qRgb(1, 1, 1));
        QSignalSpy changed(&model, &VariantsModel::dataChanged);
        model.setAsSeen(true);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(flip.data(Qt::DecorationRole).value<QImage>().pixel(0, 0), qRgb(101, 0, 0));

        model.setLook(handMade(-1));
        QCOMPARE(model.index(0).data(VariantsModel::VerdictRole).toInt(), -1);
        QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("copy 3: +3.1°. Says cat 100.0 %."));
        model.setLook(pictures(3));
        const auto plain = model.index(0);
        QCOMPARE(plain.data(VariantsModel::VerdictRole).toInt(), -1);
        QVERIFY(plain.data(VariantsModel::ClassRole).toString().isEmpty());
        QVERIFY(!plain.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Says")));
    }

    void variantsOfTheSameImageKeepTheirPlace()
    {
        VariantsModel model;
        AugmentPolicy turns;
        turns.rotationRange = 10;
        model.setLook(look(4, 0, 7, turns));
        QSignalSpy reset(&model, &VariantsModel::modelReset);
        QSignalSpy changed(&model, &VariantsModel::dataChanged);
        turns.rotationRange = 20; // as a slider moves it
        model.setLook(look(4, 0, 7, turns));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        model.setLook(look(4, 0, 8, turns));
        QCOMPARE(reset.count(), 1);
        model.setLook(look(4, 1, 8, turns));
        QCOMPARE(reset.count(), 2);
        model.setLook(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void probabilityLinesNameTheLikeliest()
    {
        const auto one = look(100, 3, 5);
        for (int variant = 0; variant < int(one->tiles.size()); ++variant) {
            const auto slot = one->variants.variants[std::size_t(variant)].slots.front();
            const auto p = one->variants.table.view(0, slot);
            std::vector<std::pair<float, int>> expected;
            for (int k = 0; k < 100; ++k)
                expected.emplace_back(-p[std::size_t(k)], k);
            std::sort(expected.begin(), expected.end());
            const auto lines = probabilityLines(*one, variant, 4).split(u'\n');
            QCOMPARE(lines.size(), 4);
            for (int i = 0; i < 4; ++i) {
                const auto& [negative, k] = expected[std::size_t(i)];
                QCOMPARE(lines[i],
                    QStringLiteral("class %1 %2 %").arg(k).arg(-double(negative) * 100, 0, 'f', 1));
            }
        }
        QCOMPARE(probabilityLines(*handMade(0), 1, 99).split(u'\n').size(), 3);
        QVERIFY(probabilityLines(*one, -1, 4).isEmpty());
        QVERIFY(probabilityLines(*one, 99, 4).isEmpty());
        QVERIFY(probabilityLines(*pictures(3), 0, 4).isEmpty());
    }

    void probabilitiesKeepTheContractWhileLooksChange()
    {
        ProbabilitiesModel model;
        Tester tester(&model, s_mode);
        QCOMPARE(model.rowCount(), 0);
        for (const auto& one : {look(4, 0, 7), look(4, 1, 3), look(100, 0, 50), pictures(5),
                 std::shared_ptr<const ImageLook>(), look(1, 2, 1), look(4, 2, 7)}) {
            for (const int variant : {-1, 0, 1, 77, -1}) {
                model.setLook(one, variant);
                const bool voted = one && one->hasVotes();
                QCOMPARE(model.rowCount(), voted ? one->classes() : 0);
                const bool chosen = voted && variant >= 0 && variant < int(one->tiles.size());
                QCOMPARE(
                    model.columnCount(), int(ProbabilitiesModel::ColumnCount) - (chosen ? 0 : 1));
            }
        }
    }

    void probabilitiesAreTheLooksNumbers()
    {
        const auto one = look(4, 1, 7);
        ProbabilitiesModel model;
        const int variant = int(one->tiles.size()) - 1;
        model.setLook(one, variant);
        const auto number = [&](int k, int column) {
            return model.index(k, column).data(ProbabilitiesModel::SortRole).toDouble();
        };
        for (int k = 0; k < 4; ++k) {
            const auto i = std::size_t(k);
            QCOMPARE(number(k, ProbabilitiesModel::Class), double(k));
            QCOMPARE(number(k, ProbabilitiesModel::Baseline), one->baseline[i]);
            QCOMPARE(number(k, ProbabilitiesModel::Merged), one->vote.scores[i]);
            QCOMPARE(number(k, ProbabilitiesModel::Copies), double(one->vote.counts[i]));
            QCOMPARE(number(k, ProbabilitiesModel::Deviation), one->deviation[i]);
            QCOMPARE(
                number(k, ProbabilitiesModel::Chosen), double(one->variants.table.view(0, 7)[i]));
        }
    }

    void probabilitiesAreWrittenAndMarked()
    {
        ProbabilitiesModel model;
        model.setLook(handMade(0), 1);
        const QStringList rows[] = {
            {QStringLiteral("✓ cat"), QStringLiteral("25.0"), QStringLiteral("41.7"),
                QStringLiteral("1"), QStringLiteral("41.2"), QStringLiteral("12.5")},
            {QStringLiteral("dog"), QStringLiteral("50.0"), QStringLiteral("8.3"),
                QStringLiteral("0"), QStringLiteral("5.9"), QStringLiteral("12.5")},
            {QStringLiteral("class 2"), QStringLiteral("25.0"), QStringLiteral("50.0"),
                QStringLiteral("2"), QStringLiteral("35.4"), QStringLiteral("75.0")},
        };
        for (int k = 0; k < 3; ++k) {
            for (int column = 0; column < 6; ++column) {
                QCOMPARE(cell(model, k, column), rows[k][column]);
                QCOMPARE(model.index(k, column).data(Qt::FontRole).value<QFont>().bold(), k == 2);
            }
        }
        QCOMPARE(cell(model, 0, 0, Qt::AccessibleTextRole), QStringLiteral("cat, true class"));
        QCOMPARE(cell(model, 2, ProbabilitiesModel::Merged, Qt::AccessibleTextRole),
            QStringLiteral("class 2, merged vote, Merged: 50.0 %"));
        QCOMPARE(cell(model, 1, ProbabilitiesModel::Copies, Qt::AccessibleTextRole),
            QStringLiteral("dog, Votes: 0"));
        for (int column = 0; column < model.columnCount(); ++column) {
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)})
                QVERIFY(!model.headerData(column, Qt::Horizontal, role).toString().isEmpty());
        }
        QVERIFY(model.headerData(ProbabilitiesModel::Chosen, Qt::Horizontal, Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("copies 1 and 2")));

        QSignalSpy reset(&model, &ProbabilitiesModel::modelReset);
        model.setLook(handMade(-1), 2);
        QCOMPARE(reset.count(), 0); // as many rows and columns: a view keeps its place
        QCOMPARE(cell(model, 0, 0), QStringLiteral("cat"));
        QCOMPARE(cell(model, 0, ProbabilitiesModel::Chosen), QStringLiteral("100.0"));
        model.setLook(handMade(-1));
        QCOMPARE(reset.count(), 1);
        QCOMPARE(model.columnCount(), 5);
        QVERIFY(!model.headerData(ProbabilitiesModel::Chosen, Qt::Horizontal, Qt::DisplayRole)
                     .isValid());
    }

    void aTieIsSaidToBeOne()
    {
        auto made = *handMade(1);
        made.vote.merged.tied = true;
        ProbabilitiesModel model;
        model.setLook(shared(std::move(made)));
        QCOMPARE(cell(model, 2, 0, Qt::AccessibleTextRole),
            QStringLiteral("class 2, merged vote after a tie"));
        QCOMPARE(
            cell(model, 2, 0, Qt::ToolTipRole), QStringLiteral("class 2, merged vote after a tie"));
    }
};

QTEST_GUILESS_MAIN(LookModelsTest)
#include "tst_look_models.moc"
