// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/presets.h"
#include "core/evaluate/wilson.h"
#include "core/tune/tune.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

using namespace augury;

namespace {

constexpr std::array methods = {TuneMethod::Copies, TuneMethod::Sweep, TuneMethod::Greedy,
    TuneMethod::Weights, TuneMethod::Sensitivity};

/// The fields that are complained about, joined by spaces.
QString problemFields(const TuneSpec& spec)
{
    QStringList fields;
    for (const auto& problem : spec.validate())
        fields << QString::fromStdString(problem.field);
    return fields.join(QLatin1Char(' '));
}

} // namespace

class TuneSpecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void methodNames();
    void defaultsCanRun();
    void namesWhatIsWrong();
    void plan();
    void mostPasses();
    void describesConfigurations();
    void nllSums();
};

void TuneSpecTest::methodNames()
{
    for (const auto method : methods)
        QVERIFY(tuneMethodFromString(toString(method)) == method);
    QCOMPARE(toString(TuneMethod::Sensitivity), "sensitivity");
    QVERIFY_THROWS_EXCEPTION(Error, tuneMethodFromString("grid"));
}

void TuneSpecTest::defaultsCanRun()
{
    for (const auto method : methods) {
        const auto spec = defaultSpec(method);
        QVERIFY(spec.method == method);
        QCOMPARE(problemFields(spec), QString());
        const auto trials = plannedTrials(spec);
        QVERIFY(!trials.empty());
        const auto axes = axesOf(spec);
        std::set<std::vector<int>> places;
        for (std::size_t i = 0; i < trials.size(); ++i) {
            QCOMPARE(trials[i].index, int(i));
            QVERIFY(trials[i].state == Trial::State::Waiting);
            QCOMPARE(trials[i].place.size(), axes.size());
            for (std::size_t a = 0; a < axes.size(); ++a) {
                QVERIFY(trials[i].place[a] >= 0);
                QVERIFY(std::size_t(trials[i].place[a]) < axes[a].labels.size());
                QVERIFY(axes[a].values.empty() || axes[a].values.size() == axes[a].labels.size());
            }
            QVERIFY(places.insert(trials[i].place).second);
        }
        if (method != TuneMethod::Greedy)
            QCOMPARE(configurationsOf(spec), std::int64_t(trials.size()));
        else
            QVERIFY(configurationsOf(spec) > spec.steps * 50);
    }
}

