// SPDX-License-Identifier: GPL-3.0-or-later
// The network of a run's repeat that is trained again in the real window, and what it is called.
#include "tests/ui/compare_images_fixture.h"
#include "ui/panels/model_panel.h"
#include "ui/views/compare/run_images.h"
#include "ui/views/project_actions.h"

#include <QAction>
#include <QPushButton>

using namespace augury;
using test::s_patience;

class CompareNetworkTest : public QObject, private test::CompareImagesFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_fixture.make());
        openWindow();
        setUpRun();
        m_window->runRepeats();
        QTRY_VERIFY_WITH_TIMEOUT(front() && !session().isBusy(), s_patience);
        QCOMPARE(front()->outcome.repeats.size(), std::size_t(3));
        QTRY_VERIFY_WITH_TIMEOUT(front()->id > 0, s_patience);
        settle();
    }

    void cleanupTestCase() { settle(); }

    void anotherWindowTrainsItAgain()
    {
        const auto before = front();
        m_run = before;
        settle();
        openWindow();
        m_window->comparedRuns().open(before->id);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->comparedRuns().front() && m_window->comparedRuns().front()->id == before->id,
            s_patience);
        QVERIFY(front()->models.empty());
        const auto run = front();
        const auto& repeat = run->outcome.repeats[1];
        choose(CompareCharts::Ledger, repeat.index);
        auto* chart = compare()->panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QVERIFY(compare()->offerButton()->isVisible());
        QTest::mouseClick(compare()->offerButton(), Qt::LeftButton);
        QCOMPARE(session().task(), Session::Task::Train);
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        // The same network, to the last bit.
        const auto& again = session().model()->checkpoint.tensors;
        const auto& first = before->models.at(repeat.index)->tensors;
        QCOMPARE(again.size(), first.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY2(again[i].values == first[i].values, first[i].name.c_str());
        checkInspect(repeat.index);
        QVERIFY(!session().hasUnsavedModel()); // it can be made again
        const auto text = m_window->setupDock()->modelPanel()->modelText();
        QVERIFY2(text.startsWith(QStringLiteral("Repeat 2 of run %1\nTrained on ").arg(run->id)),
            qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral(", 2 epochs; "))
                && text.endsWith(QStringLiteral("; can be trained again from the run.")),
            qPrintable(text));
        QTRY_VERIFY(provenance().contains(QStringLiteral("repeat 2 of run %1").arg(run->id)));
        // The second time it is at hand.
        m_window->pages()->setCurrentWidget(compare());
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(compare()->offerText(), QString());
        QVERIFY(session().task() != Session::Task::Train);
        checkInspect(repeat.index);
    }

    void stoppingTheTrainingLeavesEverything()
    {
        m_window->pages()->setCurrentWidget(compare());
        const auto model = session().model();
        const auto run = front();
        const auto& repeat = run->outcome.repeats[2];
        choose(CompareCharts::Ledger, repeat.index);
        auto* chart = compare()->panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTest::mouseClick(compare()->offerButton(), Qt::LeftButton);
        QCOMPARE(session().task(), Session::Task::Train);
        session().stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        QTRY_VERIFY(compare()->messageText().contains(QStringLiteral("Stopped")));
        QCOMPARE(session().model(), model);
        QCOMPARE(m_window->pages()->currentWidget(), compare());
    }

    void aChangeInSetupEndsIt_data()
    {
        QTest::addColumn<int>("repeat");
        QTest::addColumn<QString>("job"); // during which it comes
        QTest::addColumn<bool>("undo");
        QTest::newRow("training, changed") << 2 << "train" << false;
        QTest::newRow("training, undone") << 2 << "train" << true;
        QTest::newRow("votes, changed") << 1 << "evaluate" << false;
        QTest::newRow("votes, undone") << 1 << "evaluate" << true;
    }

    void aChangeInSetupEndsIt()
    {
        QFETCH(int, repeat);
        QFETCH(QString, job);
        QFETCH(bool, undo);
        const auto during =
            job == QStringLiteral("train") ? Session::Task::Train : Session::Task::Evaluate;
        m_window->pages()->setCurrentWidget(compare());
        session().settings().edit([](ExperimentConfig& c) { c.copies = 9; });
        m_window->project().undoStack().clear(); // edits that follow closely would be one
        const auto model = session().model();
        const auto evaluation = session().evaluation();
        const auto run = front();
        choose(CompareCharts::Ledger, repeat);
        int changes = 0;
        // By the slider, and by the key's action, while that job is at work.
        const auto change = connect(&session(), &Session::taskChanged, this, [&] {
            if (session().task() != during || changes++ > 0)
                return;
            QCOMPARE(session().settings().config().copies, run->config.copies);
            if (undo)
                m_window->projectActions()->undo()->trigger();
            else
                test::setupSlider(*m_window, QStringLiteral("Copies"))->setValue(10);
        });
        auto* chart = compare()->panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        if (during == Session::Task::Train)
            QTest::mouseClick(compare()->offerButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(compare()->messageText(),
            QStringLiteral("Setup was changed meanwhile, so the images of run %1, repeat %2 were "
                           "not brought back.")
                .arg(run->id)
                .arg(repeat + 1),
            s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        QTest::qWait(0); // and what waits for the job's end
        disconnect(change);
        QCOMPARE(changes, 1);
        QCOMPARE(static_cast<QWidget*>(m_window->pages()->currentWidget()), compare());
        QCOMPARE(session().model(), model);
        // Votes that were counted in spite of it know with which settings.
        const auto votes = session().evaluation();
        QVERIFY(!votes || votes == evaluation || votes->config.copies == run->config.copies);
        QCOMPARE(page()->messageText(), QString());
        QCOMPARE(session().settings().config().copies, undo ? 9 : 11);
        // Another click brings them.
        QVERIFY(compare()->images()->obstacle(*run).isEmpty());
    }

    void aNetworkOfSetupIsNobodysRepeat()
    {
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        const auto* panel = m_window->setupDock()->modelPanel();
        const auto again = QStringLiteral("can be trained again");
        QVERIFY(panel->modelText().startsWith(QStringLiteral("Fresh model, not saved\n")));
        QVERIFY(!panel->modelText().contains(again));
        QTRY_VERIFY(provenance().contains(QStringLiteral("trained here, not saved")));
        // A repeat's that is saved has a name of its own.
        const auto kept = m_run->models.at(0);
        session().useModel(kept, m_run->config, m_run->id);
        QVERIFY(panel->modelText().startsWith(QStringLiteral("Repeat 1 of run ")));
        QVERIFY(panel->modelText().contains(again));
        session().useModel(kept, m_run->config, 0); // in no history
        QVERIFY(panel->modelText().startsWith(QStringLiteral("Repeat 1 of a run\n")));
        QTRY_VERIFY(provenance().contains(QStringLiteral("repeat 1 of a run")));
        session().saveModel(m_dir.filePath(QStringLiteral("kept.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        QVERIFY(panel->modelText().startsWith(QStringLiteral("kept.safetensors\n")));
        QVERIFY(!panel->modelText().contains(again));
        QTRY_VERIFY(provenance().contains(QStringLiteral("kept.safetensors")));
    }

private:
    QString provenance() { return m_window->detailsDock()->provenanceText(); }

    std::shared_ptr<const RepeatsRun> m_run; ///< with its networks
};

QTEST_MAIN(CompareNetworkTest)
#include "tst_compare_network.moc"
