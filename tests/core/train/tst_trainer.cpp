// SPDX-License-Identifier: GPL-3.0-or-later
// The trainer against a plain LibTorch training loop, and its contract.
#include <torch/torch.h>

#include "core/augment/augment_policy.h"
#include "core/data/splits.h"
#include "core/model/cnn.h"
#include "core/support/random.h"
#include "core/train/trainer.h"
#include "tests/support/synthetic_images.h"

#include <QtTest>

#include <cmath>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr int classes = 4;
const Shape shape{3, 12, 16};

TrainSettings smallSettings()
{
    TrainSettings settings;
    settings.epochs = 2;
    settings.batchSize = 16;
    settings.threads = 2;
    settings.seed = 11;
    return settings;
}

AugmentPolicy strongPolicy()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.rotationRange = 20;
    policy.widthShiftRange = 0.1;
    policy.zoomRange = {0.8, 1.2};
    policy.brightnessRange = {0.5, 1.5};
    policy.fillMode = FillMode::Reflect;
    return policy;
}

/// Losses of each batch, from the running means that the observer hands out.
std::vector<double> batchLosses(const Split& training, const TrainSettings& settings, int epochs)
{
    std::vector<double> losses;
    double sum = 0;
    std::size_t seen = 0;
    TrainObserver observer;
    observer.onBatch = [&](const BatchProgress& batch) {
        if (batch.epoch > epochs)
            return;
        if (batch.batch == 1) {
            sum = 0;
            seen = 0;
        }
        const std::size_t n = batch.batch == batch.batches
            ? training.size() - seen
            : static_cast<std::size_t>(settings.batchSize);
        seen += n;
        losses.push_back((batch.loss * double(seen) - sum) / double(n));
        sum = batch.loss * double(seen);
    };
    train(training, {}, classNames(classes), settings, observer);
    return losses;
}

/// The same training with plain LibTorch operations and autograd.
std::vector<double> plainLosses(const Split& training, const TrainSettings& settings)
{
    Cnn cnn = Cnn::initialise(shape, classes, settings.seed);
    auto parameters = cnn.parameters();
    for (auto& parameter : parameters)
        parameter.requires_grad_();
    torch::optim::Adam adam(parameters, torch::optim::AdamOptions(settings.learningRate).eps(1e-7));
    std::vector<double> losses;
    for (int epoch = 1; epoch <= settings.epochs; ++epoch) {
        const auto order = randomOrder(static_cast<std::uint32_t>(training.size()), settings.seed,
            RandomUse::Shuffle, static_cast<std::uint32_t>(epoch));
        for (std::size_t begin = 0; begin < order.size(); begin += 16) {
            const std::size_t n = std::min<std::size_t>(16, order.size() - begin);
            std::vector<torch::Tensor> images;
            std::vector<std::int64_t> labels;
            for (std::size_t i = begin; i < begin + n; ++i) {
                std::vector<std::uint8_t> pixels(shape.size());
                render(training.image(order[i]),
                    draw(settings.policy,
                        deriveSeed(settings.seed, RandomUse::TrainAugmentation, 0),
                        training.indices[order[i]], static_cast<std::uint32_t>(epoch)),
                    pixels);
                images.push_back(torch::tensor(std::vector<int>(pixels.begin(), pixels.end()))
                                     .view({shape.height, shape.width, shape.channels})
                                     .permute({2, 0, 1})
                                     .to(torch::kFloat)
                    / 255);
                labels.push_back(training.label(order[i]));
            }
            adam.zero_grad();
            const auto loss = torch::nn::functional::cross_entropy(
                cnn.forward(torch::stack(images), true), torch::tensor(labels));
            loss.backward();
            adam.step();
            losses.push_back(loss.item<double>());
        }
    }
    return losses;
}

} // namespace

class TrainerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesEqualThePlainLoop_data()
    {
        QTest::addColumn<bool>("augmented");
        QTest::newRow("images as they are") << false;
        QTest::newRow("drawn anew in each epoch") << true;
    }
    void lossesEqualThePlainLoop()
    {
        QFETCH(bool, augmented);
        // 10 × 16 + 10, at other indices than positions
        const auto training = subset(wholeSplit(bandImages(200, shape, classes, 1)), 170, 5);
        auto settings = smallSettings();
        if (augmented)
            settings.policy = strongPolicy();
        const auto expected = plainLosses(training, settings);
        const auto actual = batchLosses(training, settings, settings.epochs);
        QCOMPARE(actual.size(), std::size_t(22));
        QCOMPARE(actual.size(), expected.size());
        for (std::size_t i = 0; i < 20; ++i)
            QVERIFY2(std::abs(actual[i] - expected[i]) < 1e-3,
                qPrintable(
                    QStringLiteral("step %1: %2, not %3").arg(i).arg(actual[i]).arg(expected[i])));
    }

    void learns()
    {
        auto settings = smallSettings();
        settings.epochs = 12; // BatchNorm's running statistics need some hundred batches
        settings.normalisation = NormalisationKind::Standardise;
        const auto result = train(wholeSplit(bandImages(320, shape, classes, 1)),
            wholeSplit(bandImages(80, shape, classes, 2)), classNames(classes), settings);
        QVERIFY(!result.stopped);
        QCOMPARE(result.checkpoint.history.size(), std::size_t(12));
        const auto& last = result.checkpoint.history.back();
        QVERIFY(last.trainAccuracy > 0.95);
        QVERIFY(last.validationAccuracy.value() > 0.95);
        QVERIFY(last.validationLoss.value() < 0.5);
        QVERIFY(result.checkpoint.normalisation.kind == NormalisationKind::Standardise);
        QVERIFY(result.checkpoint.settings == settings);
    }

    void isDeterministic()
    {
        const auto training = wholeSplit(bandImages(60, shape, classes, 1));
        const auto settings = smallSettings();
        const auto first = train(training, {}, classNames(classes), settings).checkpoint;
        const auto second = train(training, {}, classNames(classes), settings).checkpoint;
        auto other = settings;
        other.seed = 12;
        const auto third = train(training, {}, classNames(classes), other).checkpoint;
        for (std::size_t i = 0; i < first.tensors.size(); ++i)
            QVERIFY2(
                first.tensors[i].values == second.tensors[i].values, first.tensors[i].name.c_str());
        QVERIFY(first.tensors[0].values != third.tensors[0].values);
    }

    void anIdentityPolicyChangesNothing()
    {
        const auto training = wholeSplit(bandImages(60, shape, classes, 1));
        auto settings = smallSettings();
        const auto none = train(training, {}, classNames(classes), settings).checkpoint;
        settings.policy.zoomIndependentAxes = true; // of a zoom of 1
        settings.policy.fillMode = FillMode::Wrap; // of nothing outside
        QVERIFY(settings.policy.isIdentity());
        const auto identity = train(training, {}, classNames(classes), settings).checkpoint;
        settings.policy = strongPolicy();
        const auto drawn = train(training, {}, classNames(classes), settings).checkpoint;
        for (std::size_t i = 0; i < none.tensors.size(); ++i)
            QVERIFY2(
                none.tensors[i].values == identity.tensors[i].values, none.tensors[i].name.c_str());
        QVERIFY(none.tensors[0].values != drawn.tensors[0].values);
        QVERIFY(drawn.settings == settings); // the checkpoint says what it was trained with
    }

    void aLoneLastImageJoinsTheBatchBefore()
    {
        const auto training = wholeSplit(bandImages(33, shape, classes, 1));
        auto settings = smallSettings();
        settings.epochs = 1;
        int batches = 0;
        TrainObserver observer;
        observer.onBatch = [&](const BatchProgress& batch) { batches = batch.batches; };
        train(training, {}, classNames(classes), settings, observer);
        QCOMPARE(batches, 2);
    }

    void stopsAtTheNextBatch()
    {
        std::stop_source stop;
        int batches = 0;
        TrainObserver observer;
        observer.onBatch = [&](const BatchProgress&) {
            if (++batches == 3)
                stop.request_stop();
        };
        const auto result = train(wholeSplit(bandImages(160, shape, classes, 1)), {},
            classNames(classes), smallSettings(), observer, stop.get_token());
        QVERIFY(result.stopped);
        QCOMPARE(batches, 3);
        QCOMPARE(result.checkpoint.history.size(), std::size_t(0));
        QVERIFY(!result.checkpoint.tensors.empty()); // what was learned so far is usable
    }

    void stopKeepsTheBestEpoch()
    {
        std::stop_source stop;
        TrainObserver observer;
        int epochs = 0;
        observer.onEpoch = [&](int, const EpochMetrics&) { ++epochs; };
        observer.onBatch = [&](const BatchProgress& batch) {
            if (batch.epoch == 2 && batch.batch == 2)
                stop.request_stop();
        };
        const auto training = wholeSplit(bandImages(64, shape, classes, 1));
        const auto stopped =
            train(training, {}, classNames(classes), smallSettings(), observer, stop.get_token());
        QVERIFY(stopped.stopped);
        QCOMPARE(epochs, 1);
        auto oneEpoch = smallSettings();
        oneEpoch.epochs = 1;
        const auto complete = train(training, {}, classNames(classes), oneEpoch);
        QVERIFY(stopped.checkpoint.tensors[0].values == complete.checkpoint.tensors[0].values);
    }

    void refusesBadInput()
    {
        const auto training = wholeSplit(bandImages(8, shape, classes, 1));
        auto settings = smallSettings();
        settings.epochs = 0;
        settings.batchSize = 1;
        try {
            train(training, {}, classNames(classes), settings);
            QFAIL("accepted");
        } catch (const Error& error) {
            const QString message = QString::fromUtf8(error.what());
            QVERIFY(message.contains(QStringLiteral("epochs")));
            QVERIFY(message.contains(QStringLiteral("batch_size"))); // all problems at once
        }
        QVERIFY_EXCEPTION_THROWN(train(training, {}, classNames(2), smallSettings()), Error);
        QVERIFY_EXCEPTION_THROWN(
            train(subset(training, 1, 1), {}, classNames(classes), smallSettings()), Error);
    }

    void refusesPoliciesItCannotDraw()
    {
        const auto training = wholeSplit(bandImages(8, shape, classes, 1));
        const auto refusal = [&](const AugmentPolicy& policy) {
            auto settings = smallSettings();
            settings.policy = policy;
            try {
                train(training, {}, classNames(classes), settings);
            } catch (const Error& error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        AugmentPolicy policy;
        policy.rotationRange = 181;
        policy.widthShiftRange = -1;
        const auto both = refusal(policy);
        QVERIFY2(both.contains(QStringLiteral("train_policy.rotation_range")), qPrintable(both));
        QVERIFY2(both.contains(QStringLiteral("train_policy.width_shift_range")), qPrintable(both));
        policy = {};
        policy.views.emplace();
        policy.views->horizontalFlip = true;
        const auto views = refusal(policy);
        QVERIFY2(views.contains(QStringLiteral("train_policy.views")), qPrintable(views));
        policy = {};
        policy.rotate90 = true; // the images are 12 high and 16 wide
        const auto turns = refusal(policy);
        QVERIFY2(turns.contains(QStringLiteral("train_policy.rotate90")), qPrintable(turns));
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "tst_trainer.moc"
