// SPDX-License-Identifier: GPL-3.0-or-later
// The Setup dock against the settings, both ways. Its augmentations have a test of their own.
#include "tests/ui/panel_fixture.h"

#include <QScrollArea>
#include <QTest>
#include <QToolButton>

using namespace augury;

class PanelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_panels = std::make_unique<test::PanelFixture>(); }
    void cleanup() { m_panels.reset(); }

    void showsTheDefaults()
    {
        QCOMPARE(p().spin("Epochs")->value(), 3);
        QCOMPARE(p().spin("Batch size")->value(), 128);
        QCOMPARE(p().real("Learning rate")->value(), 0.001);
        QCOMPARE(p().real("Copies")->value(), 7.0);
        QCOMPARE(p().real("Seed")->value(), 1.0);
        QCOMPARE(p().spin("Repeats")->value(), 10);
        QCOMPARE(p().real("Blend")->value(), 0.0);
        QVERIFY(!p().check("The original votes too")->isChecked());
        QVERIFY(p().problems().isEmpty());
    }

    void writesWhatTheUserChanges()
    {
        p().spin("Epochs")->setValue(5);
        p().spin("Batch size")->setValue(64);
        p().real("Learning rate")->setValue(0.01);
        p().spin("Threads")->setValue(2);
        p().combo("Normalisation")->setCurrentIndex(1);
        p().real("Copies")->setValue(21);
        p().combo("Vote rule")->setCurrentIndex(1);
        p().real("Temperature")->setValue(0.25);
        p().real("Gamma")->setValue(2.5);
        p().check("The original votes too")->setChecked(true);
        p().real("Seed")->setValue(4'000'000'000.0);
        p().spin("Repeats")->setValue(4);
        p().real("Validation")->setValue(20);
        p().spin("Training images")->setValue(1000);
        p().spin("Test images")->setValue(500);

        ExperimentConfig expected;
        expected.training.epochs = 5;
        expected.training.batchSize = 64;
        expected.training.learningRate = 0.01;
        expected.training.threads = 2;
        expected.training.normalisation = NormalisationKind::Standardise;
        expected.training.seed = 4'000'000'000;
        expected.copies = 21;
        expected.vote.rule = VoteRule::Majority;
        expected.vote.includeOriginal = true;
        expected.vote.temperature = 0.25;
        expected.vote.gamma = 2.5;
        expected.repeats = 4;
        expected.validationFraction = 0.2;
        expected.subsetTrain = 1000;
        expected.subsetTest = 500;
        QVERIFY(p().config() == expected);
    }

    void showsWhatTheSettingsBecome()
    {
        ExperimentConfig c;
        c.training.epochs = 12;
        c.training.normalisation = NormalisationKind::Standardise;
        c.training.seed = 77;
        c.copies = 400; // more than the slider goes to
        c.vote.rule = VoteRule::SharpenedMean;
        c.vote.temperature = 0.333; // finer than the box shows
        c.vote.gamma = 3.25;
        c.vote.blend = 0.251;
        c.subsetTest = 77;
        p().session->settings().setConfig(c);
        QCOMPARE(p().spin("Epochs")->value(), 12);
        QCOMPARE(p().combo("Normalisation")->currentIndex(), 1);
        QCOMPARE(p().real("Seed")->value(), 77.0);
        QCOMPARE(p().real("Copies")->value(), 400.0);
        QCOMPARE(p().slider("Copies, slider")->value(), 99);
        QCOMPARE(p().combo("Vote rule")->currentText(), QStringLiteral("Sharpened mean"));
        QCOMPARE(p().real("Temperature")->value(), 0.33);
        QCOMPARE(p().real("Gamma")->value(), 3.25);
        QCOMPARE(p().real("Blend")->value(), 0.25);
        QCOMPARE(p().spin("Test images")->value(), 77);
        QVERIFY(p().config() == c); // showing them has changed nothing
    }

    void sliderAndBoxShowOneNumber()
    {
        auto* box = p().real("Copies");
        auto* slider = p().slider("Copies, slider");
        slider->setValue(41); // ticks from 0: 42 copies
        QCOMPARE(box->value(), 42.0);
        QCOMPARE(p().config().copies, 42);
        box->setValue(3);
        QCOMPARE(slider->value(), 2);
    }

    void numbersHaveNoIdleZeros()
    {
        p().edit([](ExperimentConfig& c) { c.vote.blend = 0.5; });
        QCOMPARE(p().real("Blend")->text(), p().dock->locale().toString(0.5, 'g', 3));
        p().edit([](ExperimentConfig& c) { c.vote.blend = 1; });
        QCOMPARE(p().real("Blend")->text(), QStringLiteral("1"));
        p().edit([](ExperimentConfig& c) { c.copies = 100; });
        QCOMPARE(p().real("Copies")->text(), QStringLiteral("100"));
    }

    void eachRuleShowsItsOwnOption()
    {
        auto* temperature = p().real("Temperature");
        auto* gamma = p().real("Gamma");
        auto* rule = p().combo("Vote rule");
        for (int i = 0; i < rule->count(); ++i) {
            rule->setCurrentIndex(i);
            const auto now = p().config().vote.rule;
            QCOMPARE(static_cast<int>(now), rule->itemData(i).toInt());
            QCOMPARE(p().isShown(temperature), now == VoteRule::SharpenedMean);
            QCOMPARE(p().isShown(gamma), now == VoteRule::ConfidenceWeighted);
        }
    }

    void theOriginalVotesInOneWayOnly()
    {
        auto* blend = p().real("Blend");
        auto* include = p().check("The original votes too");
        QVERIFY(blend->isEnabled() && include->isEnabled());
        include->setChecked(true);
        QVERIFY(!blend->isEnabled() && include->isEnabled());
        QVERIFY(blend->parentWidget()->toolTip().contains(QStringLiteral("twice")));
        include->setChecked(false);
        p().slider("Blend, slider")->setValue(5); // steps of 0.05
        QCOMPARE(p().config().vote.blend, 0.25);
        QVERIFY(blend->isEnabled() && !include->isEnabled());
        QVERIFY(include->toolTip().contains(QStringLiteral("twice")));
        blend->setValue(0);
        QVERIFY(include->isEnabled());
        QVERIFY(p().problems().isEmpty());

        // Of a file, both at once: it is said, and either can be undone.
        p().edit([](ExperimentConfig& c) {
            c.vote.includeOriginal = true;
            c.vote.blend = 0.5;
        });
        QVERIFY(p().problems().startsWith(QStringLiteral("Blend")));
        QVERIFY(blend->isEnabled() && include->isEnabled());
    }

    void noMoreCopiesThanFixedViews()
    {
        p().edit([](ExperimentConfig& c) {
            c.policy = {};
            c.policy.views = ViewSets{.horizontalFlip = true, .quarterTurns = true};
            c.copies = 5;
        });
        QCOMPARE(p().real("Copies")->maximum(), 8.0);
        QCOMPARE(p().slider("Copies, slider")->maximum(), 7);
        QCOMPARE(p().real("Copies")->value(), 5.0);
        QCOMPARE(p().slider("Copies, slider")->value(), 4);
        p().slider("Copies, slider")->setValue(7);
        QCOMPARE(p().config().copies, 8);
        QVERIFY(p().problems().isEmpty());
        p().edit([](ExperimentConfig& c) { c.policy = tutorialPolicy(); });
        QCOMPARE(p().real("Copies")->maximum(), 1000.0);
        QCOMPARE(p().slider("Copies, slider")->maximum(), 99);
    }

    void problemsStandBesideTheirFields_data()
    {
        QTest::addColumn<QString>("begins");
        QTest::addColumn<std::function<void(ExperimentConfig&)>>("change");
        const auto row = [](const char* begins, std::function<void(ExperimentConfig&)> change) {
            QTest::newRow(begins) << QString::fromUtf8(begins) << std::move(change);
        };
        row("Copies: ", [](auto& c) { c.copies = 5000; });
        row("Vote: ", [](auto& c) { c.vote.rule = VoteRule::Learned; });
        row("Temperature: ", [](auto& c) { c.vote.temperature = 0; });
        row("Gamma: ", [](auto& c) { c.vote.gamma = -1; });
        row("Blend: ", [](auto& c) { c.vote.blend = 2; });
        row("Weights: ", [](auto& c) { c.vote.weights = {-1}; });
        row("Repeats: ", [](auto& c) { c.repeats = 0; });
        row("Parallel fits: ", [](auto& c) { c.parallelFits = -1; });
        row("Epochs: ", [](auto& c) { c.training.epochs = 0; });
        row("Validation fraction: ", [](auto& c) { c.validationFraction = 2; });
    }

    void problemsStandBesideTheirFields()
    {
        QFETCH(QString, begins);
        QFETCH(std::function<void(ExperimentConfig&)>, change);
        QVERIFY(p().problems().isEmpty());
        p().edit(change);
        QVERIFY2(p().problems().startsWith(begins), qPrintable(p().problems()));
        QCOMPARE(p().problems().count(QLatin1Char('\n')), 0);
    }

    void nextTrainingIsFoldedAway()
    {
        auto* heading = p().check<QToolButton>("Next training");
        auto* epochs = p().spin("Epochs");
        QVERIFY(!p().isShown(epochs));
        QCOMPARE(heading->text(), QStringLiteral("Next training (3 epochs)"));
        p().edit([](ExperimentConfig& c) { c.training.epochs = 1; });
        QCOMPARE(heading->text(), QStringLiteral("Next training (1 epoch)"));
        heading->click();
        for (QWidget* field :
            {static_cast<QWidget*>(epochs), static_cast<QWidget*>(p().spin("Batch size")),
                static_cast<QWidget*>(p().real("Learning rate")),
                static_cast<QWidget*>(p().combo("Normalisation"))})
            QVERIFY(p().isShown(field));
        QVERIFY(!p().isShown(p().spin("Threads")));
        epochs->setValue(7); // an edit leaves it open
        QVERIFY(p().isShown(epochs));
        heading->click();
        QVERIFY(!p().isShown(epochs));
        p().check<QToolButton>("Device and threads")->click();
        QVERIFY(p().isShown(p().spin("Threads")) && p().isShown(p().combo("Device")));
    }

    void problemsUnfoldTheirFields()
    {
        auto* epochs = p().spin("Epochs");
        auto* threads = p().spin("Threads");
        p().edit([](ExperimentConfig& c) { c.training.epochs = 0; });
        QVERIFY(p().isShown(epochs) && !p().isShown(threads));
        p().check<QToolButton>("Next training")->click(); // by hand, and it stays so
        p().edit([](ExperimentConfig& c) { c.copies = 9; });
        QVERIFY(!p().isShown(epochs));
        p().edit([](ExperimentConfig& c) { c.training.threads = -1; });
        QVERIFY(!p().isShown(epochs) && p().isShown(threads));
    }

    void namesAreNoHtml()
    {
        for (const auto* label : p().dock->findChildren<QLabel*>()) {
            if (label->wordWrap()) // what is written into it, not the labels of the fields
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }

    void drawsAgain()
    {
        const auto before = p().config().training.seed;
        QTest::mouseClick(p().check<QToolButton>("Draw again"), Qt::LeftButton);
        const auto after = p().config().training.seed;
        QVERIFY(after != before);
        QCOMPARE(p().real("Seed")->value(), static_cast<double>(after));
    }

    void everyControlSaysWhatItIs()
    {
        // All of it at once: both kinds of options, everything unfolded.
        p().edit([](ExperimentConfig& c) { c.vote.rule = VoteRule::SharpenedMean; });
        int controls = 0;
        for (const auto* widget : p().dock->findChildren<QWidget*>()) {
            const bool control = widget->inherits("QAbstractSpinBox")
                || widget->inherits("QAbstractButton") || widget->inherits("QComboBox")
                || widget->inherits("QSlider")
                || (widget->inherits("QLineEdit")
                    && !widget->parentWidget()->inherits("QAbstractSpinBox"));
            if (!control || widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const auto name = widget->accessibleName() + (button ? button->text() : QString());
            QVERIFY2(!name.isEmpty(), widget->metaObject()->className());
            // The dock's own buttons, and those that get theirs from the window's actions.
            if (widget->parentWidget() == p().dock.get() || widget->inherits("QPushButton"))
                continue;
            bool helps = false;
            for (const auto* up = widget; up != p().dock.get() && !helps; up = up->parentWidget())
                helps = !up->toolTip().isEmpty();
            QVERIFY2(helps, qPrintable(name));
            ++controls;
        }
        QVERIFY(controls > 60);
    }

    void staysNarrow_data()
    {
        QTest::addColumn<bool>("fixed");
        QTest::newRow("random") << false;
        QTest::newRow("fixed") << true;
    }

    void staysNarrow()
    {
        QFETCH(bool, fixed);
        p().edit([fixed](ExperimentConfig& c) {
            auto& policy = c.policy;
            policy = {};
            c.vote.rule = VoteRule::ConfidenceWeighted;
            policy.fillMode = FillMode::Constant;
            if (fixed) {
                policy.views = ViewSets{.quarterTurns = true, .crops = CropViews::Five};
                c.copies = 20;
                return;
            }
            policy.rotationRange = policy.shearRange = 12.5;
            policy.zoomRange = policy.brightnessRange = policy.contrastRange = {0.85, 1.25};
            policy.cropFraction = {0.805, 0.955};
            policy.blurSigma = {0.25, 1.75};
        });
        const auto* area = p().dock->findChild<QScrollArea*>();
        const int width = area->widget()->minimumSizeHint().width();
        QVERIFY2(width <= 330, qPrintable(QString::number(width)));
    }

private:
    test::PanelFixture& p() { return *m_panels; }

    std::unique_ptr<test::PanelFixture> m_panels;
};

QTEST_MAIN(PanelsTest)
#include "tst_panels.moc"
