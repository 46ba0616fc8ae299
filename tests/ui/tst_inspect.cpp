// SPDX-License-Identifier: GPL-3.0-or-later
// The Inspect page in the real window: what it shows of an image and of all, against core's own
// functions.
#include "core/tta/sentence.h"
#include "core/tta/variants.h"
#include "tests/ui/inspect_fixture.h"
#include "ui/charts/votes_chart.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/picture_view.h"

#include <QLineEdit>

using namespace augury;
using namespace augury::test;

namespace {

/// Whether the picture shows these grey levels.
bool shows(const QImage& picture, std::span<const std::uint8_t> pixels, int side)
{
    if (picture.size() != QSize(side, side))
        return false;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            if (qGray(picture.pixel(x, y)) != pixels[static_cast<std::size_t>(y * side + x)])
                return false;
    return true;
}

} // namespace

class InspectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(f.make()); }
    void init() { f.openWindow(); }
    void cleanup() { f.window.reset(); }

    void saysWhatIsMissing()
    {
        const auto* empty = f.page()->emptyState();
        QVERIFY(empty->isVisible());
        f.window->begin(f.path(QStringLiteral("nowhere")));
        QVERIFY(empty->title().contains(QStringLiteral("Opening")));
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().dataError().isEmpty(), s_patience);
        QVERIFY(empty->isVisible());
        QVERIFY(empty->text().contains(QStringLiteral("nowhere")));
        QVERIFY(!f.page()->hasResults());

        QVERIFY(f.openData());
        QVERIFY(!empty->isVisible());
        QCOMPARE(f.bar()->countText(), QStringLiteral("60 images"));
        QVERIFY(f.bar()->scoreText().contains(QStringLiteral("Train or load a model")));
        QVERIFY(f.page()->stage()->sentence().contains(QStringLiteral("Ctrl+L")));
        QVERIFY(f.tiles()->model()->rowCount() > 0);
        const auto tile = f.tiles()->model()->index(0, 0);
        QCOMPARE(tile.data(VariantsModel::ClassRole).toString(), QString());
        QCOMPARE(tile.data(VariantsModel::VerdictRole).toInt(), -1);
        QVERIFY(!InspectFixture::button(f.bar(), "Evaluate")->isEnabled());
        QVERIFY(!f.combo("Predicted class")->isEnabled());
    }

    void saysThatAModelIsOfOtherData()
    {
        const auto other = f.path(QStringLiteral("large"));
        QVERIFY(writeTinyIdx(other, {20, 4, 20, 12}));
        f.window->begin(other, f.modelPath());
        QVERIFY(waitFor([&] { return f.session().model() && !f.session().isBusy() && f.look(); }));
        QTRY_VERIFY_WITH_TIMEOUT(
            f.page()->stage()->sentence().contains(QStringLiteral("20")), s_patience);
        QVERIFY(f.page()->stage()->sentence().contains(QStringLiteral("16")));
        QVERIFY(!f.look()->hasVotes());
        QVERIFY(f.tiles()->model()->rowCount() > 0); // the pictures are there nevertheless
        QVERIFY(!InspectFixture::button(f.bar(), "Evaluate")->isEnabled());
        QVERIFY(f.bar()->scoreText().contains(QStringLiteral("other data")));
    }

    void aClickShowsWhatVotes_data()
    {
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("rule");
        QTest::addColumn<bool>("tutorial");
        QTest::newRow("first, mean") << 0 << static_cast<int>(VoteRule::Mean) << false;
        QTest::newRow("a wrong label, majority")
            << 13 << static_cast<int>(VoteRule::Majority) << false;
        QTest::newRow("last, logits") << 59 << static_cast<int>(VoteRule::LogitMean) << false;
        QTest::newRow("flips alone: tiles of several copies")
            << 22 << static_cast<int>(VoteRule::Mean) << true;
    }

    void aClickShowsWhatVotes()
    {
        QFETCH(int, position);
        QFETCH(int, rule);
        QFETCH(bool, tutorial);
        QVERIFY(f.openAll());
        f.edit([&](ExperimentConfig& c) {
            c.vote.rule = static_cast<VoteRule>(rule);
            if (tutorial)
                c.policy = tutorialPolicy();
        });
        if (position == 0) { // is chosen already: away and back
            f.click(1);
            QVERIFY(f.settled());
        }
        f.click(static_cast<std::uint32_t>(position));
        QVERIFY(f.settled());
        const auto at = static_cast<std::size_t>(position);
        QCOMPARE(f.inspector().position(), std::optional(at));
        QCOMPARE(f.grid()->currentIndex().data(ImagesModel::PositionRole).toInt(), position);

        const auto all = f.expected();
        const int label = all.table.labels[at];
        const auto* stage = f.page()->stage();
        const auto pixels = f.dataset().test->image(at).pixels;
        QVERIFY(shows(stage->picture()->picture(), pixels, 16));
        const auto title = stage->findChild<ElidedLabel*>()->fullText();
        QVERIFY2(title.contains(QStringLiteral("Test image %1").arg(position)), qPrintable(title));
        QVERIFY(title.contains(QStringLiteral("labelled %1").arg(f.className(label))));
        QCOMPARE(stage->sentence(),
            QString::fromStdString(
                describeVote(all.table, at, 7, f.config().vote, f.checkpoint().classNames)));
        compareTiles(all, at, label);
        if (QTest::currentTestFailed())
            return;

        // The chart says the winner and its lead.
        const auto& scores = all.votes.scores;
        const double most =
            *std::max_element(scores.begin() + position * 4, scores.begin() + position * 4 + 4);
        QTRY_VERIFY_WITH_TIMEOUT(
            says(stage->votes()->summary(),
                f.className(all.votes.decisions[at].predicted) + QLatin1Char(' '), most, 0)
                || all.votes.decisions[at].tied,
            s_patience);
        QCOMPARE(stage->votes()->hiddenClasses(), 0);
    }

    void goesToANumber()
    {
        QVERIFY(f.openAll());
        auto* field = named<QLineEdit>(f.bar(), "Go to image number");
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("47"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(f.inspector().position(), std::optional<std::size_t>(47));
        QVERIFY(f.settled());
        QCOMPARE(f.look()->name, QStringLiteral("Test image 47"));
        const auto place = f.grid()->visualRect(f.grid()->currentIndex()).center();
        QVERIFY(f.grid()->viewport()->rect().contains(place)); // scrolled to
        QVERIFY(f.page()->messageText().isEmpty());

        QTest::keyClicks(field, QStringLiteral("60")); // over the selected 47
        QCOMPARE(field->text(), QStringLiteral("60"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(f.page()->messageText().contains(QStringLiteral("no image 60")));
        QVERIFY(f.page()->messageText().contains(QStringLiteral("60 images")));
        QCOMPARE(f.inspector().position(), std::optional<std::size_t>(47));
        QTest::keyClicks(field, QStringLiteral("3"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(f.page()->messageText().isEmpty());
        QCOMPARE(f.inspector().position(), std::optional<std::size_t>(3));
    }

    void looksAtOtherSplits()
    {
        QVERIFY(f.openAll());
        auto* box = f.combo("Images");
        QCOMPARE(box->count(), 3); // test, validation, training; no own ones yet
        const auto carved = carveValidation(wholeSplit(f.dataset().train), 0.25, 9);
        const std::pair<int, Split> kinds[] = {{1, carved.second}, {2, carved.first}};
        for (const auto& [row, split] : kinds) {
            box->setFocus();
            QTest::keyClick(box, Qt::Key_Down);
            QCOMPARE(box->currentIndex(), row);
            QCOMPARE(f.bar()->countText(), QStringLiteral("%1 images").arg(split.size()));
            f.click(5);
            QVERIFY(f.settled());
            QCOMPARE(f.look()->index, split.indices[5]);
            const auto pixels = split.image(5).pixels;
            QVERIFY(shows(f.page()->stage()->picture()->picture(), pixels, 16));
        }
    }

private:
    /// Every tile: its picture, copies, class, probability and mark.
    void compareTiles(const Expected& all, std::size_t at, int label)
    {
        PredictOptions options;
        options.policy = f.config().policy;
        options.seed = f.config().training.seed;
        const auto drawn = variantsOf(nullptr, f.testSplit(), at, options);
        const auto* model = f.tiles()->model();
        int row = 0;
        for (const auto& variant : drawn.variants) {
            const auto copies = std::ranges::count_if(variant.slots, [](int s) { return s > 0; });
            if (copies == 0)
                continue; // an original that no copy drew votes nowhere
            const auto p = all.table.view(at, variant.slots.back());
            const int predicted = best(p);
            const double probability = p[static_cast<std::size_t>(predicted)];
            const auto index = model->index(row++, 0);
            QVERIFY(index.isValid());
            QVERIFY(shows(index.data(Qt::DecorationRole).value<QImage>(), variant.pixels, 16));
            QCOMPARE(index.data(Qt::DisplayRole).toString(),
                QString::fromStdString(describe(variant.transform, drawn.shape)));
            QCOMPARE(index.data(VariantsModel::VotesRole).toInt(), static_cast<int>(copies));
            QCOMPARE(index.data(VariantsModel::ClassRole).toString(), f.className(predicted));
            QVERIFY(std::abs(index.data(VariantsModel::ProbabilityRole).toDouble() - probability)
                < 1e-5);
            QCOMPARE(index.data(VariantsModel::VerdictRole).toInt(), predicted == label ? 1 : 0);
            const auto toolTip = index.data(Qt::ToolTipRole).toString();
            for (int k = 0; k < 4; ++k)
                QVERIFY2(says(toolTip, f.className(k) + QLatin1Char(' '),
                             p[static_cast<std::size_t>(k)], 1),
                    qPrintable(toolTip));
            const auto spoken = index.data(Qt::AccessibleTextRole).toString();
            QVERIFY2(says(spoken, f.className(predicted) + QLatin1Char(' '), probability, 1),
                qPrintable(spoken));
            QVERIFY(spoken.contains(
                predicted == label ? QStringLiteral("right") : QStringLiteral("wrong")));
        }
        QCOMPARE(model->rowCount(), row);
    }

    InspectFixture f;
};

QTEST_MAIN(InspectTest)
#include "tst_inspect.moc"
