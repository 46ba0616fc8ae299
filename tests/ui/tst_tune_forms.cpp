// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/presets.h"
#include "ui/panels/rule_words.h"
#include "ui/session/eta.h"
#include "ui/views/tune/counts_edit.h"
#include "ui/views/tune/field_row.h"
#include "ui/views/tune/method_forms.h"
#include "ui/views/tune/policy_checks.h"
#include "ui/views/tune/sweep_form.h"
#include "ui/views/tune/tune_forms.h"
#include "ui/views/tune/tune_plan.h"
#include "ui/views/tune/tune_words.h"
#include "ui/widgets/primary_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace augury;

namespace {

QStringList shownProblems(const QWidget& form)
{
    QStringList texts;
    for (const auto* line : form.findChildren<QLabel*>(QStringLiteral("problem"))) {
        if (!line->isHidden())
            texts << line->text();
    }
    return texts;
}

FormContext contextOf(const AugmentPolicy& policy, Shape shape = {3, 32, 32})
{
    FormContext context;
    context.config.policy = policy;
    context.shape = shape;
    context.validationImages = 5000;
    return context;
}

/// The same but for the order in which policies and rules are listed.
bool asksTheSame(const TuneSpec& a, const TuneSpec& b)
{
    auto other = b;
    other.policies = a.policies;
    other.rules = a.rules;
    return a == other && std::ranges::is_permutation(a.policies, b.policies)
        && std::ranges::is_permutation(a.rules, b.rules);
}

void uncheckAll(CheckRow& row)
{
    for (std::size_t i = 0; i < row.count(); ++i)
        row.box(i)->setChecked(false);
}

} // namespace

