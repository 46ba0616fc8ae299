// SPDX-License-Identifier: GPL-3.0-or-later
// The fused training layers against LibTorch's own, values and gradients.
#include <torch/torch.h>

#include "core/model/runtime.h"
#include "core/train/fused_layers.h"

#include <QtTest>

using namespace augury;

namespace {

double relativeDifference(const at::Tensor& a, const at::Tensor& b)
{
    return ((a - b).norm() / a.norm().clamp_min(1e-12)).item<double>();
}

struct Outcome {
    at::Tensor output, dx, dWeight, dBias, runningMean, runningVar;
};

Outcome runPool(int channels, int height, int width, bool fused)
{
    torch::manual_seed(4);
    auto x = torch::randn({37, channels, height, width})
                 .contiguous(at::MemoryFormat::ChannelsLast)
                 .requires_grad_();
    BatchNorm bn{torch::randn({channels}).requires_grad_(), // both signs
        torch::randn({channels}).requires_grad_(), torch::randn({channels}),
        torch::rand({channels})};
    const auto gradient = torch::randn({37, channels, height / 2, width / 2});
    auto y = fused ? fusedReluBatchNormPool(x, bn) : reluBatchNormPool(x, bn, true);
    y.backward(gradient);
    return {y.detach(), x.grad(), bn.weight.grad(), bn.bias.grad(), bn.runningMean, bn.runningVar};
}

Outcome runLinear(bool parallel)
{
    torch::manual_seed(5);
    auto x = torch::randn({33, 50}).requires_grad_();
    const Affine layer{
        torch::randn({17, 50}).requires_grad_(), torch::randn({17}).requires_grad_()};
    const auto gradient = torch::randn({33, 17});
    auto y = parallel ? parallelLinear(x, layer) : at::linear(x, layer.weight, layer.bias);
    y.backward(gradient);
    return {y.detach(), x.grad(), layer.weight.grad(), layer.bias.grad(), {}, {}};
}

} // namespace

class FusedLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useThreads(2); }

    void poolEqualsPlainLayers_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("32 channels") << 32 << 16 << 16;
        QTest::newRow("64 channels") << 64 << 8 << 12;
        QTest::newRow("odd sides") << 32 << 7 << 9;
        QTest::newRow("one cell") << 8 << 2 << 3;
    }
    void poolEqualsPlainLayers()
    {
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        const auto plain = runPool(channels, height, width, false);
        const auto fused = runPool(channels, height, width, true);
        QVERIFY2(relativeDifference(plain.output, fused.output) < 1e-5, "output");
        QVERIFY2(relativeDifference(plain.dx, fused.dx) < 1e-5, "dx");
        QVERIFY2(relativeDifference(plain.dWeight, fused.dWeight) < 1e-5, "dγ");
        QVERIFY2(relativeDifference(plain.dBias, fused.dBias) < 1e-5, "dβ");
        QVERIFY2(relativeDifference(plain.runningMean, fused.runningMean) < 1e-5, "running mean");
        QVERIFY2(relativeDifference(plain.runningVar, fused.runningVar) < 1e-5, "running var");
    }

    void poolDoesNotDependOnThreads()
    {
        const auto two = runPool(32, 16, 16, true);
        useThreads(1);
        const auto one = runPool(32, 16, 16, true);
        useThreads(2);
        QVERIFY(two.output.equal(one.output));
        QVERIFY(two.dx.equal(one.dx));
        QVERIFY(two.dWeight.equal(one.dWeight));
    }

    void linearEqualsPlainLayer()
    {
        const auto plain = runLinear(false);
        const auto parallel = runLinear(true);
        QVERIFY(relativeDifference(plain.output, parallel.output) < 1e-5);
        QVERIFY(relativeDifference(plain.dx, parallel.dx) < 1e-5);
        QVERIFY(relativeDifference(plain.dWeight, parallel.dWeight) < 1e-5);
        QVERIFY(relativeDifference(plain.dBias, parallel.dBias) < 1e-5);
    }
};

QTEST_GUILESS_MAIN(FusedLayers)
#include "tst_fused_layers.moc"
