// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/error.h"
#include "tests/session/votes_data.h"

#include <QTest>

#include <cmath>

using namespace augury;
using namespace augury::test;
using augury::testing::FakeClassifier;
using augury::testing::noiseImages;
using augury::testing::wholeSplit;

namespace {

constexpr Shape shape{3, 8, 8};
constexpr int classes = 5;

bool holds(const QImage& image, const ImageView& view)
{
    if (image.size() != QSize(view.shape.width, view.shape.height))
        return false;
    for (int y = 0; y < view.shape.height; ++y) {
        for (int x = 0; x < view.shape.width; ++x) {
            const auto p =
                static_cast<std::size_t>((y * view.shape.width + x) * view.shape.channels);
            const auto* bytes = view.pixels.data() + p;
            const auto last = static_cast<std::size_t>(view.shape.channels - 1);
            if (image.pixel(x, y) != qRgb(bytes[0], bytes[last / 2], bytes[last]))
                return false;
        }
    }
    return true;
}

} // namespace

class ImageLookTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAnEvaluationSays_data()
    {
        QTest::addColumn<int>("copies");
        QTest::addColumn<int>("rule");
        QTest::addColumn<bool>("includeOriginal");
        QTest::addColumn<double>("blend");
        QTest::newRow("7 copies") << 7 << int(VoteRule::Mean) << false << 0.0;
        QTest::newRow("1 copy") << 1 << int(VoteRule::Mean) << false << 0.25;
        QTest::newRow("50 copies") << 50 << int(VoteRule::Majority) << true << 0.0;
        QTest::newRow("logits") << 3 << int(VoteRule::LogitMean) << true << 0.0;
    }

    void saysWhatAnEvaluationSays()
    {
        QFETCH(int, copies);
        QFETCH(int, rule);
        QFETCH(bool, includeOriginal);
        QFETCH(double, blend);
        VoteOptions vote;
        vote.rule = static_cast<VoteRule>(rule);
        vote.includeOriginal = includeOriginal;
        vote.blend = blend;
        const Split split{noiseImages(30, shape, classes), {9, 4, 21, 2, 17}};
        FakeClassifier classifier(shape, classes);
        // The whole split, as an evaluation does it.
        const auto whole = evaluationOf(classifier, split, copies, 77);
        const auto outcomes = tally(whole, copies, vote).images;
        const auto votes = mergeVotes(*whole->table, copies, vote);
        for (std::size_t position = 0; position < split.size(); ++position) {
            auto request = lookRequest(split, position, copies, 77);
            request.config.vote = vote;
            const auto before = classifier.passes;
            const auto look = lookAt(&classifier, request);
            QCOMPARE(look.passes(), int(classifier.passes - before));
            const auto& outcome = outcomes[position];
            QVERIFY(look.hasVotes());
            QCOMPARE(look.classes(), classes);
            QCOMPARE(look.copies(), copies);
            QCOMPARE(look.label, outcome.label);
            QCOMPARE(look.name, QStringLiteral("Test image %1").arg(split.indices[position]));
            QCOMPARE(look.vote.original, outcome.baseline.predicted);
            QVERIFY(look.vote.merged == outcome.merged);
            QCOMPARE(look.uncertainty.agreement, outcome.uncertainty.agreement);
            QCOMPARE(look.uncertainty.predictiveEntropy, outcome.uncertainty.predictiveEntropy);
            QCOMPARE(look.uncertainty.mutualInformation, outcome.uncertainty.mutualInformation);

            std::vector<int> counts(classes, 0);
            std::vector<double> sum(classes, 0);
            std::vector<double> squares(classes, 0);
            const int first = includeOriginal ? 0 : 1;
            for (int slot = 0; slot <= copies; ++slot) {
                const auto p = whole->table->view(position, slot);
                if (slot > 0)
                    ++counts[std::size_t(std::max_element(p.begin(), p.end()) - p.begin())];
                for (std::size_t k = 0; slot >= first && k < classes; ++k) {
                    sum[k] += double(p[k]);
                    squares[k] += double(p[k]) * double(p[k]);
                }
            }
            QCOMPARE(look.vote.counts, counts);
            const double n = copies + 1 - first;
            for (std::size_t k = 0; k < classes; ++k) {
                QCOMPARE(look.vote.scores[k], votes.scores[position * classes + k]);
                QCOMPARE(look.baseline[k], double(whole->table->view(position, 0)[k]));
                const double mean = sum[k] / n;
                const double deviation = std::sqrt(std::max(0.0, squares[k] / n - mean * mean));
                QVERIFY(std::abs(look.deviation[k] - deviation) < 1e-6);
            }
            QCOMPARE(look.sentence,
                QString::fromStdString(
                    describeVote(*whole->table, position, copies, vote, classifier.classNames())));
            checkTiles(look, *whole->table, position, split);
            if (QTest::currentTestFailed())
                return;
        }
    }

