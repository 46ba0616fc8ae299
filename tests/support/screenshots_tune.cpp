// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/screenshots_tune.h"

#include "core/augment/presets.h"
#include "tests/support/window_fixture.h"
#include "tests/ui/made_search.h"
#include "ui/session/tuner.h"
#include "ui/views/tune/confirmations_pane.h"
#include "ui/views/tune/method_bar.h"
#include "ui/views/tune/method_forms.h"
#include "ui/views/tune/policy_checks.h"
#include "ui/views/tune/sweep_form.h"
#include "ui/views/tune/trial_bar.h"
#include "ui/views/tune/tune_forms.h"
#include "ui/views/tune/tune_plan.h"
#include "ui/views/tune/tune_results.h"
#include "ui/views/tune_view.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/scroll_page.h"

#include <QCheckBox>
#include <QDir>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>

namespace augury::test {

namespace {

using enum TuneResults::Tab;

/// Results alone, of searches that were made up.
void photographResults(Photographer& camera)
{
    TuneResults results;
    results.resize(760, 760);
    results.show();
    results.setPictures(made_search::pictures(6));
    const auto take = [&](const made_search::Options& options, TuneResults::Tab tab,
                          const char* name) {
        results.setSearch(made_search::shown(options));
        results.bar()->setActions({});
        results.setCurrent(tab);
        camera.take(results, name);
    };
    take({.method = TuneMethod::Copies}, Curve, "tune-made-copies");
    take({.method = TuneMethod::Copies, .gain = 0.01, .harm = 0.004}, Cost, "tune-made-noise");
    take({.method = TuneMethod::Copies, .done = 0.4, .running = true}, Trials, "tune-made-running");
    take({.method = TuneMethod::Sweep}, Map, "tune-made-sweep-map");
    take({.method = TuneMethod::Sweep}, Trials, "tune-made-sweep-trials");
    take({.method = TuneMethod::Sweep}, Cost, "tune-made-sweep-cost");
    take({.method = TuneMethod::Sweep, .done = 0.5, .stopped = true}, Trials, "tune-made-stopped");
    take({.method = TuneMethod::Greedy}, Curve, "tune-made-greedy");
    take({.method = TuneMethod::Greedy}, Views, "tune-made-greedy-views");
    take({.method = TuneMethod::Weights}, Weights, "tune-made-weights");
    take({.method = TuneMethod::Sensitivity}, Curve, "tune-made-sensitivity");

    made_search::Options longNames{.method = TuneMethod::Sweep,
        .data = "photographs of the institute's collection of beetles, second sorting"};
    longNames.spec = defaultSpec(TuneMethod::Sweep);
    for (auto& policy : longNames.spec->policies) {
        if (!policy.views) {
            policy.horizontalFlip = true;
            policy.rotationRange += 7;
            policy.brightnessRange = {0.8, 1.2};
            policy.cropFraction = {0.8, 1};
        }
    }
    take(longNames, Trials, "tune-made-long-names");
    results.resize(400, 760);
    take(longNames, Map, "tune-made-long-names-narrow");
    results.resize(760, 760);

    results.setSearch(made_search::shown({.method = TuneMethod::Copies}));
    results.confirmations()->setConfirmations(
        {made_search::confirmed(tutorialConfiguration(), 0.03, false,
             "On 10,000 test images TTA gained 0.41 points (95 % interval 0.08 to 0.74; McNemar p "
             "0.012, 0.024 after Holm's correction for 2 confirmations)."),
            made_search::confirmed({findPreset("ten_crop")->policy, 10, {}}, 0.06, true,
                "On 10,000 test images TTA gained 1.21 points (95 % interval 0.81 to 1.59; "
                "McNemar p 0.001, 0.002 after Holm's correction for 2 confirmations): 187 fixed, "
                "66 broken, at 11.0× the cost. On the validation images, where it was the best of "
                "240, it had gained 2.10: 0.89 of it did not carry over.")},
        -1);
    results.showConfirmations();
    camera.take(results, "tune-made-confirmations");
}

/// The page in a window, with real work on small data.
class Visit {
public:
    Visit(Photographer& camera, const QString& folder)
        : m_camera(camera)
        , m_window(makeWindow(folder + QStringLiteral("/store.ini")))
    {
        m_window->resize(1440, 900);
        m_window->show();
        m_window->pages()->setCurrentWidget(page());
    }

    Session& session() { return m_window->session(); }
    TuneView* page() { return m_window->tuneView(); }
    Tuner& tuner() { return m_window->tuner(); }
    void take(const char* name) { m_camera.take(*m_window, name); }
    void resize(int width, int height) { m_window->resize(width, height); }
    bool settle()
    {
        return waitFor([this] { return session().isIdle() && tuner().isIdle(); });
    }

    bool train(double validation)
    {
        session().settings().edit([validation](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.training.batchSize = 64;
            c.subsetTrain = 4000;
            c.subsetTest = 1000;
            c.validationFraction = validation;
        });
        session().train();
        return settle() && session().model();
    }

    /// A search from its form's own settings, but on few images.
    bool search(TuneMethod method, const char* before, const char* running, const char* after)
    {
        page()->setMethod(method);
        take(before);
        auto* form = page()->forms()->form(method);
        auto spec = form->spec();
        spec.images = 200;
        spec.halvingStart = 50;
        form->showSpec(spec);
        page()->plan()->startButton()->click();
        QTest::qWait(300);
        if (running)
            take(running);
        const bool done = settle();
        take(after);
        return done;
    }

private:
    Photographer& m_camera;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

bool photographTune(Photographer& camera, const QString& data, const QString& folder)
{
    if (!QDir().mkpath(folder))
        return false;
    photographResults(camera);
    Visit visit(camera, folder);
    visit.session().openData(data);
    if (!visit.settle())
        return false;
    visit.take("tune-no-model");
    if (!visit.train(0))
        return false;
    visit.take("tune-no-validation");
    if (!visit.train(0.2))
        return false;
    bool good = visit.search(
        TuneMethod::Copies, "tune-copies-before", "tune-copies-running", "tune-copies");
    good = visit.search(TuneMethod::Sweep, "tune-sweep-before", "tune-sweep-running", "tune-sweep")
        && good;
    good = visit.search(TuneMethod::Greedy, "tune-greedy-before", nullptr, "tune-greedy") && good;
    good =
        visit.search(TuneMethod::Weights, "tune-weights-before", nullptr, "tune-weights") && good;
    good = visit.search(
               TuneMethod::Sensitivity, "tune-sensitivity-before", nullptr, "tune-sensitivity")
        && good;

    visit.page()->setMethod(TuneMethod::Copies);
    visit.page()->results()->bar()->tutorialBox()->setChecked(true);
    visit.page()->results()->bar()->confirmButton()->click();
    good = visit.settle() && good;
    visit.take("tune-confirmed");
    visit.resize(1024, 700);
    visit.take("tune-confirmed-small");
    visit.page()->setMethod(TuneMethod::Sweep);
    visit.take("tune-sweep-small");

    // Another model: what was found is about the one before.
    if (!visit.train(0.1))
        return false;
    visit.take("tune-outdated-small");
    visit.resize(1440, 900);
    visit.take("tune-outdated");
    return good;
}

} // namespace augury::test
