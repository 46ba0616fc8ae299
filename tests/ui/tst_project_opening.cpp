// SPDX-License-Identifier: GPL-3.0-or-later
// What opening a project brings into the real window, and what cannot be opened or saved.
#include "tests/ui/project_window_fixture.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>

using namespace augury;
using test::contents;
using test::s_patience;
using test::toFs;

class ProjectOpeningTest : public QObject, private test::ProjectWindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(writeData()); }
    void init() { QVERIFY(begin()); }
    void cleanup() { m_window.reset(); }

    void opensDataAndModelOfAProject()
    {
        const auto model = m_folder + QStringLiteral("/m.safetensors");
        open(m_data);
        m_window->session().settings().edit([](ExperimentConfig& c) { c.training.epochs = 1; });
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->session().model() && m_window->session().isIdle(), s_patience);
        m_window->session().saveModel(model);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isIdle(), s_patience);
        QCOMPARE(m_window->project().model(), model);
        m_window->close();
        QFile::remove(m_folder + QStringLiteral("/store.ini"));
        make();

        const auto file = projectFile([&](Project& p) {
            p.experiment.dataPath = toFs(m_other).string();
            p.experiment.copies = 3;
            p.model = toFs(model);
        });
        open(m_data);
        QVERIFY(!m_window->session().model());
        m_window->openDropped({file});
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().model() && m_window->session().isIdle()
                && m_window->project().isIdle(),
            s_patience);
        QCOMPARE(m_window->session().dataPath(), m_other);
        QCOMPARE(m_window->session().model()->path, model);
        QVERIFY(m_window->noticeText().isEmpty());
        QVERIFY(!m_window->isWindowModified());
        QCOMPARE(m_window->project().undoStack().count(), 0);

        // Undo of other data opens the former again.
        m_window->openFolder(m_data);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_data, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isBusy(), s_patience);
        QVERIFY(m_window->isWindowModified());
        action("undo")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_other, s_patience);
        QVERIFY(!m_window->isWindowModified());
    }

    void undoingOtherDataWaitsForTheTraining()
    {
        open(m_data);
        m_window->openFolder(m_other);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_other, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isBusy(), s_patience);
        m_window->session().settings().edit(
            [](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy epochs(&m_window->session(), &Session::epochTrained);
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(epochs.count() >= 1, s_patience);
        QVERIFY(!action("open")->isEnabled());
        QVERIFY(!action("create")->isEnabled());
        action("undo")->trigger();
        action("undo")->trigger();
        QCOMPARE(config().dataPath, m_data.toStdString());
        QVERIFY(m_window->session().task() == Session::Task::Train); // goes on
        m_window->session().stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().dataPath(), m_data, s_patience);
        QVERIFY(m_window->session().model()); // what was trained is there
    }

    void opensAProjectWhoseFilesAreMissing()
    {
        const auto file = projectFile([&](Project& p) {
            p.experiment.dataPath = (toFs(m_folder) / "no data").string();
            p.model = toFs(m_folder) / "no model.safetensors";
            p.experiment.copies = 3;
        });
        m_window->begin(file);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->project().path(), file, s_patience);
        QCOMPARE(config().copies, 3);
        QVERIFY(m_window->noticeText().contains(QStringLiteral("no data")));
        QVERIFY(m_window->noticeText().contains(QStringLiteral("no model.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().dataError().isEmpty(), s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isIdle(), s_patience);
        QVERIFY(!m_window->isWindowModified());
        QCOMPARE(m_window->project().model(), m_folder + QStringLiteral("/no model.safetensors"));
    }

    void opensTheProjectOfTheLastTime()
    {
        const auto file = projectFile([this](Project& p) {
            p.experiment.copies = 3;
            p.experiment.dataPath = m_other.toStdString();
        });
        open(file);
        // Whatever becomes of this window, the next one knows.
        QVERIFY(contents(m_folder + QStringLiteral("/store.ini")).contains("mine.augury"));
        startAgain();
        QCOMPARE(m_window->project().path(), file);
        QCOMPARE(m_window->session().dataPath(), m_other);
        QCOMPARE(config().copies, 3);
        QVERIFY(!m_window->isWindowModified());

        const auto another = m_folder + QStringLiteral("/another.augury");
        slider()->setValue(8);
        m_window->project().saveAs(another);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isWindowModified(), s_patience);
        startAgain();
        QCOMPARE(m_window->project().path(), another);
        QCOMPARE(config().copies, 9);

        action("create")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isBusy(), s_patience);
        QVERIFY(!contents(m_folder + QStringLiteral("/store.ini")).contains("window/project"));
        slider()->setValue(4);
        startAgain();
        QCOMPARE(m_window->project().path(), QString());
        QCOMPARE(config().copies, 5); // the last settings, as ever
    }

    void aProjectOfTheLastTimeMayBeGone()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        open(file);
        m_window->close();
        m_window.reset();
        QVERIFY(QFile::remove(file));
        make();
        open({});
        QVERIFY2(m_window->noticeText().contains(QStringLiteral("mine.augury")),
            qPrintable(m_window->noticeText()));
        QCOMPARE(m_window->windowTitle(), QStringLiteral("Untitled[*] – Augury"));
        QCOMPARE(config().copies, 3);
        QCOMPARE(m_window->session().dataPath(), m_data);
        QVERIFY(!m_window->isWindowModified());
        startAgain(); // it is told once
        QCOMPARE(m_window->noticeText(), QString());
        QCOMPARE(config().copies, 3);
    }

    void theCommandLineTakesThePlaceOfTheLastProject()
    {
        const auto model = m_folder + QStringLiteral("/m.safetensors");
        const auto file = projectFile([](Project& p) { p.experiment.training.epochs = 1; });
        open(file);
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->session().model() && m_window->session().isIdle(), s_patience);
        m_window->session().saveModel(model);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isIdle(), s_patience);
        action("save")->trigger(); // it names the model
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isWindowModified(), s_patience);
        const auto next = [this](const QString& path, const QString& named) {
            m_window->close();
            m_window.reset();
            make();
            open(path, named);
        };
        next(m_other, {});
        QCOMPARE(m_window->project().path(), QString());
        QCOMPARE(m_window->session().dataPath(), m_other);
        startAgain(); // nor does it come back
        QCOMPARE(m_window->project().path(), QString());
        QCOMPARE(m_window->session().dataPath(), m_other);

        next(file, {});
        QCOMPARE(m_window->project().path(), file);
        next({}, model);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->session().model() && m_window->session().isIdle(), s_patience);
        QCOMPARE(m_window->session().model()->path, model);
        QCOMPARE(m_window->project().path(), QString());
        QCOMPARE(m_window->session().dataPath(), m_data);
    }

    void leavesABrokenProjectAlone()
    {
        const auto file = m_folder + QStringLiteral("/broken.augury");
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("{\"augury_project\": 99, \"experiment\": {}}");
        out.close();
        const auto before = contents(file);
        m_window->session().settings().edit(
            [this](ExperimentConfig& c) { c.dataPath = m_data.toStdString(); });
        m_window->begin(file);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->noticeText().contains(QStringLiteral("broken.augury")), s_patience);
        QVERIFY(m_window->noticeText().contains(QStringLiteral("99")));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().dataset() != nullptr, s_patience);
        QVERIFY(m_window->project().path().isEmpty());
        QCOMPARE(contents(file), before);
    }

    void saysWhenAProjectCannotBeSaved()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        open(file);
        slider()->setValue(8);
        m_window->project().saveAs(QStringLiteral("/proc/no/such/p.augury"));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->noticeText().contains(QStringLiteral("/proc/no/such")), s_patience);
        QVERIFY(m_window->isWindowModified());
        QCOMPARE(m_window->project().path(), file);
    }

    void takesAProjectThatIsDropped()
    {
        const auto file = projectFile([](Project& p) { p.experiment.copies = 3; });
        open(m_data);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(
            QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->project().path(), file, s_patience);
        QCOMPARE(config().copies, 3);
    }
};

QTEST_MAIN(ProjectOpeningTest)
#include "tst_project_opening.moc"
