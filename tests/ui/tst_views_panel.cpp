// SPDX-License-Identifier: GPL-3.0-or-later
// The Setup dock's presets and fixed views against the policy.
#include "core/augment/presets.h"
#include "tests/ui/panel_fixture.h"

#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace augury;

class ViewsPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_panels = std::make_unique<test::PanelFixture>(); }
    void cleanup() { m_panels.reset(); }

    void presetsSetPolicyAndCopies()
    {
        auto* box = p().combo("Preset");
        QCOMPARE(box->count(), static_cast<int>(presets().size()) + 1);
        QVERIFY(box->currentText().contains(QStringLiteral("Tutorial"))); // the defaults are it
        for (int i = box->count() - 1; i > 0; --i) {
            const auto& preset = presets()[static_cast<std::size_t>(i - 1)];
            box->setCurrentIndex(i);
            QVERIFY2(p().policy() == preset.policy, preset.name.c_str());
            QCOMPARE(p().config().copies, preset.copies);
            QCOMPARE(box->currentIndex(), i);
            QVERIFY2(p().problems().isEmpty(), preset.name.c_str());
            QCOMPARE(p().check<QRadioButton>("Fixed views")->isChecked(),
                preset.policy.views.has_value());
            const auto help = QString::fromStdString(preset.origin).toHtmlEscaped();
            QVERIFY(box->toolTip().contains(help));
            QVERIFY(box->itemData(i, Qt::ToolTipRole).toString().contains(help));
            QVERIFY(box->toolTip().contains(QStringLiteral("seed stay as they are")));
            QCOMPARE(p().real("Copies")->value(), static_cast<double>(preset.copies));
        }
    }

    void presetsSayWhereTheyMakeNoSense_data()
    {
        QTest::addColumn<QStringList>("said");
        const auto row = [](const char* preset, const QStringList& said) {
            QTest::newRow(preset) << said;
        };
        const auto sides = QStringLiteral("left and right differ");
        const auto ends = QStringLiteral("up and down differ");
        const auto edges = QStringLiteral("lie at the edge");
        const auto sizes = QStringLiteral("size tells the classes apart");
        row("hflip", {sides});
        row("d4", {sides, ends});
        row("five_crop", {edges});
        row("ten_crop", {sides, edges});
        row("multi_scale", {sides, sizes});
        row("tutorial", {sides});
        row("gentle", {sides});
        row("keras_full", {sides, ends});
    }

    void presetsSayWhereTheyMakeNoSense()
    {
        QFETCH(QStringList, said);
        p().combo("Preset")->setCurrentIndex(1 + indexOf(QTest::currentDataTag()));
        for (const char* words : {"left and right differ", "up and down differ", "lie at the edge",
                 "size tells the classes apart"})
            QVERIFY2(p().says(words) == said.contains(QString::fromUtf8(words)), words);
    }

    void settingsThatAreAPresetShowIt()
    {
        auto* box = p().combo("Preset");
        p().real("Copies")->setValue(8);
        QCOMPARE(box->currentText(), QStringLiteral("Custom"));
        p().real("Copies")->setValue(7);
        QCOMPARE(box->currentIndex(), 1 + indexOf("tutorial"));
        p().check("Width shift ±")->setChecked(true);
        p().real("Width shift ±")->setValue(5);
        p().check("Height shift ±")->setChecked(true);
        p().real("Height shift ±")->setValue(5);
        p().check("Zoom")->setChecked(true);
        p().real("Smallest zoom")->setValue(0.95);
        QCOMPARE(box->currentIndex(), 0);
        p().real("Largest zoom")->setValue(1.05);
        QCOMPARE(box->currentIndex(), 1 + indexOf("gentle"));
        const auto before = p().config();
        box->setCurrentIndex(0); // Custom is no settings
        QVERIFY(p().config() == before);
        QCOMPARE(box->currentIndex(), 1 + indexOf("gentle"));
    }

    void fixedViewsAndBack()
    {
        p().edit([](ExperimentConfig& c) {
            c.policy = test::everything();
            c.copies = 31;
        });
        p().check<QRadioButton>("Fixed views")->click();
        QVERIFY(p().policy().views);
        QCOMPARE(p().config().copies, mostCopies(p().policy()));
        QVERIFY(p().problems().isEmpty()); // the random fields are off
        QVERIFY(!p().isShown(p().check("Horizontal flip")));
        QVERIFY(!p().isShown(p().check<QToolButton>("Pixels")));
        QVERIFY(p().isShown(p().line("Zoom factors")));
        p().line("Zoom factors")->selectAll();
        QTest::keyClicks(p().line("Zoom factors"), QStringLiteral("1, 1.2"));
        const auto views = *p().policy().views;
        QCOMPARE(views.scales, (std::vector<double>{1, 1.2}));

        p().check<QRadioButton>("Random copies")->click();
        QVERIFY(p().policy() == test::everything());
        QCOMPARE(p().config().copies, 31);
        QVERIFY(p().isShown(p().check("Horizontal flip")));
        QVERIFY(p().check("Noise σ")->isChecked());
        QVERIFY(!p().isShown(p().line("Zoom factors")));
        p().check<QRadioButton>("Fixed views")->click();
        QVERIFY(*p().policy().views == views);
    }

    void editsEveryViewSet()
    {
        p().check<QRadioButton>("Fixed views")->click();
        p().check("Horizontal flip, views")->setChecked(false);
        p().check("Vertical flip, views")->setChecked(true);
        p().check("Quarter turns, views")->setChecked(true);
        type("Zoom factors", "0.9, 1");
        p().combo("Crops")->setCurrentIndex(2);
        p().real("Crop size")->setValue(80);
        type("Brightness factors", "1; 0.5 ,");
        ViewSets expected;
        expected.verticalFlip = true;
        expected.quarterTurns = true;
        expected.scales = {0.9, 1};
        expected.crops = CropViews::Five;
        expected.cropFraction = 0.8;
        expected.brightness = {1, 0.5};
        QVERIFY(*p().policy().views == expected);
        QCOMPARE(expected.count(), 2 * 4 * 2 * 5 * 2);
        QCOMPARE(p().config().copies, expected.count()); // all went on to vote
        QVERIFY(p().says("160 views"));
        QVERIFY(p().problems().isEmpty());
    }

    void showsEveryViewSet()
    {
        ExperimentConfig c;
        c.policy = {};
        c.policy.views = ViewSets{.verticalFlip = true,
            .scales = {1, 0.875},
            .crops = CropViews::Centre,
            .cropFraction = 0.9,
            .brightness = {1.25}};
        c.copies = 3;
        p().session->settings().setConfig(c);
        QVERIFY(p().check<QRadioButton>("Fixed views")->isChecked());
        QVERIFY(!p().check("Horizontal flip, views")->isChecked());
        QVERIFY(p().check("Vertical flip, views")->isChecked());
        QCOMPARE(p().line("Zoom factors")->text(), QStringLiteral("1, 0.875"));
        QCOMPARE(p().combo("Crops")->currentIndex(), 1);
        QVERIFY(p().isShown(p().real("Crop size")));
        QCOMPARE(p().real("Crop size")->value(), 90.0);
        QCOMPARE(p().line("Brightness factors")->text(), QStringLiteral("1.25"));
        QVERIFY(p().says("The first 3 vote."));
        QVERIFY(p().config() == c);
    }

    void fewerViewsTakeCopiesAlong()
    {
        p().combo("Preset")->setCurrentIndex(1 + indexOf("d4"));
        p().real("Copies")->setValue(6);
        QSignalSpy changed(&p().session->settings(), &Settings::changed);
        p().check("Quarter turns, views")->setChecked(false);
        QCOMPARE(changed.count(), 1); // policy and copies in one
        QCOMPARE(p().config().copies, 2);
        QCOMPARE(p().real("Copies")->maximum(), 2.0);
        p().real("Copies")->setValue(1);
        p().check("Quarter turns, views")->setChecked(true);
        QCOMPARE(p().config().copies, 1); // not all voted before
        QVERIFY(p().problems().isEmpty());
    }

    void whatIsNoListOfFactorsIsNoSetting()
    {
        p().check<QRadioButton>("Fixed views")->click();
        const auto before = p().config();
        type("Zoom factors", "1, big");
        QVERIFY(p().problems().contains(QStringLiteral("“big” is not a number")));
        QVERIFY(*p().policy().views == *before.policy.views);
        type("Zoom factors", "");
        QVERIFY(p().problems().startsWith(QStringLiteral("Zoom factors: must list")));
        type("Zoom factors", "1, 1.5, 1");
        QVERIFY(p().problems().startsWith(QStringLiteral("Zoom factors: must be distinct")));
        type("Brightness factors", "0");
        QVERIFY(p().problems().contains(QStringLiteral("Brightness factors: must be factors")));
        p().combo("Preset")->setCurrentIndex(1 + indexOf("hflip")); // what was typed is gone
        QVERIFY(p().problems().isEmpty());
        QCOMPARE(p().line("Zoom factors")->text(), QStringLiteral("1"));
        QCOMPARE(p().line("Brightness factors")->text(), QStringLiteral("1"));
    }

private:
    test::PanelFixture& p() { return *m_panels; }

    static int indexOf(const char* preset)
    {
        return static_cast<int>(findPreset(preset) - presets().data());
    }

    void type(const char* name, const char* text)
    {
        p().line(name)->selectAll();
        if (*text)
            QTest::keyClicks(p().line(name), QString::fromUtf8(text));
        else
            QTest::keyClick(p().line(name), Qt::Key_Delete);
    }

    std::unique_ptr<test::PanelFixture> m_panels;
};

QTEST_MAIN(ViewsPanelTest)
#include "tst_views_panel.moc"
