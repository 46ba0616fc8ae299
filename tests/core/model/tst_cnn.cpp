// SPDX-License-Identifier: GPL-3.0-or-later
// The CNN against torch::nn modules built from the tutorial's description, and the folded network
// that predicts against the plain one.
#include <torch/torch.h>

#include "core/model/architecture.h"
#include "core/model/classifier.h"
#include "core/model/cnn.h"
#include "tests/support/synthetic_images.h"

#include <QtTest>

#include <cmath>

using namespace augury;
using namespace augury::testing;

namespace {

/// The tutorial's network in PyTorch's own modules, in its own (C, H, W) flatten order.
struct Reference : torch::nn::Module {
    torch::nn::Conv2d conv1, conv2;
    torch::nn::BatchNorm2d bn1, bn2;
    torch::nn::Linear fc1, fc2;
    torch::nn::BatchNorm1d bn3;

    Reference(const Shape& shape, int classes)
        : conv1(torch::nn::Conv2dOptions(shape.channels, 32, 3).padding(1))
        , conv2(torch::nn::Conv2dOptions(32, 64, 3).padding(1))
        , bn1(torch::nn::BatchNorm2dOptions(32).eps(1e-3).momentum(0.01))
        , bn2(torch::nn::BatchNorm2dOptions(64).eps(1e-3).momentum(0.01))
        , fc1(64 * (shape.height / 4) * (shape.width / 4), 128)
        , fc2(128, classes)
        , bn3(torch::nn::BatchNorm1dOptions(128).eps(1e-3).momentum(0.01))
    {
        register_module("conv1", conv1);
        register_module("bn1", bn1);
        register_module("conv2", conv2);
        register_module("bn2", bn2);
        register_module("fc1", fc1);
        register_module("bn3", bn3);
        register_module("fc2", fc2);
    }

    torch::Tensor forward(torch::Tensor x)
    {
        x = torch::max_pool2d(bn1(torch::relu(conv1(x))), 2);
        x = torch::max_pool2d(bn2(torch::relu(conv2(x))), 2);
        return fc2(bn3(torch::relu(fc1(x.flatten(1)))));
    }
};

/// A checkpoint with every tensor random, scales of both signs.
Checkpoint randomCheckpoint(const Shape& shape, int classes)
{
    Checkpoint checkpoint;
    checkpoint.architecture = tutorialCnnName;
    checkpoint.inputShape = shape;
    checkpoint.classNames = classNames(classes);
    const auto channels = static_cast<std::size_t>(shape.channels);
    checkpoint.normalisation = {NormalisationKind::Standardise, std::vector<double>(channels, 0.4),
        std::vector<double>(channels, 0.25)};
    torch::manual_seed(7);
    for (const auto& spec : tutorialCnnTensors(shape, classes)) {
        if (spec.role == TensorRole::Counter) {
            checkpoint.tensors.push_back({spec.name, {}, std::vector<std::int64_t>{5}});
            continue;
        }
        auto tensor = torch::randn(spec.shape) * 0.2;
        if (spec.name.ends_with("running_var"))
            tensor = tensor.abs() + 0.1;
        const auto* data = tensor.data_ptr<float>();
        checkpoint.tensors.push_back(
            {spec.name, spec.shape, std::vector<float>(data, data + tensor.numel())});
    }
    return checkpoint;
}

void loadInto(Reference& reference, const Checkpoint& checkpoint)
{
    const torch::NoGradGuard noGrad;
    const auto copy = [&](const std::string& name, torch::Tensor& target) {
        const auto& values = checkpoint.tensor(name).values;
        if (const auto* floats = std::get_if<std::vector<float>>(&values))
            target.copy_(torch::tensor(*floats).view(target.sizes()));
    };
    for (auto& item : reference.named_parameters())
        copy(item.key(), item.value());
    for (auto& item : reference.named_buffers())
        copy(item.key(), item.value());
}

} // namespace

class CnnTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void predictsAsPyTorchModules_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("classes");
        QTest::addColumn<int>("images");
        QTest::newRow("CIFAR") << 3 << 32 << 32 << 10 << 300;
        QTest::newRow("MNIST") << 1 << 28 << 28 << 10 << 130;
        QTest::newRow("odd, one image") << 3 << 13 << 22 << 3 << 1;
        QTest::newRow("smallest") << 1 << 4 << 4 << 2 << 3;
    }
    void predictsAsPyTorchModules()
    {
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, classes);
        QFETCH(int, images);
        const Shape shape{channels, height, width};
        const auto checkpoint = randomCheckpoint(shape, classes);
        const auto set = bandImages(static_cast<std::size_t>(images), shape, classes, 3);

        Reference reference(shape, classes);
        loadInto(reference, checkpoint);
        reference.eval();
        const torch::NoGradGuard noGrad;
        const auto bytes =
            torch::from_blob(set->pixels.data(), {images, height, width, channels}, torch::kUInt8);
        const auto input =
            ((bytes.to(torch::kFloat) / 255 - 0.4) / 0.25).permute({0, 3, 1, 2}).contiguous();
        const auto expected = reference.forward(input);

        std::vector<float> logits(static_cast<std::size_t>(images * classes));
        for (const int threads : {1, 2}) {
            const auto classifier = makeClassifier(checkpoint, "cpu", threads);
            QVERIFY(classifier->outputKind() == OutputKind::Logits);
            classifier->predict(set->pixels, logits);
            const auto actual = torch::from_blob(logits.data(), {images, classes});
            const double difference =
                ((actual - expected).abs().max() / expected.abs().max()).item<double>();
            QVERIFY2(difference < 1e-5, qPrintable(QString::number(difference)));
        }
    }

    void checkpointSurvivesTheNetwork()
    {
        const auto checkpoint = randomCheckpoint({3, 8, 12}, 4);
        const auto tensors = Cnn::fromCheckpoint(checkpoint).toTensors();
        QCOMPARE(tensors.size(), checkpoint.tensors.size());
        for (std::size_t i = 0; i < tensors.size(); ++i) {
            QCOMPARE(tensors[i].name, checkpoint.tensors[i].name);
            QVERIFY(tensors[i].shape == checkpoint.tensors[i].shape);
            QVERIFY2(tensors[i].values == checkpoint.tensors[i].values, tensors[i].name.c_str());
        }
    }

    void initialisesAsKerasDoes()
    {
        const auto cnn = Cnn::initialise({3, 32, 32}, 10, 1);
        const auto check = [](const torch::Tensor& weight, double bound) {
            // U(−b, b): nothing outside, something near both ends, σ = b/√3.
            QVERIFY(weight.abs().max().item<double>() <= bound);
            QVERIFY(weight.max().item<double>() > 0.97 * bound);
            QVERIFY(weight.min().item<double>() < -0.97 * bound);
            QVERIFY(std::abs(weight.std().item<double>() / (bound / std::sqrt(3.0)) - 1) < 0.05);
        };
        check(cnn.conv1.weight, std::sqrt(6.0 / (3 * 9)));
        check(cnn.conv2.weight, std::sqrt(6.0 / (32 * 9)));
        check(cnn.fc1.weight, std::sqrt(6.0 / 4096));
        check(cnn.fc2.weight, std::sqrt(6.0 / (128 + 10)));
        QCOMPARE(cnn.conv1.bias.abs().max().item<double>(), 0.0);
        QCOMPARE(cnn.bn1.weight.min().item<double>(), 1.0);
        QVERIFY(!Cnn::initialise({3, 32, 32}, 10, 2).conv1.weight.equal(cnn.conv1.weight));
        QVERIFY(Cnn::initialise({3, 32, 32}, 10, 1).fc1.weight.equal(cnn.fc1.weight));
    }

    void refusesWhatDoesNotFit()
    {
        QVERIFY_EXCEPTION_THROWN(Cnn::initialise({3, 3, 32}, 10, 1), Error);
        QVERIFY_EXCEPTION_THROWN(Cnn::initialise({3, 32, 32}, 1, 1), Error);
        QVERIFY_EXCEPTION_THROWN(makeClassifier(randomCheckpoint({1, 4, 4}, 2), "cuda:99"), Error);
    }
};

QTEST_GUILESS_MAIN(CnnTest)
#include "tst_cnn.moc"