private:
    void checkTiles(
        const ImageLook& look, const VoteTable& table, std::size_t position, const Split& split)
    {
        std::vector<int> seen(std::size_t(look.copies() + 1), 0);
        QCOMPARE(look.tiles.size(), look.variants.variants.size());
        for (std::size_t v = 0; v < look.tiles.size(); ++v) {
            const auto& tile = look.tiles[v];
            const auto& variant = look.variants.variants[v];
            int copies = 0;
            for (const int slot : variant.slots) {
                ++seen[std::size_t(slot)];
                copies += slot > 0 ? 1 : 0;
                const auto transform = slot == 0
                    ? Transform{}
                    : draw(look.config.policy, 77, split.indices[position], std::uint32_t(slot));
                QVERIFY(variant.transform == transform);
                const auto p = table.view(position, slot);
                const auto best = std::max_element(p.begin(), p.end());
                QCOMPARE(tile.predicted, int(best - p.begin()));
                QCOMPARE(tile.probability, double(*best));
            }
            QCOMPARE(tile.votes, copies);
            QCOMPARE(tile.right, tile.predicted == look.label);
            QCOMPARE(tile.words.toStdString(), describe(variant.transform, shape));
            QCOMPARE(tile.slotWords.toStdString(), describeSlots(variant.slots));
            std::vector<std::uint8_t> pixels(shape.size());
            render(split.image(position), variant.transform, pixels);
            QVERIFY(holds(tile.picture, {shape, pixels}));
        }
        QVERIFY(std::all_of(seen.begin(), seen.end(), [](int n) { return n == 1; }));
        QVERIFY(look.variants.variants.front().slots.front() == 0);
    }

