// SPDX-License-Identifier: GPL-3.0-or-later
// Batches against a naive loop over draw(), render() and the normalisation's formula.
#include <torch/torch.h>

#include "core/data/splits.h"
#include "core/model/runtime.h"
#include "core/support/random.h"
#include "core/train/batch_source.h"
#include "tests/support/synthetic_images.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

const Shape shape{3, 10, 14};

const Split& images()
{
    // Positions differ from indices.
    static const auto split = subset(wholeSplit(bandImages(150, shape, 5, 3)), 101, 9);
    return split;
}

Normalisation normalisation()
{
    return {NormalisationKind::Standardise, {0.3, 0.4, 0.5}, {0.2, 0.25, 0.5}};
}

AugmentPolicy policy()
{
    AugmentPolicy result;
    result.horizontalFlip = true;
    result.widthShiftRange = 0.1;
    result.heightShiftRange = 0.1;
    result.zoomRange = {0.9, 1.1};
    result.noiseStd = 5;
    return result;
}

std::vector<std::uint32_t> shuffled(std::uint32_t stream)
{
    return randomOrder(static_cast<std::uint32_t>(images().size()), 4, RandomUse::Shuffle, stream);
}

/// Every image of an epoch in H, W, C order, by its index in the ImageSet.
std::map<std::uint32_t, torch::Tensor> epoch(int batchSize, const std::vector<std::uint32_t>& order,
    const AugmentPolicy& p, int seed, std::uint32_t copy = 1)
{
    BatchSource source(
        images(), normalisation(), batchSize, order, p, static_cast<std::uint64_t>(seed), copy);
    std::map<std::uint32_t, torch::Tensor> rows;
    std::size_t position = 0;
    for (int i = 0; i < source.batches(); ++i) {
        const auto [x, y] = source.next();
        for (std::int64_t row = 0; row < x.size(0); ++row, ++position) {
            rows[images().indices[order[position]]] = x[row].permute({1, 2, 0}).contiguous();
            if (y[row].item<std::int64_t>() != images().label(order[position]))
                throw std::logic_error("wrong label");
        }
    }
    return rows;
}

bool same(const std::map<std::uint32_t, torch::Tensor>& a,
    const std::map<std::uint32_t, torch::Tensor>& b)
{
    return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& row) {
        return row.second.equal(b.at(row.first));
    });
}

} // namespace

class BatchSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useThreads(2); }

    void equalsTheNaiveLoop_data()
    {
        QTest::addColumn<bool>("augmented");
        QTest::newRow("as they are") << false;
        QTest::newRow("augmented") << true;
    }
    void equalsTheNaiveLoop()
    {
        QFETCH(bool, augmented);
        const auto rows = epoch(32, shuffled(1), augmented ? policy() : AugmentPolicy{}, 8);
        QCOMPARE(rows.size(), images().size());
        int changed = 0;
        for (const auto& [index, row] : rows) {
            const auto original = images().images->image(index);
            std::vector<std::uint8_t> bytes(original.pixels.begin(), original.pixels.end());
            if (augmented)
                render(original, draw(policy(), 8, index, 1), bytes);
            changed += !std::ranges::equal(bytes, original.pixels);
            const auto norm = normalisation();
            const auto* floats = row.data_ptr<float>();
            for (std::size_t i = 0; i < bytes.size(); ++i) {
                const double expected = (bytes[i] / 255.0 - norm.mean[i % 3]) / norm.std[i % 3];
                QVERIFY(std::abs(static_cast<double>(floats[i]) - expected) < 1e-6);
            }
        }
        QCOMPARE(changed, augmented ? int(rows.size()) : 0);
    }

    void drawsDependOnTheSeedAndImageAlone()
    {
        const auto reference = epoch(32, shuffled(1), policy(), 8);
        QVERIFY(same(reference, epoch(32, shuffled(1), policy(), 8)));
        QVERIFY(same(reference, epoch(7, shuffled(1), policy(), 8)));
        QVERIFY(same(reference, epoch(101, shuffled(2), policy(), 8)));
        useThreads(1);
        QVERIFY(same(reference, epoch(32, shuffled(1), policy(), 8)));
        useThreads(2);
        QVERIFY(!same(reference, epoch(32, shuffled(1), policy(), 9)));
    }

    void epochsDrawAnew()
    {
        const auto first = epoch(32, shuffled(1), policy(), 8, 1);
        const auto second = epoch(32, shuffled(1), policy(), 8, 2);
        for (const auto& [index, row] : first)
            QVERIFY(!row.equal(second.at(index)));
    }
};

QTEST_GUILESS_MAIN(BatchSourceTest)
#include "tst_batch_source.moc"
