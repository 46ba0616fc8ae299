// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of the Setup dock, and what the Inspect page makes of them while they move.
#include "tests/ui/inspect_fixture.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>

using namespace augury;
using namespace augury::test;

class InspectLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(f.make()); }
    void init()
    {
        f.openWindow();
        QVERIFY(f.openAll());
    }
    void cleanup() { f.window.reset(); }

    void theLookFollowsASlider()
    {
        auto* slider = setup<QSlider>("Rotation ±, slider");
        const double before = f.config().policy.rotationRange;
        slider->setFocus();
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(f.config().policy.rotationRange, before + 6);
        QCOMPARE(setup<QDoubleSpinBox>("Rotation ±")->value(), before + 6);
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());
        const auto words = f.tiles()->model()->index(1, 0).data().toString();
        QTest::keyClick(slider, Qt::Key_Home);
        QVERIFY(f.settled());
        QCOMPARE(f.config().policy.rotationRange, 1.0);
        QCOMPARE(f.difference(), QString());
        QVERIFY(f.tiles()->model()->index(1, 0).data().toString() != words);
    }

    void theNewestOfADragWins()
    {
        auto* slider = setup<QSlider>("Rotation ±, slider");
        QStyleOptionSlider option;
        option.initFrom(slider);
        option.minimum = slider->minimum();
        option.maximum = slider->maximum();
        option.sliderPosition = option.sliderValue = slider->value();
        option.orientation = Qt::Horizontal;
        const auto from =
            slider->style()
                ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, slider)
                .center();
        QSignalSpy changes(&f.session().settings(), &Settings::changed);
        QSignalSpy looks(&f.inspector(), &Inspector::lookChanged);
        QTest::mousePress(slider, Qt::LeftButton, {}, from);
        for (int x = from.x() + 1; x < slider->width(); ++x)
            QTest::mouseMove(slider, {x, from.y()});
        QTest::mouseRelease(slider, Qt::LeftButton, {}, {slider->width() - 1, from.y()});
        QCOMPARE(slider->value(), slider->maximum());
        QCOMPARE(f.config().policy.rotationRange, 180.0);
        QVERIFY(f.settled());
        QVERIFY(changes.count() > 10);
        QVERIFY(looks.count() < changes.count()); // what is stale is dropped
        QCOMPARE(f.difference(), QString());
    }

    void theLookFollowsEveryControl()
    {
        auto* copies = setup<QDoubleSpinBox>("Copies");
        type(copies, QStringLiteral("12"));
        QCOMPARE(f.config().copies, 12);
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());
        QCOMPARE(f.tiles()->model()->rowCount(), 12);

        auto* rule = setup<QComboBox>("Vote rule");
        rule->setFocus();
        QTest::keyClick(rule, Qt::Key_Down);
        QCOMPARE(f.config().vote.rule, VoteRule::Majority);
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());

        type(setup<QDoubleSpinBox>("Blend"), QStringLiteral("0.5"));
        QCOMPARE(f.config().vote.blend, 0.5);
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());

        type(setup<QDoubleSpinBox>("Seed"), QStringLiteral("4711"));
        QCOMPARE(f.config().training.seed, std::uint64_t(4711));
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());

        // Switched off, nothing is turned any more.
        auto* rotation =
            qobject_cast<QCheckBox*>(InspectFixture::button(f.window->setupDock(), "Rotation ±"));
        rotation->setFocus();
        QTest::keyClick(rotation, Qt::Key_Space);
        QCOMPARE(f.config().policy.rotationRange, 0.0);
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());
        for (int row = 0; row < f.tiles()->model()->rowCount(); ++row)
            QVERIFY(
                !f.tiles()->model()->index(row, 0).data().toString().contains(QStringLiteral("°")));
    }

    void votesAreCountedAgainAtOnce()
    {
        QVERIFY(f.evaluate());
        compareSplit();
        const auto table = f.session().evaluation()->table;
        auto* blend = setup<QSlider>("Blend, slider");
        auto* original = qobject_cast<QCheckBox*>(
            InspectFixture::button(f.window->setupDock(), "The original votes too"));
        auto* rule = setup<QComboBox>("Vote rule");
        const std::function<void()> moves[] = {
            [&] { type(setup<QDoubleSpinBox>("Copies"), QStringLiteral("3")); },
            [&] { press(rule, Qt::Key_Down); }, // majority
            [&] { press(blend, Qt::Key_PageUp); },
            [&] { press(setup<QSlider>("Copies, slider"), Qt::Key_Right); },
            [&] { press(blend, Qt::Key_Home); },
            [&] { press(original, Qt::Key_Space); },
            [&] { press(rule, Qt::Key_End); },
            [&] { press(setup<QSlider>("Copies, slider"), Qt::Key_Home); },
        };
        auto before = f.config();
        QStringList lines{f.bar()->scoreText()};
        for (const auto& move : moves) {
            move();
            QVERIFY(f.config() != before);
            before = f.config();
            QVERIFY(f.counted());
            QVERIFY(!f.session().isBusy());
            compareSplit();
            if (QTest::currentTestFailed())
                return;
            lines << f.bar()->scoreText();
            QVERIFY(f.bar()->noteText().isEmpty());
        }
        QCOMPARE(f.config().copies, 1);
        QVERIFY(f.config().vote.includeOriginal);
        lines.removeDuplicates();
        QVERIFY(lines.size() > 4);
        QCOMPARE(f.session().evaluation()->table, table); // no network pass
    }

    void aFilterFollowsTheVotes()
    {
        QVERIFY(f.evaluate());
        f.grid()->setFocus();
        QTest::keyClick(f.grid(), Qt::Key_F);
        const auto before = f.shown();
        QVERIFY(!before.empty());
        bool other = false;
        for (const int copies : {1, 2, 3, 5}) {
            type(setup<QDoubleSpinBox>("Copies"), QString::number(copies));
            QVERIFY(f.counted());
            const auto fixed = positionsWhere(f.expected(), [](int label, int alone, int merged) {
                return passesFilter(1, label, alone, merged);
            });
            QCOMPARE(f.shown(), fixed);
            other = other || fixed != before;
            QCOMPARE(f.bar()->countText(), QStringLiteral("%1 of 60 images").arg(fixed.size()));
        }
        QVERIFY(other);
    }

    void saysWhenVotesAreOutOfDate()
    {
        QVERIFY(f.evaluate());
        auto* evaluate = InspectFixture::button(f.bar(), "Evaluate");
        QVERIFY(!evaluate->isEnabled());
        QVERIFY(f.bar()->noteText().isEmpty());
        const auto score = f.bar()->scoreText();
        const auto seed = QString::number(f.config().training.seed);
        auto* spin = setup<QDoubleSpinBox>("Seed");
        type(spin, QStringLiteral("12345"));
        QVERIFY(f.bar()->noteText().contains(QStringLiteral("the seed")));
        QVERIFY(evaluate->isEnabled());
        QCOMPARE(f.bar()->scoreText(), score); // what there is stays
        type(spin, seed);
        QVERIFY(f.bar()->noteText().isEmpty());
        QVERIFY(!evaluate->isEnabled());

        auto* slider = setup<QSlider>("Rotation ±, slider");
        press(slider, Qt::Key_Right);
        QVERIFY(f.bar()->noteText().contains(QStringLiteral("the augmentation")));
        press(slider, Qt::Key_Left);
        QVERIFY(f.bar()->noteText().isEmpty());

        press(slider, Qt::Key_End);
        type(spin, QStringLiteral("99"));
        QVERIFY(f.bar()->noteText().contains(QStringLiteral("the augmentation and the seed")));
        const auto table = f.session().evaluation()->table;
        QVERIFY(f.evaluate());
        QVERIFY(f.bar()->noteText().isEmpty());
        QVERIFY(f.session().evaluation()->table != table);
        compareSplit();
    }

    void moreCopiesAreAdded()
    {
        QVERIFY(f.evaluate());
        const auto before = f.session().evaluation()->table;
        const auto score = f.bar()->scoreText();
        type(setup<QDoubleSpinBox>("Copies"), QStringLiteral("10"));
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString()); // the look has them already
        QVERIFY(f.bar()->noteText().contains(QStringLiteral("7 copies")));
        QVERIFY(f.bar()->noteText().contains(QStringLiteral("other 3")));
        // On the way there was a 1, and its count may still be on its way, too.
        QTRY_COMPARE_WITH_TIMEOUT(f.bar()->scoreText(), score, s_patience);
        QVERIFY(f.evaluate());
        QVERIFY(f.bar()->noteText().isEmpty());
        const auto after = f.session().evaluation()->table;
        QCOMPARE(after->copies, 10);
        QVERIFY(std::equal(before->probabilities.begin(), before->probabilities.end(),
            after->probabilities.begin())); // predicted once
        compareSplit();
    }

    void saysThatSettingsDoNotWork()
    {
        const auto look = f.look();
        const auto sentence = f.page()->stage()->sentence();
        f.edit([](ExperimentConfig& c) { c.policy.rotationRange = 400; });
        QVERIFY(f.page()->stage()->sentence().contains(QStringLiteral("rotation")));
        QCOMPARE(f.page()->stage()->look(), look);
        QVERIFY(!InspectFixture::button(f.bar(), "Evaluate")->isEnabled());
        f.setConfig(f.firstConfig());
        QTRY_COMPARE_WITH_TIMEOUT(f.page()->stage()->sentence(), sentence, s_patience);
    }

