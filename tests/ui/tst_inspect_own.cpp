// SPDX-License-Identifier: GPL-3.0-or-later
// A user's own images in the real window: what is dropped, what is refused, votes without labels.
#include "core/data/own_images.h"
#include "tests/ui/inspect_fixture.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QImage>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QStandardItemModel>

using namespace augury;
using namespace augury::test;

class InspectOwnTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(f.make());
        // Parts of the test images, at other sizes: the network has something to say of them.
        QVERIFY(QDir().mkpath(f.path(QStringLiteral("photos"))));
        for (int i = 0; i < 5; ++i) {
            const auto view = f.dataset().test->image(static_cast<std::size_t>(i));
            const QImage small(view.pixels.data(), 16, 16, 16, QImage::Format_Grayscale8);
            const auto name = QStringLiteral("photos/photo %1.png").arg(i);
            QVERIFY(small.scaled(24 + 8 * i, 40).save(f.path(name)));
            m_photos << f.path(name);
        }
        m_notes = f.path(QStringLiteral("photos/notes.txt"));
        QFile notes(m_notes);
        QVERIFY(notes.open(QIODevice::WriteOnly) && notes.write("no image") > 0);
    }
    void init()
    {
        f.openWindow();
        QVERIFY(f.openAll());
    }
    void cleanup() { f.window.reset(); }

    void opensOne()
    {
        open({m_photos[2]});
        QCOMPARE(f.bar()->countText(), QStringLiteral("1 image"));
        QCOMPARE(f.look()->name, QStringLiteral("photo 2.png"));
        QVERIFY(f.page()->messageText().contains(QStringLiteral("16×16 pixels and grey")));
        QCOMPARE(f.difference(ownSplit({m_photos[2]})), QString());
        QVERIFY(f.page()->isVisible());
    }

    void opensSeveralAndNamesWhatIsNone()
    {
        open({m_photos[4], m_notes, m_photos[0], m_photos[1]});
        QCOMPARE(f.bar()->countText(), QStringLiteral("3 images"));
        QVERIFY(f.page()->messageText().contains(QStringLiteral("notes.txt")));
        QCOMPARE(f.look()->name, QStringLiteral("photo 4.png")); // in the order they came
        const auto split = ownSplit({m_photos[4], m_photos[0], m_photos[1]});
        for (std::uint32_t i = 0; i < 3; ++i) {
            f.click(i);
            QVERIFY(f.settled());
            QCOMPARE(f.difference(split), QString());
        }
        QCOMPARE(f.look()->name, QStringLiteral("photo 1.png"));
    }

    void opensAFolder()
    {
        f.window->pages()->setCurrentIndex(1);
        open({f.path(QStringLiteral("photos"))});
        QVERIFY(f.page()->isVisible()); // comes to the front
        QCOMPARE(f.bar()->countText(), QStringLiteral("5 images"));
        QVERIFY(f.page()->messageText().contains(QStringLiteral("notes.txt")));
        QCOMPARE(f.combo("Images")->currentText(), QStringLiteral("Own images"));
    }

    void refusesWhatHoldsNoImage()
    {
        QSignalSpy ended(&f.session(), &Session::taskEnded);
        f.window->openDropped({m_notes});
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, s_patience);
        QVERIFY(f.page()->messageText().contains(QStringLiteral("notes.txt")));
        QCOMPARE(f.bar()->countText(), QStringLiteral("60 images")); // nothing is lost
        QVERIFY(f.look()->hasVotes());
    }

    void votesWithoutAccuracy()
    {
        open(m_photos);
        QVERIFY(f.evaluate());
        const auto all = f.expected(f.config(), ownSplit(m_photos));
        const auto changed =
            positionsWhere(all, [](int, int alone, int merged) { return alone != merged; });
        QVERIFY(f.bar()->scoreText().contains(
            QStringLiteral("answer of %1 of 5 images").arg(changed.size())));
        QVERIFY(f.bar()->scoreText().contains(QStringLiteral("no accuracy")));
        QVERIFY(!f.bar()->scoreText().contains(QStringLiteral("Baseline")));

        for (std::uint32_t i = 0; i < 5; ++i) {
            f.click(i);
            QVERIFY(f.settled());
            const auto cell = f.grid()->currentIndex();
            QCOMPARE(cell.data(ImagesModel::OutcomeRole).toInt(), 0);
            QCOMPARE(
                cell.data(ImagesModel::ChangedRole).toBool(), std::ranges::count(changed, i) == 1);
            QStringList texts{f.page()->stage()->sentence(), f.window->detailsDock()->imageText(),
                f.bar()->scoreText(), cell.data(Qt::AccessibleTextRole).toString(),
                cell.data(Qt::ToolTipRole).toString()};
            const auto* tiles = f.tiles()->model();
            for (int row = 0; row < tiles->rowCount(); ++row) {
                const auto tile = tiles->index(row, 0);
                QCOMPARE(tile.data(VariantsModel::VerdictRole).toInt(), -1);
                InspectFixture::clickOn(f.tiles(), tile);
                texts << tile.data(Qt::AccessibleTextRole).toString()
                      << tile.data(Qt::ToolTipRole).toString()
                      << f.window->detailsDock()->variantText();
            }
            for (const auto& text : texts) {
                for (const char* word : {"right", "wrong", "fixed", "fixes", "broken", "breaks"})
                    QVERIFY2(!text.contains(QString::fromUtf8(word)), qPrintable(text));
            }
            QVERIFY(f.page()->stage()->sentence().contains(QStringLiteral("TTA changes")));
        }
    }

    void filtersThatNeedLabelsAreOff()
    {
        open(m_photos);
        QVERIFY(f.evaluate());
        const auto* items = qobject_cast<QStandardItemModel*>(f.combo("Show")->model());
        QVERIFY(items);
        for (int row = 0; row < 6; ++row)
            QCOMPARE(items->item(row)->isEnabled(), row == 0 || row == 5);
        QVERIFY(!f.combo("True class")->isEnabled());
        f.grid()->setFocus();
        for (const auto key : {Qt::Key_F, Qt::Key_B, Qt::Key_W}) {
            QTest::keyClick(f.grid(), key);
            QCOMPARE(f.shown().size(), std::size_t(5));
        }
        const auto all = f.expected(f.config(), ownSplit(m_photos));
        f.combo("Show")->setCurrentIndex(5);
        QCOMPARE(f.shown(),
            positionsWhere(all, [](int, int alone, int merged) { return alone != merged; }));
        f.combo("Show")->setCurrentIndex(0);
        for (int k = 0; k < 4; ++k) {
            f.combo("Predicted class")->setCurrentIndex(k + 1);
            QCOMPARE(
                f.shown(), positionsWhere(all, [k](int, int, int merged) { return merged == k; }));
        }
    }

    void filtersOfLabelledImagesDoNotHideOwnOnes_data()
    {
        QTest::addColumn<QByteArray>("box");
        QTest::addColumn<int>("row");
        QTest::newRow("fixed") << QByteArray("Show") << 1;
        QTest::newRow("both right") << QByteArray("Show") << 4;
        QTest::newRow("a true class") << QByteArray("True class") << 2;
    }

    void filtersOfLabelledImagesDoNotHideOwnOnes()
    {
        QFETCH(QByteArray, box);
        QFETCH(int, row);
        QVERIFY(f.evaluate());
        f.combo(box.constData())->setCurrentIndex(row);
        QVERIFY(f.shown().size() < 60);
        QVERIFY(!f.shown().empty());
        open(m_photos);
        QCOMPARE(f.shown().size(), std::size_t(5));
        QVERIFY(f.evaluate());
        QCOMPARE(f.shown().size(), std::size_t(5));
        QCOMPARE(f.bar()->countText(), QStringLiteral("5 images"));
    }

    void opensDataAndModels()
    {
        const auto other = f.path(QStringLiteral("other data"));
        QVERIFY(writeTinyIdx(other, {16, 4, 20, 12}));
        f.window->openDropped({other});
        QTRY_COMPARE_WITH_TIMEOUT(f.session().dataPath(), other, s_patience);
        QTRY_COMPARE_WITH_TIMEOUT(f.bar()->countText(), QStringLiteral("12 images"), s_patience);
        QVERIFY(waitFor([&] { return !f.session().isBusy(); }));
        const auto model = f.session().model();
        f.window->openDropped({f.modelPath()});
        QCOMPARE(f.session().task(), Session::Task::LoadModel);
        QVERIFY(waitFor([&] { return !f.session().isBusy(); }));
        QVERIFY(f.session().model() != model);
        QVERIFY(f.settled());
    }

    void takesADrop()
    {
        QMimeData text;
        text.setText(QStringLiteral("only words"));
        QVERIFY(!enter(text));

        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(m_photos[0]), QUrl::fromLocalFile(m_photos[3])});
        QVERIFY(enter(files));
        QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &files, Qt::LeftButton, {});
        QApplication::sendEvent(f.window.get(), &drop);
        QVERIFY(drop.isAccepted());
        QCOMPARE(f.session().task(), Session::Task::OpenImages);
        QVERIFY(!enter(files)); // one thing after the other
        QTRY_COMPARE_WITH_TIMEOUT(f.bar()->countText(), QStringLiteral("2 images"), s_patience);
        QVERIFY(f.settled());
        QCOMPARE(f.look()->name, QStringLiteral("photo 0.png"));

        // And back to the data set.
        auto* box = f.combo("Images");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        QCOMPARE(f.bar()->countText(), QStringLiteral("60 images"));
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());
    }

private:
    void open(const QStringList& paths)
    {
        f.window->openDropped(paths);
        QCOMPARE(f.session().task(), Session::Task::OpenImages);
        QTRY_COMPARE_WITH_TIMEOUT(f.inspector().kind(), SplitKind::Own, s_patience);
        QVERIFY(waitFor([&] { return !f.session().isBusy(); }));
        QVERIFY(f.settled());
    }

    bool enter(const QMimeData& data)
    {
        QDragEnterEvent event(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
        event.ignore();
        QApplication::sendEvent(f.window.get(), &event);
        return event.isAccepted();
    }

    /// The files, as core reads them for the network.
    Split ownSplit(const QStringList& paths) const
    {
        std::vector<std::filesystem::path> files;
        for (const auto& path : paths)
            files.emplace_back(path.toStdString());
        return wholeSplit(readOwnImages(files, f.checkpoint().inputShape, 1).images);
    }

    InspectFixture f;
    QStringList m_photos;
    QString m_notes;
};

QTEST_MAIN(InspectOwnTest)
#include "tst_inspect_own.moc"