void TuneSpecTest::namesWhatIsWrong()
{
    auto copies = defaultSpec(TuneMethod::Copies);
    copies.copies = 0;
    copies.vote.blend = 2;
    copies.policies[1].rotationRange = 400;
    copies.rules.clear(); // not the method's
    QCOMPARE(problemFields(copies), QStringLiteral("policies[2].rotation_range vote.blend copies"));
    copies = defaultSpec(TuneMethod::Copies);
    copies.policies.push_back(copies.policies.front());
    copies.vote.rule = VoteRule::Learned;
    QCOMPARE(problemFields(copies), QStringLiteral("policies vote.rule"));
    copies.policies.clear();
    QCOMPARE(problemFields(copies), QStringLiteral("policies vote.rule"));

    auto sweep = defaultSpec(TuneMethod::Sweep);
    sweep.copyCounts = {0, 3, 3};
    sweep.rules = {VoteRule::Mean, VoteRule::Learned, VoteRule::Mean};
    sweep.originals = {{true, 0.25}};
    sweep.halvingStart = 49;
    sweep.vote.temperature = 0;
    QCOMPARE(problemFields(sweep),
        QStringLiteral("copy_counts copy_counts vote.temperature rules rules originals[1].blend "
                       "halving_start"));
    sweep.rules = {static_cast<VoteRule>(99)};
    QVERIFY(problemFields(sweep).contains(QStringLiteral("rules")));
    sweep.halving = false;
    QVERIFY(!problemFields(sweep).contains(QStringLiteral("halving_start")));
    sweep = defaultSpec(TuneMethod::Sweep);
    sweep.copyCounts.clear();
    sweep.rules.clear();
    sweep.originals.clear();
    QCOMPARE(problemFields(sweep), QStringLiteral("copy_counts rules originals"));
    sweep = defaultSpec(TuneMethod::Sweep);
    sweep.policies = {tutorialPolicy(), findPreset("hflip")->policy};
    sweep.fields = {{"rotation", {1}}, {"noise_std", {}}, {"rotate90", {0, 0.5}},
        {"shear_range", {std::numeric_limits<double>::quiet_NaN()}}, {"shift_range", {0.1, 0.1}},
        {"width_shift_range", {2}}};
    QCOMPARE(problemFields(sweep),
        QStringLiteral("policies[2].views fields[1].field fields[2].strengths fields[3].strengths "
                       "fields[4].strengths fields[5].strengths fields[6].strengths fields"));
    sweep = defaultSpec(TuneMethod::Sweep);
    sweep.policies = {tutorialPolicy()};
    for (const char* name : {"rotation_range", "shear_range", "noise_std", "blur_sigma"})
        sweep.fields.push_back({name, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}});
    QCOMPARE(problemFields(sweep), QStringLiteral("policies")); // 72 · 10⁴ configurations

    auto greedy = defaultSpec(TuneMethod::Greedy);
    greedy.steps = 101;
    greedy.pool.random = 501;
    greedy.pool.policy.noiseStd = 3;
    QCOMPARE(problemFields(greedy), QStringLiteral("pool.random pool.policy.noise_std steps"));
    auto weights = defaultSpec(TuneMethod::Weights);
    weights.policies.push_back(tutorialPolicy());
    weights.copies = -1;
    QCOMPARE(problemFields(weights), QStringLiteral("policies[5] copies"));
    auto sensitivity = defaultSpec(TuneMethod::Sensitivity);
    sensitivity.policies = {tutorialPolicy(), findPreset("hflip")->policy};
    sensitivity.swept = {"zoom_range", {0, 1}};
    QCOMPARE(
        problemFields(sensitivity), QStringLiteral("policies policies[2].views swept.strengths"));
    TuneSpec unknown;
    unknown.method = static_cast<TuneMethod>(17);
    QCOMPARE(problemFields(unknown), QStringLiteral("method"));
}

void TuneSpecTest::plan()
{
    auto weights = defaultSpec(TuneMethod::Weights);
    weights.copies = 3;
    weights.vote.includeOriginal = true;
    const auto trials = plannedTrials(weights);
    QCOMPARE(trials.size(), std::size_t(12));
    QCOMPARE(trials[0].configuration.copies, 2); // hflip has no more
    QCOMPARE(trials[4].configuration.copies, 3);
    QVERIFY(trials[4].configuration.vote.rule == VoteRule::Learned);
    QVERIFY(trials[4].configuration.vote.includeOriginal);
    QCOMPARE(trials[4].place, (std::vector<int>{1, 1}));

    TuneSpec issue; // six policies × copies 1…20 × eight rules × with and without the original
    issue.method = TuneMethod::Sweep;
    for (int i = 1; i <= 6; ++i) {
        AugmentPolicy policy;
        policy.rotationRange = i;
        issue.policies.push_back(policy);
    }
    issue.copyCounts.clear();
    for (int n = 1; n <= 20; ++n)
        issue.copyCounts.push_back(n);
    issue.rules.clear();
    for (const auto rule : allVoteRules().first(8))
        issue.rules.push_back(rule);
    issue.originals = {{}, {true, 0}};
    QCOMPARE(problemFields(issue), QString());
    QCOMPARE(configurationsOf(issue), std::int64_t(1920));
    QCOMPARE(plannedTrials(issue).size(), std::size_t(1920));
    // A list of ten views has 1 … 10 copies, whatever is asked for.
    issue.policies = {findPreset("ten_crop")->policy};
    issue.copyCounts = {20, 5, 12};
    const auto planned = plannedTrials(issue);
    QCOMPARE(planned.size(), std::size_t(2 * 8 * 2));
    QCOMPARE(planned.front().configuration.copies, 10);
    QCOMPARE(planned.back().configuration.copies, 5);
    QCOMPARE(configurationsOf(issue), std::int64_t(32));
}