private Q_SLOTS:
    void duplicatesAreCounted()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = wholeSplit(noiseImages(2, shape, classes));
        const auto look = lookAt(&classifier, lookRequest(split, 1, 20, 3, tutorialPolicy()));
        QCOMPARE(look.tiles.size(), std::size_t(2)); // as it is, and flipped
        QCOMPARE(look.passes(), 2);
        QCOMPARE(look.tiles[0].votes + look.tiles[1].votes, 20);
        QVERIFY(look.tiles[0].votes > 1 && look.tiles[1].votes > 1);
        QVERIFY(look.tiles[0].slotWords.startsWith(QStringLiteral("original and copies")));
        QVERIFY(look.tiles[1].slotWords.endsWith(QStringLiteral("(×%1)").arg(look.tiles[1].votes)));
    }

    void withoutALabelNothingIsRight()
    {
        FakeClassifier classifier(shape, classes);
        auto images = noiseImages(1, shape, classes);
        images->labels[0] = -1;
        auto request = lookRequest(wholeSplit(images), 0, 7);
        request.image.kind = SplitKind::Own;
        request.name = QStringLiteral("zebra.png");
        const auto look = lookAt(&classifier, request);
        QVERIFY(!look.isLabelled());
        QCOMPARE(look.name, QStringLiteral("zebra.png"));
        QVERIFY(look.image == request.image);
        for (const auto& tile : look.tiles)
            QVERIFY(!tile.right && tile.predicted >= 0);
        QVERIFY2(look.sentence.contains(QStringLiteral("TTA changes")), qPrintable(look.sentence));
    }

    void withoutAClassifierThereArePictures()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = wholeSplit(noiseImages(3, shape, classes));
        auto request = lookRequest(split, 2, 7);
        const auto look = lookAt(nullptr, request);
        const auto voted = lookAt(&classifier, request);
        QVERIFY(!look.hasVotes());
        QCOMPARE(look.passes(), 0);
        QVERIFY(look.baseline.empty() && look.deviation.empty() && look.sentence.isEmpty());
        QCOMPARE(look.label, 2);
        QCOMPARE(look.className(2), QStringLiteral("class 2"));
        QCOMPARE(look.tiles.size(), voted.tiles.size());
        for (std::size_t v = 0; v < look.tiles.size(); ++v) {
            QCOMPARE(look.tiles[v].predicted, -1);
            QCOMPARE(look.tiles[v].picture, voted.tiles[v].picture);
            QCOMPARE(look.tiles[v].words, voted.tiles[v].words);
        }
    }

    void manyClassesAndOne()
    {
        for (const int k : {100, 1}) {
            FakeClassifier classifier(shape, k);
            const auto split = wholeSplit(noiseImages(3, shape, k));
            auto request = lookRequest(split, 1, 7);
            request.classNames = {"only name"};
            const auto look = lookAt(&classifier, request);
            QCOMPARE(look.classes(), k);
            QCOMPARE(look.vote.scores.size(), std::size_t(k));
            double sum = 0;
            for (const double score : look.vote.scores)
                sum += score;
            QVERIFY(std::abs(sum - 1) < 1e-6);
            QCOMPARE(look.className(0), QStringLiteral("only name"));
            QCOMPARE(look.className(42), QStringLiteral("class 42"));
        }
    }

    void theNetworkSeesNormalisedPixels()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = wholeSplit(noiseImages(3, shape, classes));
        auto request = lookRequest(split, 0, 3);
        const auto scaled = lookAt(&classifier, request);
        QCOMPARE(scaled.seenRange, (std::pair<double, double>{0, 1}));
        for (const auto& tile : scaled.tiles)
            QCOMPARE(tile.seen, tile.picture);

        auto model = std::make_shared<FittedModel>();
        const Normalisation normalisation{
            NormalisationKind::Standardise, {0.2, 0.5, 0.6}, {0.1, 0.4, 0.25}};
        model->checkpoint.normalisation = normalisation;
        request.model = model;
        const auto look = lookAt(&classifier, request);
        // −0.2 / 0.1 … 0.8 / 0.1 for red, narrower for the others.
        const double low = -0.6 / 0.25;
        const double high = 8;
        QVERIFY(std::abs(look.seenRange.first - low) < 1e-9);
        QVERIFY(std::abs(look.seenRange.second - high) < 1e-9);
        for (std::size_t v = 0; v < look.tiles.size(); ++v) {
            const auto& tile = look.tiles[v];
            const auto& pixels = look.variants.variants[v].pixels;
            QCOMPARE(tile.seen.size(), tile.picture.size());
            for (int p = 0; p < shape.width * shape.height; ++p) {
                const auto seen = tile.seen.pixel(p % shape.width, p / shape.width);
                const int levels[] = {qRed(seen), qGreen(seen), qBlue(seen)};
                for (std::size_t c = 0; c < 3; ++c) {
                    const double x =
                        (pixels[std::size_t(p) * 3 + c] / 255.0 - normalisation.mean[c])
                        / normalisation.std[c];
                    QVERIFY(std::abs(levels[c] - (x - low) / (high - low) * 255) <= 0.5 + 1e-6);
                }
            }
        }
    }

    void whatCoreRefusesIsItsOwnError()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = wholeSplit(noiseImages(3, shape, classes));
        auto request = lookRequest(split, 0, 3);
        request.config.vote.rule = VoteRule::Learned; // without weights
        QVERIFY_THROWS_EXCEPTION(Error, lookAt(&classifier, request));
        QVERIFY_THROWS_EXCEPTION(Error, lookAt(&classifier, lookRequest(split, 3, 3)));
        QVERIFY_THROWS_EXCEPTION(Error, lookAt(nullptr, lookRequest({}, 0, 3)));
        QVERIFY_THROWS_EXCEPTION(Error, lookAt(nullptr, lookRequest(split, 0, 1001)));
        FakeClassifier small({1, 8, 8}, classes);
        QVERIFY_THROWS_EXCEPTION(Error, lookAt(&small, lookRequest(split, 0, 3)));
    }
};

QTEST_GUILESS_MAIN(ImageLookTest)
#include "tst_image_look.moc"
