// SPDX-License-Identifier: GPL-3.0-or-later
// The Setup dock against the settings, both ways.
#include "ui/panels/setup_dock.h"
#include "ui/session/session.h"
#include "ui/widgets/slider_spin.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace augury;

class PanelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_dock = std::make_unique<SetupDock>(*m_session);
        m_dock->show();
    }

    void cleanup()
    {
        m_dock.reset();
        m_session.reset();
    }

    void showsTheDefaults()
    {
        QCOMPARE(spin("Epochs")->value(), 3);
        QCOMPARE(spin("Batch size")->value(), 128);
        QCOMPARE(real("Learning rate")->value(), 0.001);
        QCOMPARE(real("Copies")->value(), 7.0);
        QCOMPARE(real("Seed")->value(), 1.0);
        QCOMPARE(spin("Repeats")->value(), 10);
        QVERIFY(check("Horizontal flip")->isChecked());
        QVERIFY(!check("Vertical flip")->isChecked());
        QVERIFY(!check("Zoom")->isChecked());
    }

    void writesWhatTheUserChanges()
    {
        spin("Epochs")->setValue(5);
        spin("Batch size")->setValue(64);
        real("Learning rate")->setValue(0.01);
        spin("Threads")->setValue(2);
        combo("Normalisation")->setCurrentIndex(1);
        check("Vertical flip")->setChecked(true);
        check("Rotation ±")->setChecked(true);
        real("Rotation ±")->setValue(25);
        check("Width shift ±")->setChecked(true);
        real("Width shift ±")->setValue(5);
        check("Zoom")->setChecked(true);
        real("Smallest zoom")->setValue(0.8);
        check("Independent axes")->setChecked(true);
        combo("Fill mode")->setCurrentIndex(1);
        spin("Fill value")->setValue(40);
        real("Copies")->setValue(21);
        combo("Vote rule")->setCurrentIndex(1);
        check("The original votes too")->setChecked(true);
        real("Seed")->setValue(4'000'000'000.0);
        spin("Repeats")->setValue(4);
        real("Validation")->setValue(20);
        spin("Training images")->setValue(1000);
        spin("Test images")->setValue(500);

        ExperimentConfig expected;
        expected.training.epochs = 5;
        expected.training.batchSize = 64;
        expected.training.learningRate = 0.01;
        expected.training.threads = 2;
        expected.training.normalisation = NormalisationKind::Standardise;
        expected.training.seed = 4'000'000'000;
        expected.policy.verticalFlip = true;
        expected.policy.rotationRange = 25;
        expected.policy.widthShiftRange = 0.05;
        expected.policy.zoomRange = {0.8, 1.1};
        expected.policy.zoomIndependentAxes = true;
        expected.policy.fillMode = FillMode::Constant;
        expected.policy.fillValue = 40;
        expected.copies = 21;
        expected.vote = {VoteRule::Majority, true};
        expected.repeats = 4;
        expected.validationFraction = 0.2;
        expected.subsetTrain = 1000;
        expected.subsetTest = 500;
        QVERIFY(config() == expected);
    }

    void showsWhatTheSettingsBecome()
    {
        ExperimentConfig c;
        c.training.epochs = 12;
        c.training.normalisation = NormalisationKind::Standardise;
        c.policy.horizontalFlip = false;
        c.policy.heightShiftRange = 0.33;
        c.policy.zoomRange = {0.5, 4};
        c.policy.fillMode = FillMode::Wrap;
        c.copies = 400; // more than the slider goes to
        c.vote.rule = VoteRule::Majority;
        c.subsetTest = 77;
        m_session->settings().setConfig(c);
        QCOMPARE(spin("Epochs")->value(), 12);
        QCOMPARE(combo("Normalisation")->currentIndex(), 1);
        QVERIFY(!check("Horizontal flip")->isChecked());
        QVERIFY(check("Height shift ±")->isChecked());
        QCOMPARE(real("Height shift ±")->value(), 33.0);
        QCOMPARE(real("Largest zoom")->value(), 4.0);
        QCOMPARE(combo("Fill mode")->currentIndex(), 3);
        QCOMPARE(real("Copies")->value(), 400.0);
        QCOMPARE(combo("Vote rule")->currentIndex(), 1);
        QCOMPARE(spin("Test images")->value(), 77);
        QVERIFY(config() == c); // showing them has changed nothing
    }

    void sliderAndBoxShowOneNumber()
    {
        auto* box = real("Copies");
        auto* slider = m_dock->findChild<QSlider*>();
        for (auto* candidate : m_dock->findChildren<QSlider*>()) {
            if (candidate->accessibleName() == QStringLiteral("Copies, slider"))
                slider = candidate;
        }
        slider->setValue(41); // ticks from 0: 42 copies
        QCOMPARE(box->value(), 42.0);
        QCOMPARE(config().copies, 42);
        box->setValue(3);
        QCOMPARE(slider->value(), 2);
    }

    void strengthIsKeptWhileSwitchedOff()
    {
        check("Rotation ±")->setChecked(true);
        real("Rotation ±")->setValue(33);
        check("Rotation ±")->setChecked(false);
        QCOMPARE(config().policy.rotationRange, 0.0);
        QVERIFY(!real("Rotation ±")->isEnabled());
        check("Rotation ±")->setChecked(true);
        QCOMPARE(config().policy.rotationRange, 33.0);
    }

    void zoomEndsPushEachOther()
    {
        check("Zoom")->setChecked(true);
        real("Smallest zoom")->setValue(1.5);
        QCOMPARE(config().policy.zoomRange, (Range{1.5, 1.5}));
        real("Largest zoom")->setValue(0.7);
        QCOMPARE(config().policy.zoomRange, (Range{0.7, 0.7}));
        QVERIFY(m_session->settings().problems().empty());
    }

    void saysTheAugmentationInWords()
    {
        QVERIFY(shows(QStringLiteral("horizontal flip")));
        check("Horizontal flip")->setChecked(false);
        QVERIFY(shows(QStringLiteral("No augmentation")));
        check("Rotation ±")->setChecked(true);
        QVERIFY(shows(QStringLiteral("rotation ±10°")));
    }

    void problemsStandBesideTheirFields()
    {
        auto* problem = named<QLabel>(QStringLiteral("problem"), true);
        QVERIFY(!problem);
        m_session->settings().edit([](ExperimentConfig& c) { c.copies = 5000; });
        problem = named<QLabel>(QStringLiteral("problem"), true);
        QVERIFY(problem);
        QVERIFY(problem->text().startsWith(QStringLiteral("Copies")));
    }

    void drawsANewSeed()
    {
        const auto before = config().training.seed;
        for (auto* button : m_dock->findChildren<QToolButton*>()) {
            if (button->accessibleName() == QStringLiteral("Draw a new seed"))
                button->click();
        }
        QVERIFY(config().training.seed != before);
    }

private:
    const ExperimentConfig& config() const { return m_session->settings().config(); }

    template <typename Widget> Widget* find(const char* name) const
    {
        for (auto* widget : m_dock->findChildren<Widget*>()) {
            if (widget->accessibleName() == QString::fromUtf8(name))
                return widget;
        }
        qFatal("no widget is named %s", name);
    }

    template <typename Widget> Widget* named(const QString& objectName, bool visible) const
    {
        for (auto* widget : m_dock->findChildren<Widget*>(objectName)) {
            if (widget->isVisibleTo(m_dock.get()) == visible)
                return widget;
        }
        return nullptr;
    }

    QSpinBox* spin(const char* name) const { return find<QSpinBox>(name); }
    QDoubleSpinBox* real(const char* name) const { return find<QDoubleSpinBox>(name); }
    QComboBox* combo(const char* name) const { return find<QComboBox>(name); }

    QCheckBox* check(const char* text) const
    {
        for (auto* box : m_dock->findChildren<QCheckBox*>()) {
            if (box->text().remove(QLatin1Char('&')) == QString::fromUtf8(text))
                return box;
        }
        qFatal("no check box says %s", text);
    }

    bool shows(const QString& words) const
    {
        for (auto* label : m_dock->findChildren<QLabel*>()) {
            if (label->text().contains(words))
                return true;
        }
        return false;
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<SetupDock> m_dock;
};

QTEST_MAIN(PanelsTest)
#include "tst_panels.moc"
