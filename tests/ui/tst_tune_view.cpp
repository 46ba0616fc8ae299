// SPDX-License-Identifier: GPL-3.0-or-later
// The Tune page at work: a small network, real searches.
#include "tests/session/session_runs.h"
#include "tests/support/tiny_data.h"
#include "ui/charts/chart_widget.h"
#include "ui/session/run_history.h"
#include "ui/session/tuner.h"
#include "ui/views/tune/confirmations_pane.h"
#include "ui/views/tune/honesty_strip.h"
#include "ui/views/tune/method_bar.h"
#include "ui/views/tune/trial_bar.h"
#include "ui/views/tune/tune_forms.h"
#include "ui/views/tune/tune_plan.h"
#include "ui/views/tune/tune_results.h"
#include "ui/views/tune_view.h"
#include "ui/widgets/primary_button.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

using namespace augury;
using namespace augury::test;

namespace {

/// The page with all that it works on.
struct Desk {
    explicit Desk(const std::filesystem::path& file)
        : history(file)
    {
        session.setHistory(file);
        page.resize(900, 800);
        page.show();
    }
    ~Desk() { [[maybe_unused]] const bool idle = wait(); }

    bool wait()
    {
        return QTest::qWaitFor(
            [this] { return session.isIdle() && tuner.isIdle() && history.isIdle(); }, s_patience);
    }
    bool train(const QString& data, double validation)
    {
        if (!session.dataset() && !open(session, data))
            return false;
        settle(session.settings());
        session.settings().edit([&](ExperimentConfig& c) {
            c.validationFraction = validation;
            c.training.threads = 1;
        });
        session.train();
        return wait() && session.model();
    }
    /// Few policies and copies, so that it is over soon.
    void ask(TuneMethod method)
    {
        page.setMethod(method);
        auto spec = page.forms()->front()->spec();
        spec.policies.resize(std::min<std::size_t>(spec.policies.size(), 1));
        spec.copies = std::min(spec.copies, 3);
        page.forms()->front()->showSpec(spec);
        page.plan()->startButton()->click();
    }

    Session session;
    RunHistory history;
    Tuner tuner{session, history};
    TuneView page{session, tuner};
};

} // namespace

