// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/error.h"
#include "core/tta/variants.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr Shape shape{3, 6, 6};
constexpr int classes = 4;

AugmentPolicy flips()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    return policy;
}

} // namespace

class VariantsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areWhatAnEvaluationVotesOn()
    {
        const auto images = noiseImages(12, shape, classes);
        const Split split{images, {11, 4, 7}};
        FakeClassifier classifier(shape, classes);
        for (const auto& policy : {flips(), tutorialPolicy()}) {
            const PredictOptions options{policy, 9, 21, 1};
            const auto whole = predictVotes(classifier, split, options);
            for (std::size_t position = 0; position < split.size(); ++position) {
                const auto found = variantsOf(&classifier, split, position, options);
                QCOMPARE(found.table.images.front(), split.indices[position]);
                std::size_t slots = 0;
                for (std::size_t v = 0; v < found.variants.size(); ++v) {
                    const auto& variant = found.variants[v];
                    slots += variant.slots.size();
                    QVERIFY(std::is_sorted(variant.slots.begin(), variant.slots.end()));
                    for (const int slot : variant.slots) {
                        QCOMPARE(found.table.row(0, slot), std::uint32_t(v));
                        const auto a = found.table.view(0, slot);
                        const auto b = whole.view(position, slot);
                        QVERIFY(std::equal(a.begin(), a.end(), b.begin()));
                        const auto transform = slot == 0 ? Transform{}
                                                         : draw(policy, 21, split.indices[position],
                                                             static_cast<std::uint32_t>(slot));
                        QVERIFY(variant.transform == transform);
                        std::vector<std::uint8_t> pixels(shape.size());
                        render(split.image(position), transform, pixels);
                        QVERIFY(variant.pixels == pixels);
                    }
                }
                QCOMPARE(slots, std::size_t(10));
                QCOMPARE(found.variants.front().slots.front(), 0);
                QVERIFY(found.variants.size() <= 4);
            }
        }
    }

    void withoutAClassifierTheyAreThePicturesAlone()
    {
        const auto split = wholeSplit(noiseImages(3, shape, classes));
        FakeClassifier classifier(shape, classes);
        const PredictOptions options{flips(), 9, 21, 1};
        const auto pictures = variantsOf(nullptr, split, 2, options);
        const auto voted = variantsOf(&classifier, split, 2, options);
        QCOMPARE(pictures.table.classes, 0);
        QCOMPARE(pictures.variants.size(), voted.variants.size());
        for (std::size_t v = 0; v < voted.variants.size(); ++v) {
            QVERIFY(pictures.variants[v].transform == voted.variants[v].transform);
            QVERIFY(pictures.variants[v].pixels == voted.variants[v].pixels);
        }
    }

    void refuse()
    {
        const auto split = wholeSplit(noiseImages(3, shape, classes));
        FakeClassifier other({1, 6, 6}, classes);
        QVERIFY_EXCEPTION_THROWN(variantsOf(nullptr, split, 3, {flips(), 2, 1, 1}), Error);
        QVERIFY_EXCEPTION_THROWN(variantsOf(&other, split, 0, {flips(), 2, 1, 1}), Error);
        QVERIFY_EXCEPTION_THROWN(variantsOf(nullptr, split, 0, {flips(), 1001, 1, 1}), Error);
        auto wrong = flips();
        wrong.rotationRange = -1;
        QVERIFY_EXCEPTION_THROWN(variantsOf(nullptr, split, 0, {wrong, 2, 1, 1}), Error);
    }
};

QTEST_GUILESS_MAIN(VariantsTest)
#include "tst_variants.moc"
