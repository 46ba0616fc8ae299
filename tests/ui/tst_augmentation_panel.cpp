// SPDX-License-Identifier: GPL-3.0-or-later
// The Setup dock's augmentations against the policy: every random field.
#include "core/augment/presets.h"
#include "tests/ui/panel_fixture.h"
#include "ui/panels/augmentation_panel.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace augury;

class AugmentationPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_panels = std::make_unique<test::PanelFixture>(); }
    void cleanup() { m_panels.reset(); }

    void eachControlWritesItsField_data()
    {
        QTest::addColumn<QString>("box");
        QTest::addColumn<QString>("number");
        QTest::addColumn<double>("value");
        QTest::addColumn<std::function<void(AugmentPolicy&)>>("expected");
        const auto row = [](const char* box, const char* number, double value,
                             std::function<void(AugmentPolicy&)> expected) {
            QTest::newRow(*number ? number : box)
                << QString::fromUtf8(box) << QString::fromUtf8(number) << value
                << std::move(expected);
        };
        row("Vertical flip", "", 0, [](auto& p) { p.verticalFlip = true; });
        row("Quarter turns", "", 0, [](auto& p) { p.rotate90 = true; });
        row("Rotation ±", "Rotation ±", 25, [](auto& p) { p.rotationRange = 25; });
        row("Width shift ±", "Width shift ±", 5, [](auto& p) { p.widthShiftRange = 0.05; });
        row("Height shift ±", "Height shift ±", 12.3, [](auto& p) { p.heightShiftRange = 0.123; });
        row("Shear ±", "Shear ±", 7.5, [](auto& p) { p.shearRange = 7.5; });
        row("Zoom", "Smallest zoom", 0.8, [](auto& p) { p.zoomRange = {0.8, 1.1}; });
        row("Zoom", "Largest zoom", 50, [](auto& p) { p.zoomRange = {0.9, 50}; });
        row("Crop", "Smallest crop", 70, [](auto& p) { p.cropFraction = {0.7, 1}; });
        row("Crop", "Largest crop", 95.5, [](auto& p) { p.cropFraction = {0.8, 0.955}; });
        row("Brightness", "Lowest brightness", 0.5, [](auto& p) {
            p.brightnessRange = {0.5, 1.2};
        });
        row("Brightness", "Highest brightness", 3, [](auto& p) { p.brightnessRange = {0.8, 3}; });
        row("Contrast", "Lowest contrast", 0.5, [](auto& p) { p.contrastRange = {0.5, 1.2}; });
        row("Contrast", "Highest contrast", 3, [](auto& p) { p.contrastRange = {0.8, 3}; });
        row("Channel shift ±", "Channel shift ±", 200, [](auto& p) { p.channelShiftRange = 200; });
        row("Noise σ", "Noise σ", 2.5, [](auto& p) { p.noiseStd = 2.5; });
        row("Blur σ", "Weakest blur", 0.4, [](auto& p) { p.blurSigma = {0.4, 1}; });
        row("Blur σ", "Strongest blur", 2.25, [](auto& p) { p.blurSigma = {0, 2.25}; });
    }

    void eachControlWritesItsField()
    {
        QFETCH(QString, box);
        QFETCH(QString, number);
        QFETCH(double, value);
        QFETCH(std::function<void(AugmentPolicy&)>, expected);
        auto policy = tutorialPolicy();
        QVERIFY(p().policy() == policy);
        p().check(qPrintable(box))->setChecked(true);
        QVERIFY(p().policy() != policy);
        if (!number.isEmpty())
            p().real(qPrintable(number))->setValue(value);
        expected(policy);
        QVERIFY(p().policy() == policy);
        QVERIFY(p().problems().isEmpty());
        p().check(qPrintable(box))->setChecked(false);
        QVERIFY(p().policy() == tutorialPolicy());
        p().check(qPrintable(box))->setChecked(true); // as strong as before
        QVERIFY(p().policy() == policy);
    }

    void writesTheRest()
    {
        p().check("Horizontal flip")->setChecked(false);
        p().check("Zoom")->setChecked(true);
        p().check("Independent axes")->setChecked(true);
        p().combo("Fill mode")->setCurrentIndex(1);
        p().spin("Fill value")->setValue(40);
        AugmentPolicy expected;
        expected.zoomRange = {0.9, 1.1};
        expected.zoomIndependentAxes = true;
        expected.fillMode = FillMode::Constant;
        expected.fillValue = 40;
        QVERIFY(p().policy() == expected);
    }

    void sliderMovesAreSettingsAtOnce()
    {
        p().check("Noise σ")->setChecked(true);
        QSignalSpy changed(&p().session->settings(), &Settings::changed);
        auto* slider = p().slider("Noise σ, slider");
        for (const int tick : {10, 11, 12}) {
            slider->setSliderDown(true);
            slider->setSliderPosition(tick);
            QCOMPARE(p().policy().noiseStd, tick + 1.0);
        }
        QCOMPARE(changed.count(), 3);
    }

    void showsEveryField()
    {
        ExperimentConfig c;
        c.policy = test::everything();
        p().session->settings().setConfig(c);
        for (const char* box : {"Horizontal flip", "Vertical flip", "Quarter turns", "Rotation ±",
                 "Width shift ±", "Height shift ±", "Shear ±", "Zoom", "Independent axes", "Crop",
                 "Brightness", "Contrast", "Channel shift ±", "Noise σ", "Blur σ"})
            QVERIFY2(p().check(box)->isChecked(), box);
        const std::pair<const char*, double> numbers[] = {{"Rotation ±", 25}, {"Width shift ±", 5},
            {"Height shift ±", 12.3}, {"Shear ±", 7.5}, {"Smallest zoom", 0.8},
            {"Largest zoom", 1.1}, {"Smallest crop", 70}, {"Largest crop", 95.5},
            {"Lowest brightness", 0.8}, {"Highest brightness", 1.5}, {"Lowest contrast", 0.6},
            {"Highest contrast", 1.2}, {"Channel shift ±", 30}, {"Noise σ", 2.5},
            {"Weakest blur", 0.4}, {"Strongest blur", 1.3}};
        for (const auto& [name, value] : numbers) {
            QCOMPARE(p().real(name)->value(), value);
            QVERIFY2(p().isShown(p().real(name)), name);
        }
        QCOMPARE(p().combo("Fill mode")->currentIndex(), 1);
        QCOMPARE(p().spin("Fill value")->value(), 40);
        QVERIFY(p().config() == c); // showing it has changed nothing
        p().edit([](ExperimentConfig& e) { e.policy = {}; });
        QVERIFY(!p().check("Blur σ")->isChecked());
        QVERIFY(!p().isShown(p().real("Weakest blur")));
        QVERIFY(p().policy() == AugmentPolicy{});
    }

    void editingOneEndKeepsTheOthersDigits()
    {
        p().edit([](ExperimentConfig& c) { c.policy.zoomRange = {0.8765, 1.1}; });
        p().real("Largest zoom")->setValue(1.3);
        QCOMPARE(p().policy().zoomRange, (Range{0.8765, 1.3}));
    }

    void endsPushEachOther_data()
    {
        QTest::addColumn<QString>("box");
        QTest::addColumn<QString>("low");
        QTest::addColumn<QString>("high");
        const auto row = [](const char* box, const char* low, const char* high) {
            QTest::newRow(box) << QString::fromUtf8(box) << QString::fromUtf8(low)
                               << QString::fromUtf8(high);
        };
        row("Zoom", "Smallest zoom", "Largest zoom");
        row("Crop", "Smallest crop", "Largest crop");
        row("Brightness", "Lowest brightness", "Highest brightness");
        row("Contrast", "Lowest contrast", "Highest contrast");
        row("Blur σ", "Weakest blur", "Strongest blur");
    }

    void endsPushEachOther()
    {
        QFETCH(QString, box);
        QFETCH(QString, low);
        QFETCH(QString, high);
        p().check(qPrintable(box))->setChecked(true);
        auto* lowBox = p().real(qPrintable(low));
        auto* highBox = p().real(qPrintable(high));
        const double middle = (lowBox->minimum() + lowBox->maximum()) / 2;
        highBox->setValue(middle * 0.6);
        lowBox->setValue(middle);
        QCOMPARE(highBox->value(), lowBox->value());
        highBox->setValue(middle * 0.5);
        QCOMPARE(lowBox->value(), highBox->value());
        QVERIFY(p().problems().isEmpty());
        QVERIFY(!p().policy().isIdentity());
    }

    void strengthIsKeptWhileSwitchedOff()
    {
        p().check("Rotation ±")->setChecked(true);
        p().real("Rotation ±")->setValue(33);
        p().check("Rotation ±")->setChecked(false);
        QCOMPARE(p().policy().rotationRange, 0.0);
        QVERIFY(!p().real("Rotation ±")->isEnabled());
        p().check("Rotation ±")->setChecked(true);
        QCOMPARE(p().policy().rotationRange, 33.0);
    }

    void pixelsUnfoldWhenOneIsOn()
    {
        auto* heading = p().check<QToolButton>("Pixels");
        auto* noise = p().check("Noise σ");
        QVERIFY(!p().isShown(noise));
        heading->click();
        QVERIFY(p().isShown(noise));
        heading->click();
        p().edit([](ExperimentConfig& c) { c.policy.noiseStd = 4; });
        QVERIFY(p().isShown(noise));
        heading->click(); // by hand, and it stays so
        p().edit([](ExperimentConfig& c) { c.copies = 9; });
        QVERIFY(!p().isShown(noise));
        QCOMPARE(heading->text(), QStringLiteral("Pixels (1 on)"));
    }

    void saysTheAugmentationInWords()
    {
        QVERIFY(p().says("horizontal flip"));
        p().check("Horizontal flip")->setChecked(false);
        QVERIFY(p().says("No augmentation"));
        p().check("Rotation ±")->setChecked(true);
        QVERIFY(p().says("rotation ±10°"));
    }

    void cautionStaysForAsLongAsItHolds()
    {
        const char* sides = "Makes no sense where left and right differ";
        const char* ends = "Makes no sense where up and down differ";
        QVERIFY(p().says(sides)); // the tutorial's flips
        p().check("Rotation ±")->setChecked(true);
        QCOMPARE(p().combo("Preset")->currentText(), QStringLiteral("Custom"));
        QVERIFY(p().says(sides));
        QVERIFY(!p().says(ends));
        p().real("Rotation ±")->setValue(180); // half a turn
        QVERIFY(p().says(ends));
        p().real("Rotation ±")->setValue(10);
        p().check("Quarter turns")->setChecked(true);
        QVERIFY(p().says(ends));
        p().check("Quarter turns")->setChecked(false);
        p().check("Horizontal flip")->setChecked(false);
        QVERIFY(!p().says("Makes no sense"));
    }

    void rowsStayUnderTheHand()
    {
        p().dock->resize(320, 700);
        p().check<QToolButton>("Pixels")->click();
        const auto top = [this](const char* name) {
            QTest::qWait(0); // layouts
            auto* box = p().check(name);
            return box->mapTo(p().dock.get(), QPoint()).y();
        };
        for (const char* name : {"Rotation ±", "Horizontal flip", "Vertical flip", "Shear ±",
                 "Zoom", "Noise σ", "Blur σ"}) {
            const int before = top(name);
            QVERIFY(before > 0);
            p().check(name)->click();
            QTRY_COMPARE(top(name), before);
            p().check(name)->click();
            QTRY_COMPARE(top(name), before);
        }
    }

    void slidersStandBelowEachOther_data()
    {
        QTest::addColumn<bool>("fixed");
        QTest::newRow("random") << false;
        QTest::newRow("fixed") << true;
    }

    void slidersStandBelowEachOther()
    {
        QFETCH(bool, fixed);
        p().edit([fixed](ExperimentConfig& c) {
            c.policy = fixed ? AugmentPolicy{} : test::everything();
            if (fixed)
                c.policy.views = ViewSets{.crops = CropViews::Five};
            c.vote.rule = VoteRule::SharpenedMean;
        });
        p().dock->resize(360, 1600);
        QTest::qWait(0);
        QSet<QPair<int, int>> places;
        int sliders = 0;
        for (auto* slider : p().dock->findChildren<QSlider*>()) {
            if (!p().isShown(slider))
                continue;
            const int left = slider->mapTo(p().dock.get(), QPoint()).x();
            places.insert({left, left + slider->width()});
            ++sliders;
        }
        QCOMPARE(sliders, fixed ? 5 : 20);
        QCOMPARE(places.size(), 1);
    }

    void everyProblemOfAPolicyIsSaid_data()
    {
        QTest::addColumn<QString>("begins");
        QTest::addColumn<std::function<void(AugmentPolicy&)>>("change");
        const auto row = [](const char* begins, std::function<void(AugmentPolicy&)> change) {
            QTest::newRow(begins) << QString::fromUtf8(begins) << std::move(change);
        };
        row("Rotation range: ", [](auto& p) { p.rotationRange = 181; });
        row("Width shift range: ", [](auto& p) { p.widthShiftRange = 2; });
        row("Height shift range: ", [](auto& p) { p.heightShiftRange = 2; });
        row("Shear range: ", [](auto& p) { p.shearRange = 90; });
        row("Zoom range: ", [](auto& p) { p.zoomRange = {2, 1}; });
        row("Crop fraction: ", [](auto& p) { p.cropFraction = {1, 2}; });
        row("Brightness range: ", [](auto& p) { p.brightnessRange = {2, 1}; });
        row("Contrast range: ", [](auto& p) { p.contrastRange = {2, 1}; });
        row("Channel shift range: ", [](auto& p) { p.channelShiftRange = 300; });
        row("Noise σ: ", [](auto& p) { p.noiseStd = 300; });
        row("Blur σ: ", [](auto& p) { p.blurSigma = {2, 1}; });
        row("Fill value: ", [](auto& p) { p.fillValue = 256; });
        row("Horizontal flip: ", [](auto& p) {
            p.horizontalFlip = true;
            p.views.emplace();
        });
        row("Zoom factors: ", [](auto& p) { p.views = ViewSets{.scales = {1, 1}}; });
        row("Crop size: ",
            [](auto& p) { p.views = ViewSets{.crops = CropViews::Five, .cropFraction = 1}; });
        row("Brightness factors: ", [](auto& p) { p.views = ViewSets{.brightness = {0}}; });
        row("Fixed views: ", [](auto& p) {
            p.views.emplace();
            for (int i = 0; i <= 1000; ++i)
                p.views->scales.push_back(2 + i / 100.0);
        });
    }

    void everyProblemOfAPolicyIsSaid()
    {
        QFETCH(QString, begins);
        QFETCH(std::function<void(AugmentPolicy&)>, change);
        p().edit([&](ExperimentConfig& c) {
            c.policy = {};
            c.copies = 1;
            change(c.policy);
        });
        QVERIFY2(p().problems().startsWith(begins), qPrintable(p().problems()));
        QCOMPARE(p().problems().count(QLatin1Char('\n')), 0);
    }

    void quarterTurnsNeedSquareImages()
    {
        auto* panel = p().dock->findChild<AugmentationPanel*>();
        p().check("Quarter turns")->setChecked(true);
        QVERIFY(p().problems().isEmpty()); // no images yet
        panel->setShape(Shape{3, 20, 30});
        QVERIFY(p().problems().startsWith(QStringLiteral("Quarter turns: ")));
        QVERIFY(p().problems().contains(QStringLiteral("30 wide and 20 high")));
        p().combo("Preset")->setCurrentIndex(1 + indexOf("d4"));
        QVERIFY(p().problems().startsWith(QStringLiteral("Quarter turns: ")));
        panel->setShape(Shape{3, 30, 30});
        QVERIFY(p().problems().isEmpty());
    }

private:
    test::PanelFixture& p() { return *m_panels; }

    static int indexOf(const char* preset)
    {
        return static_cast<int>(findPreset(preset) - presets().data());
    }

    std::unique_ptr<test::PanelFixture> m_panels;
};

QTEST_MAIN(AugmentationPanelTest)
#include "tst_augmentation_panel.moc"