class TestTuneView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(writeTinyIdx(m_data));
    }
    void init()
    {
        m_file = m_dir.filePath(QStringLiteral("runs%1.sqlite").arg(++m_count)).toStdString();
    }

    void aPageWithoutAModelSaysWhatToDo()
    {
        Desk desk(m_file);
        QVERIFY(open(desk.session, m_data));
        QVERIFY(desk.wait());
        QCOMPARE(desk.page.obstacleText(), desk.tuner.obstacle());
        QVERIFY(!desk.page.obstacleText().isEmpty());
        QVERIFY(!desk.page.plan()->startButton()->isEnabled());
        QVERIFY(!desk.page.hasResults());
    }

    void withoutValidationImagesAButtonLeadsToThem()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data, 0));
        QVERIFY(desk.tuner.lacksValidation());
        QVERIFY(desk.page.honesty()->text().contains(QStringLiteral("No")));
        QSignalSpy wanted(&desk.page, &TuneView::trainWanted);
        QPushButton* leads = nullptr;
        for (auto* button : desk.page.findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text().contains(QStringLiteral("validation")))
                leads = button;
        }
        QVERIFY(leads);
        leads->click();
        QCOMPARE(wanted.count(), 1);
        QVERIFY(desk.train(m_data, 0.25));
        QVERIFY(!leads->isVisible());
        QVERIFY2(desk.page.obstacleText().isEmpty(), qPrintable(desk.page.obstacleText()));
        QVERIFY(desk.page.plan()->startButton()->isEnabled());
    }

    void everyMethodWorksFromStartToTable_data()
    {
        QTest::addColumn<int>("method");
        for (int i = 0; i < tuneMethods; ++i)
            QTest::newRow(toString(static_cast<TuneMethod>(i))) << i;
    }
    void everyMethodWorksFromStartToTable()
    {
        QFETCH(int, method);
        Desk desk(m_file);
        QVERIFY(desk.train(m_data, 0.25));
        QSignalSpy ended(&desk.tuner, &Tuner::ended);
        desk.ask(static_cast<TuneMethod>(method));
        QVERIFY(desk.wait());
        QCOMPARE(ended.count(), 1);
        QVERIFY2(desk.page.messageText().isEmpty(), qPrintable(desk.page.messageText()));
        QVERIFY(desk.page.hasResults());
        const auto* run = desk.tuner.run(static_cast<TuneMethod>(method));
        QVERIFY(run && !run->running);
        QCOMPARE(desk.page.results()->search()->trials.size(), run->outcome.trials.size());
        QVERIFY(desk.page.results()->search()->judgement);
        QVERIFY(!desk.page.charts().empty());
        QVERIFY(!desk.page.csv().empty());
        QVERIFY(desk.page.hasJson());
        QVERIFY(desk.page.json().find("\"trials\"") != std::string::npos);
        const auto file = m_dir.filePath(QStringLiteral("chart%1.png").arg(m_count));
        desk.page.saveChart(file);
        QVERIFY(!QImage(file).isNull());
        // How many were tried stays in sight.
        QVERIFY(desk.page.honesty()->text().contains(QLocale().toString(run->outcome.tried)));
    }

    void aStoppedSearchIsResumed()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data, 0.25));
        // Stopped at its first figures, when all but a few of these are still to be tried.
        QObject guard;
        bool stopped = false;
        QObject::connect(&desk.tuner, &Tuner::runChanged, &guard, [&](TuneMethod method) {
            const auto* run = desk.tuner.run(method);
            if (run && run->running && !run->outcome.trials.empty()
                && !std::exchange(stopped, true))
                desk.page.plan()->stopButton()->click();
        });
        desk.page.setMethod(TuneMethod::Copies);
        auto spec = desk.page.forms()->front()->spec();
        spec.copies = 200;
        desk.page.forms()->front()->showSpec(spec);
        desk.page.plan()->startButton()->click();
        QVERIFY(desk.wait());
        QVERIFY(stopped);
        const auto* run = desk.tuner.run(TuneMethod::Copies);
        QVERIFY(run && run->outcome.stopped);
        QVERIFY(!desk.page.messageText().isEmpty());
        auto* resume = desk.page.plan()->resumeButton();
        QVERIFY2(run->id > 0, "not in the history");
        QVERIFY(desk.tuner.isCurrent(*run));
        QVERIFY2(desk.tuner.obstacle().isEmpty(), qPrintable(desk.tuner.obstacle()));
        QVERIFY(resume->isVisible());
        QVERIFY(resume->isEnabled());
        resume->click();
        QVERIFY(desk.wait());
        run = desk.tuner.run(TuneMethod::Copies);
        QVERIFY2(run && !run->outcome.stopped, qPrintable(desk.page.messageText()));
        QCOMPARE(run->outcome.tried, configurationsOf(run->spec));
        QVERIFY(!resume->isVisible());
    }

    void theTestImagesAreUsedOnceAndCounted()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data, 0.25));
        desk.ask(TuneMethod::Copies);
        QVERIFY(desk.wait());
        QVERIFY(desk.page.honesty()->text().contains(QStringLiteral("not")));
        auto* bar = desk.page.results()->bar();
        QVERIFY2(bar->confirmButton()->isEnabled(), qPrintable(bar->confirmButton()->toolTip()));
        bar->tutorialBox()->setChecked(true);
        QSignalSpy confirmed(&desk.tuner, &Tuner::confirmed);
        bar->confirmButton()->click();
        QVERIFY(desk.wait());
        QCOMPARE(confirmed.count(), 1);
        QCOMPARE(desk.tuner.confirmations().size(), std::size_t(2));
        QCOMPARE(int(desk.page.results()->current()), int(TuneResults::Confirmations));
        auto* pane = desk.page.results()->confirmations();
        for (const auto& each : desk.tuner.confirmations())
            QVERIFY(pane->text().contains(each.text));
        auto text = desk.page.honesty()->text().replace(QChar(QChar::Nbsp), QLatin1Char(' '));
        QVERIFY2(text.contains(QStringLiteral("confirmed on 2 times")), qPrintable(text));
    }

    void oneActionEach()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data, 0.25));
        desk.ask(TuneMethod::Copies);
        QVERIFY(desk.wait());
        auto* bar = desk.page.results()->bar();
        const auto wanted = desk.page.results()->search()->chosenTrial()->configuration;
        QSignalSpy look(&desk.page, &TuneView::inspectWanted);
        QSignalSpy compare(&desk.page, &TuneView::compareWanted);
        QSignalSpy project(&desk.page, &TuneView::projectWanted);
        bar->lookButton()->click();
        bar->compareButton()->click();
        bar->projectButton()->click();
        for (const auto* spy : {&look, &compare, &project}) {
            QCOMPARE(spy->count(), 1);
            QVERIFY(spy->front().front().value<Configuration>() == wanted);
        }
        bar->useButton()->click();
        const auto& config = desk.session.settings().config();
        QVERIFY(config.policy == wanted.policy && config.copies == wanted.copies);
        QVERIFY(!desk.page.messageText().isEmpty());
    }

    void aSearchAboutAnotherModelIsSaidSo()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data, 0.25));
        desk.ask(TuneMethod::Copies);
        QVERIFY(desk.wait());
        QVERIFY(desk.page.outdatedText().isEmpty());
        QVERIFY(desk.train(m_data, 0.3));
        QVERIFY(!desk.page.outdatedText().isEmpty());
        QVERIFY(!desk.page.results()->bar()->confirmButton()->isEnabled());
        QVERIFY(desk.page.results()->bar()->useButton()->isEnabled());
    }

    void theMethodIsRemembered()
    {
        QSettings store(m_dir.filePath(QStringLiteral("store.ini")), QSettings::IniFormat);
        {
            Desk desk(m_file);
            desk.page.setMethod(TuneMethod::Weights);
            desk.page.save(store);
        }
        Desk desk(m_file);
        QCOMPARE(desk.page.method(), TuneMethod::Copies);
        desk.page.restore(store);
        QCOMPARE(desk.page.method(), TuneMethod::Weights);
        QCOMPARE(desk.page.forms()->front()->method(), TuneMethod::Weights);
    }

    void everythingIsReachedByTabAndNamed()
    {
        Desk desk(m_file);
        QVERIFY(desk.train(m_data, 0.25));
        desk.ask(TuneMethod::Copies);
        QVERIFY(desk.wait());
        for (auto* widget : desk.page.findChildren<QWidget*>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)
                || qobject_cast<QLabel*>(widget) || widget->focusProxy())
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty()
                || (button && !button->text().isEmpty())
                || widget->objectName().startsWith(QStringLiteral("qt_"));
            QVERIFY2(named, widget->metaObject()->className());
        }
    }

private:
    QTemporaryDir m_dir;
    QString m_data;
    std::filesystem::path m_file;
    int m_count = 0;
};

QTEST_MAIN(TestTuneView)
#include "tst_tune_view.moc"