class TestTuneForms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("counts"); // empty: refused
        QTest::newRow("one") << QStringLiteral("7") << QList<int>{7};
        QTest::newRow("list") << QStringLiteral("1, 3,5 ,7") << QList<int>{1, 3, 5, 7};
        QTest::newRow("range") << QStringLiteral("2-5") << QList<int>{2, 3, 4, 5};
        QTest::newRow("both") << QStringLiteral("8, 1 – 3, 2") << QList<int>{1, 2, 3, 8};
        QTest::newRow("none") << QString() << QList<int>();
        QTest::newRow("zero") << QStringLiteral("0-3") << QList<int>();
        QTest::newRow("backwards") << QStringLiteral("5-2") << QList<int>();
        QTest::newRow("words") << QStringLiteral("seven") << QList<int>();
        QTest::newRow("open") << QStringLiteral("1,,2") << QList<int>();
        QTest::newRow("too many") << QStringLiteral("1-1001") << QList<int>();
    }
    void countsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, counts);
        CountsEdit edit(QStringLiteral("Copies"));
        edit.setText(text);
        const auto said = edit.counts();
        QCOMPARE(QList<int>(said.begin(), said.end()), counts);
        QCOMPARE(edit.problem().isEmpty(), !counts.isEmpty());
    }

    void countsAreWritten()
    {
        QCOMPARE(countsText({1, 2, 3, 4, 7, 9, 10}), QStringLiteral("1-4, 7, 9, 10"));
        QCOMPARE(*parseCounts(countsText({1, 2, 5, 6, 7, 8}), 1000),
            (std::vector<int>{1, 2, 5, 6, 7, 8}));
    }

    /// One click on Start must do something useful: what the form says at first is the default.
    void everyFormBeginsWithItsDefault_data()
    {
        QTest::addColumn<int>("method");
        for (int i = 0; i < tuneMethods; ++i)
            QTest::newRow(toString(static_cast<TuneMethod>(i))) << i;
    }
    void everyFormBeginsWithItsDefault()
    {
        QFETCH(int, method);
        TuneForms forms;
        const auto* form = forms.form(static_cast<TuneMethod>(method));
        QCOMPARE(form->method(), static_cast<TuneMethod>(method));
        QVERIFY(asksTheSame(form->spec(), defaultSpec(form->method())));
        QVERIFY2(form->problems().isEmpty(), qPrintable(form->problems().join(QLatin1Char('\n'))));
        forms.setContext(contextOf(tutorialPolicy()));
        QVERIFY(asksTheSame(form->spec(), defaultSpec(form->method())));
        QVERIFY(form->problems().isEmpty());
    }

    /// What a search of the history asked for comes back from the fields.
    void specsComeBack()
    {
        TuneForms forms;
        auto sweep = defaultSpec(TuneMethod::Sweep);
        sweep.policies = {AugmentPolicy(), tutorialPolicy()};
        sweep.policies.push_back(tutorialPolicy());
        sweep.policies.back().rotationRange = 7; // no preset
        sweep.fields = {{"rotation_range", {0, 3, 20}}, {"horizontal_flip", {0, 1}}};
        sweep.copyCounts = {1, 2, 3, 9};
        sweep.rules = {VoteRule::Mean, VoteRule::Majority, VoteRule::Rank};
        sweep.originals = {{}, {true, 0}, {false, 0.25}, {false, 0.5}};
        sweep.halving = false;
        sweep.halvingStart = 300;
        sweep.images = 1500;
        sweep.seed = 4294967295;
        auto* form = forms.form(TuneMethod::Sweep);
        form->showSpec(sweep);
        QVERIFY(asksTheSame(form->spec(), sweep));

        auto sensitivity = defaultSpec(TuneMethod::Sensitivity);
        sensitivity.swept = {"zoom_range", {0, 0.1, 0.35}}; // uneven: kept as they are
        sensitivity.policies = {tutorialPolicy()};
        sensitivity.vote = {.rule = VoteRule::Majority, .includeOriginal = true};
        sensitivity.copies = 5;
        forms.form(TuneMethod::Sensitivity)->showSpec(sensitivity);
        QVERIFY(forms.form(TuneMethod::Sensitivity)->spec() == sensitivity);

        auto greedy = defaultSpec(TuneMethod::Greedy);
        greedy.pool.blur = true;
        greedy.pool.flips = false;
        greedy.pool.random = 3;
        greedy.pool.policy = tutorialPolicy();
        greedy.steps = 9;
        forms.form(TuneMethod::Greedy)->showSpec(greedy);
        QVERIFY(forms.form(TuneMethod::Greedy)->spec() == greedy);
    }

    void anEmptyChoiceIsSaidBesideItsField()
    {
        CopiesForm form;
        QSignalSpy edited(&form, &TuneForm::edited);
        uncheckAll(*form.policies());
        QVERIFY(edited.count() > 0);
        QCOMPARE(form.problems().size(), 1);
        QCOMPARE(shownProblems(form), form.problems());
        form.policies()->box(0)->setChecked(true);
        QVERIFY(form.problems().isEmpty());
        QVERIFY(shownProblems(form).isEmpty());
    }

    void wrongTextsAreSaidBesideTheirField()
    {
        SweepForm form;
        form.copies()->clear();
        QTest::keyClicks(form.copies(), QStringLiteral("many"));
        QCOMPARE(shownProblems(form).size(), 1);
        QVERIFY(shownProblems(form).front().contains(QStringLiteral("1-20")));
        form.copies()->clear();
        QTest::keyClicks(form.copies(), QStringLiteral("1-3"));
        QVERIFY(form.problems().isEmpty());
        uncheckAll(*form.rules());
        QCOMPARE(shownProblems(form).size(), 1);
    }

    void moreImagesThanThereAreIsAProblem()
    {
        CopiesForm form;
        form.setContext(contextOf(tutorialPolicy()));
        auto spec = form.spec();
        spec.images = 6000;
        form.showSpec(spec);
        QCOMPARE(form.problems().size(), 1);
        QVERIFY(form.problems().front().contains(QLocale().toString(5000)));
        spec.images = 5000;
        form.showSpec(spec);
        QVERIFY(form.problems().isEmpty());
    }

    void setupsPolicyIsOffered()
    {
        auto own = tutorialPolicy();
        own.rotationRange = 11;
        CopiesForm form;
        form.setContext(contextOf(own));
        uncheckAll(*form.policies());
        form.policies()->box(form.policies()->count() - 1)->setChecked(true);
        QCOMPARE(form.spec().policies.size(), std::size_t(1));
        QVERIFY(form.spec().policies.front() == own);
        // A preset that Setup has, too, is tried once.
        form.setContext(contextOf(tutorialPolicy()));
        form.policies()->setPolicies({tutorialPolicy()});
        form.policies()->box(form.policies()->count() - 1)->setChecked(true);
        QCOMPARE(form.spec().policies.size(), std::size_t(1));
    }

    void whatImagesDoNotAllowIsNotOffered()
    {
        CopiesForm form;
        const auto& d4 = findPreset("d4")->policy;
        form.policies()->setPolicies({d4, tutorialPolicy()});
        QCOMPARE(form.spec().policies.size(), std::size_t(2));
        form.setContext(contextOf(tutorialPolicy(), {3, 32, 48}));
        QVERIFY(form.spec().policies == std::vector{tutorialPolicy()});
        form.setContext(contextOf(tutorialPolicy(), {3, 32, 32}));
        QCOMPARE(form.spec().policies.size(), std::size_t(2));
    }

    void aSweptFieldLeavesFixedViewsOut()
    {
        SweepForm form;
        form.policies()->setPolicies({findPreset("ten_crop")->policy});
        form.addFieldButton()->click();
        QCOMPARE(form.fields().size(), std::size_t(1));
        QVERIFY2(form.problems().isEmpty(), qPrintable(form.problems().join(QLatin1Char('\n'))));
        QVERIFY(form.spec().policies == std::vector{AugmentPolicy()}); // the field alone
        form.addFieldButton()->click();
        QVERIFY(form.spec().fields[0].field != form.spec().fields[1].field);
        QSignalSpy edited(&form, &TuneForm::edited);
        Q_EMIT form.fields().front()->removeClicked();
        Q_EMIT form.fields().front()->removeClicked();
        QCOMPARE(form.spec().fields.size(), std::size_t(0));
        QVERIFY(edited.count() > 0);
        QVERIFY(form.spec().policies == std::vector{findPreset("ten_crop")->policy});
    }

    void strengthsAreEven()
    {
        QCOMPARE(evenStrengths(0, 45, 4), (std::vector<double>{0, 15, 30, 45}));
        QCOMPARE(evenStrengths(0, 0.3, 4), (std::vector<double>{0, 0.1, 0.2, 0.3}));
        QCOMPARE(evenStrengths(3, 9, 1), std::vector<double>{9});
        FieldRow row(FieldRow::Remove::No);
        for (int i = 0; i < row.field()->count(); ++i) {
            row.field()->setCurrentIndex(i);
            const auto* field = findPolicyField(row.range().field);
            QVERIFY(field);
            QCOMPARE(row.range().strengths.front(), 0.0);
            QVERIFY(std::abs(row.range().strengths.back() - field->suggested) < 1e-9);
            for (const double strength : row.range().strengths)
                QVERIFY(withStrength({}, *field, strength).validate().empty());
        }
    }

    void randomViewsNeedAPolicyThatDraws()
    {
        GreedyForm form;
        form.setContext(contextOf(findPreset("ten_crop")->policy));
        QVERIFY(form.problems().isEmpty());
        form.source()->setCurrentIndex(1);
        QCOMPARE(shownProblems(form).size(), 1);
        auto noisy = tutorialPolicy();
        noisy.noiseStd = 5;
        form.setContext(contextOf(noisy));
        QCOMPARE(shownProblems(form).size(), 1);
        form.setContext(contextOf(tutorialPolicy()));
        QVERIFY(form.problems().isEmpty());
        QVERIFY(form.spec().pool.policy == tutorialPolicy());
    }

    void everyRuleCanBeChosenButTheLearned()
    {
        for (const auto rule : allVoteRules()) {
            const auto offered = std::ranges::count(ruleWords(), rule, &RuleWords::rule);
            QCOMPARE(offered, isLearned(rule) ? 0 : 1);
            QVERIFY(!ruleName(rule).isEmpty());
        }
    }

    void thePlanSaysWhatWillBeTried()
    {
        TuneSpec spec;
        spec.policies = {tutorialPolicy()};
        spec.copies = 3; // 1, 2 and 3 of flips: the original and its mirror image
        const auto text = planText(spec, 5000, 25);
        QVERIFY2(text.contains(QLocale().toString(configurationsOf(spec))), qPrintable(text));
        QVERIFY2(
            text.contains(QLocale().toString(static_cast<qlonglong>(mostPassesOf(spec, 5000)))),
            qPrintable(text));
        QVERIFY2(text.contains(roughTimeText(25)), qPrintable(text));
        spec.images = 100;
        QVERIFY(planText(spec, 5000, std::nullopt).contains(QLocale().toString(100)));
        QVERIFY(!planText(spec, 0, std::nullopt).contains(QStringLiteral("passes")));
    }

    void thePlansButtonsFollowItsState()
    {
        TunePlan plan;
        plan.show();
        QVERIFY(!plan.startButton()->isEnabled());
        plan.setState(TunePlan::State::Ready, QStringLiteral("all"));
        QVERIFY(plan.startButton()->isEnabled());
        QVERIFY(!plan.stopButton()->isVisible());
        plan.setState(TunePlan::State::Running, QStringLiteral("all"));
        QVERIFY(!plan.startButton()->isEnabled());
        QVERIFY(plan.stopButton()->isVisible());
        plan.setResumable(true, true);
        QVERIFY(!plan.resumeButton()->isVisible()); // while it runs
        plan.setState(TunePlan::State::Ready, QStringLiteral("all"));
        QVERIFY(plan.resumeButton()->isVisible() && plan.resumeButton()->isEnabled());
        plan.setResumable(true, false);
        QVERIFY(!plan.resumeButton()->isEnabled());
        plan.setState(TunePlan::State::Blocked, QStringLiteral("why"));
        QVERIFY(!plan.startButton()->isEnabled());
        QCOMPARE(plan.text(), QStringLiteral("why"));
    }
};

QTEST_MAIN(TestTuneForms)
#include "tst_tune_forms.moc"