private:
    template <typename Widget> Widget* setup(const char* name) const
    {
        return named<Widget>(f.window->setupDock(), name);
    }

    static void press(QWidget* widget, Qt::Key key)
    {
        QVERIFY(widget->isEnabled());
        widget->setFocus();
        QTest::keyClick(widget, key);
    }

    static void type(QDoubleSpinBox* box, const QString& text)
    {
        QVERIFY(box->isEnabled());
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, text);
        QTest::keyClick(box, Qt::Key_Return);
    }

    /// The score line and the marks of all images.
    void compareSplit()
    {
        const auto all = f.expected();
        QCOMPARE(f.bar()->scoreText(), scoreLine(all, f.config()));
        QCOMPARE(f.grid()->model()->rowCount(), 60);
        for (int i = 0; i < 60; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const auto index = f.grid()->model()->index(i, 0);
            int kind = 1; // of OutcomeKind: both right, fixed, broken, both wrong
            const int kinds[] = {4, 1, 2, 3};
            while (
                !passesFilter(kinds[kind - 1], all.table.labels[at], all.alone(at), all.merged(at)))
                ++kind;
            QCOMPARE(index.data(ImagesModel::OutcomeRole).toInt(), kind);
        }
    }

    InspectFixture f;
};

QTEST_MAIN(InspectLiveTest)
#include "tst_inspect_live.moc"