void TuneSpecTest::mostPasses()
{
    TuneSpec spec = defaultSpec(TuneMethod::Copies);
    const auto only = [&](const char* preset) {
        spec.policies = {findPreset(preset)->policy};
        return mostPassesOf(spec, 100);
    };
    QCOMPARE(only("tutorial"), std::int64_t(200)); // never more than two distinct images
    QCOMPARE(only("gentle"), std::int64_t(2100));
    QCOMPARE(only("hflip"), std::int64_t(200));
    QCOMPARE(only("d4"), std::int64_t(800));
    QCOMPARE(only("five_crop"), std::int64_t(600));
    spec.images = 40;
    QCOMPARE(only("five_crop"), std::int64_t(240));

    // Two policies of 4 and 2 copies, one configuration each: with halving only one goes on.
    TuneSpec sweep;
    sweep.method = TuneMethod::Sweep;
    sweep.policies = {findPreset("gentle")->policy, findPreset("keras_full")->policy};
    sweep.copyCounts = {4};
    sweep.halvingStart = 100;
    QCOMPARE(mostPassesOf(sweep, 250), std::int64_t(250 + 100 * 8 + 150 * 4));
    sweep.halving = false;
    QCOMPARE(mostPassesOf(sweep, 250), std::int64_t(250 + 250 * 8));

    TuneSpec greedy = defaultSpec(TuneMethod::Greedy);
    QCOMPARE(mostPassesOf(greedy, 10) * greedy.steps, 10 * configurationsOf(greedy));
}

void TuneSpecTest::describesConfigurations()
{
    const auto text = [](const Configuration& configuration) {
        return QString::fromStdString(describe(configuration));
    };
    QCOMPARE(text(tutorialConfiguration()), QStringLiteral("tutorial × 7, mean"));
    Configuration turns;
    turns.policy.rotationRange = 10;
    turns.copies = 5;
    turns.vote.rule = VoteRule::Majority;
    turns.vote.includeOriginal = true;
    QCOMPARE(text(turns), QStringLiteral("rotation ±10° × 5, majority with the original"));
    Configuration hflip{findPreset("hflip")->policy, 2, {}};
    hflip.vote.blend = 0.25;
    QCOMPARE(text(hflip), QStringLiteral("hflip × 2, mean, β 0.25"));
    turns.policy.horizontalFlip = true;
    turns.vote = {};
    turns.vote.rule = VoteRule::SharpenedMean;
    turns.vote.temperature = 0.7;
    QCOMPARE(text(turns),
        QStringLiteral("(horizontal flip, rotation ±10°) × 5, sharpened mean (T 0.7)"));
    Configuration list;
    list.policy.views.emplace();
    list.policy.views->list = {Transform{}, Transform{}};
    list.copies = 2;
    QCOMPARE(text(list), QStringLiteral("2 chosen views, mean"));
    QCOMPARE(QString::fromStdString(shortName({})), QStringLiteral("none"));
}

void TuneSpecTest::nllSums()
{
    const std::array values = {0.5, 1.5, 4.0, 2.0}; // mean 2, deviations −1.5, −0.5, 2, 0
    NllSums sums;
    for (const double value : values)
        sums += {value, value * value};
    QCOMPARE(sums.mean(4), 2.0);
    const double half = 1.96 * std::sqrt((2.25 + 0.25 + 4) / 3 / 4);
    QVERIFY(std::abs(sums.ci95(4).low - (2 - half)) < 1e-14);
    QVERIFY(std::abs(sums.ci95(4).high - (2 + half)) < 1e-14);
    QVERIFY(std::isnan(NllSums{}.mean(0)));
    QVERIFY(std::isnan((NllSums{1, 1}.ci95(1).low)));
    QCOMPARE((NllSums{3, 3}.ci95(3).high), 1.0); // all equal
    Trial trial;
    trial.comparison.images = 10;
    trial.comparison.ttaCorrect = 7;
    QCOMPARE(accuracyCi95(trial).low, wilsonInterval(7, 10).low);
}

QTEST_GUILESS_MAIN(TuneSpecTest)
#include "tst_tune_spec.moc"
