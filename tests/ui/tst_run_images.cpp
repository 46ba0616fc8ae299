// SPDX-License-Identifier: GPL-3.0-or-later
// The images of a run whose data were opened with options that are no settings, as the command line
// has them.
#include "ui/views/compare/run_images.h"

#include "core/data/fingerprint.h"
#include "core/data/open_dataset.h"
#include "core/store/run_store.h"
#include "tests/session/image_folder.h"
#include "tests/session/session_runs.h"
#include "ui/session/run_history.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using namespace augury::test;

class RunImagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A run in the history, of half the images as test images, made smaller.
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("folder"));
        QVERIFY(writeImageFolder(m_data));
        m_file = m_dir.filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_options.testFraction = 0.5;
        m_options.imageSize = {12, 12};
        m_options.seed = 9;
        Session session;
        session.setHistory(m_file);
        settle(session.settings());
        session.settings().edit([](ExperimentConfig& c) {
            c.repeats = 1;
            c.splitSeed = 9;
        });
        session.openDataAs({m_options, m_data.toStdString()});
        QTRY_VERIFY_WITH_TIMEOUT(session.dataset() && !session.isBusy(), s_patience);
        QSignalSpy over(&session, &Session::runEnded);
        session.runRepeats();
        QTRY_COMPARE_WITH_TIMEOUT(over.count(), 1, s_patience);
        m_made = *session.run();
        m_run = repeatsRun(RunStore::openToRead(m_file).get(m_made.id));
    }

    void theyAreThoseOfTheRun()
    {
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, m_data)); // as the window opens it
        QVERIFY(!session.hasDataOf(*m_run));
        RunImages images(session);
        QSignalSpy opened(&images, &RunImages::opened);
        QSignalSpy failed(&images, &RunImages::failed);
        images.open({m_run, 0, {}});
        QTRY_VERIFY_WITH_TIMEOUT(opened.count() + failed.count() == 1, s_patience);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][0].toString()));
        QCOMPARE(fingerprint(*session.dataset()),
            fingerprint(openDataset(m_data.toStdString(), m_options)));
        const auto& now = *session.evaluation()->comparison;
        const auto& then = m_run->outcome.repeats[0].comparison;
        QCOMPARE(now.images, then.images);
        QCOMPARE(now.baselineCorrect, then.baselineCorrect);
        QCOMPARE(now.ttaCorrect, then.ttaCorrect);
        QCOMPARE(now.fixed, then.fixed);
        QTRY_VERIFY_WITH_TIMEOUT(session.isIdle(), s_patience);
        QCOMPARE(session.settings().config().splitSeed, std::uint64_t(9));
    }

    void otherImagesBringEverythingBack_data()
    {
        QTest::addColumn<bool>("networkAtHand");
        QTest::addColumn<bool>("isGone"); // the folder, or one image is another
        QTest::newRow("to be trained, an image changed") << false << false;
        QTest::newRow("network at hand, an image changed") << true << false;
        QTest::newRow("to be trained, gone") << false << true;
        QTest::newRow("network at hand, gone") << true << true;
    }

    void otherImagesBringEverythingBack()
    {
        QFETCH(bool, networkAtHand);
        QFETCH(bool, isGone);
        const auto mine = m_dir.filePath(QStringLiteral("mine"));
        QVERIFY(writeImageFolder(mine, 2));
        Session session;
        session.setHistory(m_file);
        QVERIFY(open(session, mine));
        session.settings().edit([](ExperimentConfig& c) { c.copies = 8; });
        const auto before = session.settings().config();
        const auto data = fingerprint(*session.dataset());
        auto run = std::make_shared<RepeatsRun>(*m_run);
        if (networkAtHand)
            run->models = m_made.models;

        const auto folder = QDir(m_data);
        const auto image = folder.filePath(QStringLiteral("class0/3.png"));
        const auto away = m_dir.filePath(QStringLiteral("away"));
        if (isGone) {
            QVERIFY(QDir().rename(m_data, away));
        } else {
            QVERIFY(QDir().rename(image, away));
            QImage other(16, 16, QImage::Format_Grayscale8);
            other.fill(200);
            QVERIFY(other.save(image));
        }
        RunImages images(session);
        QSignalSpy opened(&images, &RunImages::opened);
        QSignalSpy failed(&images, &RunImages::failed);
        images.open({run, 0, {}});
        const bool over =
            QTest::qWaitFor([&] { return opened.count() + failed.count() == 1; }, s_patience);
        const bool settled = QTest::qWaitFor(
            [&] {
                return !session.isBusy() && session.isIdle()
                    && fingerprint(*session.dataset()) == data;
            },
            s_patience);
        if (!isGone)
            QVERIFY(QFile::remove(image));
        QVERIFY(QDir().rename(away, isGone ? m_data : image));
        QVERIFY(over && settled);
        QCOMPARE(failed.count(), 1);
        QVERIFY2(failed[0][0].toString().contains(m_data), qPrintable(failed[0][0].toString()));
        QVERIFY(session.settings().config() == before);
        QCOMPARE(session.dataPath(), mine);
        QVERIFY(!session.evaluation());
    }

private:
    QTemporaryDir m_dir;
    QString m_data;
    OpenOptions m_options;
    std::filesystem::path m_file;
    RepeatsRun m_made;
    std::shared_ptr<const RepeatsRun> m_run;
};

QTEST_MAIN(RunImagesTest)
#include "tst_run_images.moc"
