// SPDX-License-Identifier: GPL-3.0-or-later
// The Inspect page by the keyboard alone, and what its keys write.
#include "tests/ui/inspect_fixture.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/shortcuts_overlay.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QSignalSpy>

using namespace augury;
using namespace augury::test;

namespace {

/// One line of a CSV file; fields may stand in quotes.
QStringList fields(const QString& line)
{
    QStringList all;
    QString field;
    bool quoted = false;
    for (const auto c : line) {
        if (c == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (c == QLatin1Char(',') && !quoted) {
            all << field;
            field.clear();
        } else {
            field += c;
        }
    }
    return all << field;
}

} // namespace

class InspectKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(f.make()); }
    void init()
    {
        f.openWindow();
        QVERIFY(f.openAll());
        f.grid()->setFocus();
        QVERIFY(f.grid()->hasFocus());
    }
    void cleanup() { f.window.reset(); }

    void arrowsChooseImages()
    {
        f.click(5);
        QTest::keyClick(f.grid(), Qt::Key_Right);
        QCOMPARE(position(), std::size_t(6));
        QTest::keyClick(f.grid(), Qt::Key_Left);
        QTest::keyClick(f.grid(), Qt::Key_Left);
        QCOMPARE(position(), std::size_t(4));
        const auto before = f.grid()->visualRect(f.grid()->currentIndex());
        QTest::keyClick(f.grid(), Qt::Key_Down);
        const auto after = f.grid()->visualRect(f.grid()->currentIndex());
        QVERIFY(position() > 4);
        QCOMPARE(after.left(), before.left());
        QTest::keyClick(f.grid(), Qt::Key_Up);
        QCOMPARE(position(), std::size_t(4));
        QTest::keyClick(f.grid(), Qt::Key_End);
        QCOMPARE(position(), std::size_t(59));
        QVERIFY(f.settled());
        QCOMPARE(f.look()->name, QStringLiteral("Test image 59"));
        QCOMPARE(f.difference(), QString());
    }

    void enterGoesToTheTilesAndBack()
    {
        QTest::keyClick(f.grid(), Qt::Key_Return);
        QVERIFY(f.tiles()->hasFocus());
        QTest::keyClick(f.tiles(), Qt::Key_Home);
        for (int row = 1; row < 4; ++row) {
            QTest::keyClick(f.tiles(), Qt::Key_Right);
            const auto current = f.tiles()->currentIndex();
            QCOMPARE(current.row(), row);
            QCOMPARE(f.inspector().variant(), current.data(VariantsModel::VariantRole).toInt());
            QVERIFY(f.window->detailsDock()->variantText().contains(
                current.data(VariantsModel::SlotsRole).toString()));
        }
        QCOMPARE(position(), std::size_t(0)); // the images stand still
        QTest::keyClick(f.tiles(), Qt::Key_Enter);
        QVERIFY(f.grid()->hasFocus());
        QTest::keyClick(f.grid(), Qt::Key_Right);
        QCOMPARE(position(), std::size_t(1));
    }

    void lettersFilter()
    {
        for (const auto key : {Qt::Key_F, Qt::Key_B, Qt::Key_W}) { // nothing is known yet
            QTest::keyClick(f.grid(), key);
            QCOMPARE(f.combo("Show")->currentText(), QStringLiteral("All outcomes"));
            QCOMPARE(f.shown().size(), std::size_t(60));
        }
        QVERIFY(f.evaluate());
        const auto all = f.expected();
        const std::pair<Qt::Key, int> keys[] = {{Qt::Key_F, 1}, {Qt::Key_B, 2}, {Qt::Key_W, 3}};
        for (QListView* list : {f.grid(), f.tiles()}) {
            for (const auto& [key, filter] : keys) {
                list->setFocus();
                QTest::keyClick(list, key);
                QCOMPARE(f.combo("Show")->currentText(), QString::fromUtf8(filterNames[filter]));
                const auto wanted = filter;
                QCOMPARE(f.shown(), positionsWhere(all, [&](int label, int alone, int merged) {
                    return passesFilter(wanted, label, alone, merged);
                }));
                QVERIFY(f.settled());
                QCOMPARE(f.difference(), QString()); // of the first that is shown
                QTest::keyClick(list, key);
                QCOMPARE(f.shown().size(), std::size_t(60));
            }
        }
        QTest::keyClick(f.grid(), Qt::Key_F); // from one to another
        QTest::keyClick(f.grid(), Qt::Key_B);
        QCOMPARE(f.combo("Show")->currentText(), QStringLiteral("Broken"));
    }

    void lettersElsewhereAreLetters()
    {
        QVERIFY(f.evaluate());
        const auto seed = f.config().training.seed;
        auto* field = named<QLineEdit>(f.bar(), "Go to image number");
        auto* spin = named<QDoubleSpinBox>(f.window->setupDock(), "Seed");
        for (QWidget* widget : {static_cast<QWidget*>(field), static_cast<QWidget*>(spin)}) {
            widget->setFocus();
            QVERIFY(widget->hasFocus());
            QTest::keyClicks(widget, QStringLiteral("fbwd"));
            QCOMPARE(f.combo("Show")->currentText(), QStringLiteral("All outcomes"));
            QCOMPARE(f.config().training.seed, seed);
        }
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("?"));
        QVERIFY(!f.window->shortcutsOverlay()->isOpen());
        QTest::keyClicks(field, QStringLiteral("12"));
        QCOMPARE(field->text(), QStringLiteral("12"));
    }

    void drawsAgain()
    {
        const auto before = f.look();
        QTest::keyClick(f.grid(), Qt::Key_D);
        QVERIFY(f.config().training.seed != before->config.training.seed);
        QVERIFY(f.settled());
        QVERIFY(f.look() != before);
        QCOMPARE(f.difference(), QString());
        const auto seed = f.config().training.seed;
        f.tiles()->setFocus();
        QTest::keyClick(f.tiles(), Qt::Key_D);
        QVERIFY(f.config().training.seed != seed);
        QCOMPARE(named<QDoubleSpinBox>(f.window->setupDock(), "Seed")->value(),
            static_cast<double>(f.config().training.seed));
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());
    }

    void spacePins()
    {
        auto* pinned = f.page()->pinned();
        QVERIFY(!pinned->isVisible());
        f.click(3);
        QVERIFY(f.settled());
        const auto kept = f.look();
        QTest::keyClick(f.grid(), Qt::Key_Space);
        QVERIFY(pinned->isVisible());
        QCOMPARE(pinned->look(), kept);
        QCOMPARE(position(), std::size_t(3)); // the grid has not taken the key
        QVERIFY(InspectFixture::button(f.page(), "Pin image")->isChecked());
        QTest::keyClick(f.grid(), Qt::Key_Right);
        QVERIFY(f.settled());
        QCOMPARE(pinned->look(), kept);
        QCOMPARE(f.page()->stage()->look()->image.position, std::size_t(4));
        f.tiles()->setFocus();
        QTest::keyClick(f.tiles(), Qt::Key_Space);
        QVERIFY(!pinned->isVisible());
        QVERIFY(!InspectFixture::button(f.page(), "Pin image")->isChecked());
        QTest::keyClick(f.tiles(), Qt::Key_Space);
        QVERIFY(pinned->isVisible());
        QCOMPARE(pinned->look()->image.position, std::size_t(4));
    }

    void shiftSpacePinsSettings()
    {
        auto* pinned = f.page()->pinned();
        const auto settings = f.config();
        QTest::keyClick(f.grid(), Qt::Key_Space, Qt::ShiftModifier);
        QVERIFY(pinned->isVisible());
        f.edit([](ExperimentConfig& c) {
            c.policy = tutorialPolicy();
            c.copies = 3;
        });
        f.click(8);
        QVERIFY(f.settled());
        QTRY_COMPARE_WITH_TIMEOUT(pinned->look()->image.position, std::size_t(8), s_patience);
        QCOMPARE(pinned->look()->config.policy, settings.policy);
        QCOMPARE(f.page()->stage()->look()->config.policy, tutorialPolicy());
        QCOMPARE(f.difference(), QString());
        const auto before = f.expected(settings, f.testSplit());
        QCOMPARE(pinned->sentence(),
            QString::fromStdString(
                describeVote(before.table, 8, 7, settings.vote, f.checkpoint().classNames)));
        f.tiles()->setFocus();
        QTest::keyClick(f.tiles(), Qt::Key_Space, Qt::ShiftModifier);
        QVERIFY(!pinned->isVisible());
    }

    void spacePressesAButton()
    {
        auto* evaluate = InspectFixture::button(f.bar(), "Evaluate");
        evaluate->setFocus();
        QTest::keyClick(evaluate, Qt::Key_Space);
        QCOMPARE(f.session().task(), Session::Task::Evaluate);
        QVERIFY(waitFor([&] { return !f.session().isBusy(); }));
        auto* smooth = InspectFixture::button(f.page(), "Smooth");
        smooth->setFocus();
        QTest::keyClick(smooth, Qt::Key_Space);
        QVERIFY(smooth->isChecked());
        auto* flip = qobject_cast<QCheckBox*>(
            InspectFixture::button(f.window->setupDock(), "Horizontal flip"));
        const bool flips = f.config().policy.horizontalFlip;
        flip->setFocus();
        QTest::keyClick(flip, Qt::Key_Space);
        QCOMPARE(f.config().policy.horizontalFlip, !flips);
        QCOMPARE(f.inspector().pin(), Inspector::Pin::None);
    }

    void showsItsKeys()
    {
        QVERIFY(f.evaluate());
        f.grid()->setFocus();
        auto* overlay = f.window->shortcutsOverlay();
        QTest::keyClick(f.grid(), '?');
        QVERIFY(overlay->isOpen());
        QVERIFY(overlay->isVisible());
        for (const char* word : {"F", "Space", "Enter", "Ctrl+E", "Draw"})
            QVERIFY2(overlay->accessibleDescription().contains(QString::fromUtf8(word)), word);
        QTest::keyClick(overlay, Qt::Key_F); // closes, and does nothing else
        QVERIFY(!overlay->isOpen());
        QCOMPARE(f.combo("Show")->currentText(), QStringLiteral("All outcomes"));
        QVERIFY(f.grid()->hasFocus());
        QTest::keyClick(f.grid(), '?');
        QVERIFY(overlay->isOpen());
        QTest::mouseClick(overlay, Qt::LeftButton);
        QVERIFY(!overlay->isVisible());
    }

    void exportsByCtrlE()
    {
        f.click(7);
        QVERIFY(f.settled());
        QTest::keyClick(f.grid(), Qt::Key_E, Qt::ControlModifier);
        auto* dialog = f.window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isVisible());
        const auto png = f.path(QStringLiteral("gallery.png"));
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        QVERIFY(name);
        QVERIFY(name->text().endsWith(QStringLiteral("test-image-7-votes.png")));
        name->setText(png);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(f.path(QStringLiteral("gallery.csv"))), s_patience);
        QTRY_VERIFY(f.window->jobBar()->text().contains(QStringLiteral("gallery.csv")));

        const QImage picture(png);
        QVERIFY(picture.width() > 300 && picture.height() > 200);
        QVERIFY(picture.width() < 8000 && picture.height() < 8000);
        compareCsv(f.path(QStringLiteral("gallery.csv")), 7);
    }

    void saysWhatCannotBeWritten()
    {
        QSignalSpy exported(f.page(), &InspectView::exported);
        f.page()->exportBoth(QStringLiteral("/proc/no/such/gallery.png"));
        QTRY_VERIFY(f.page()->messageText().contains(QStringLiteral("/proc/no/such")));
        QCOMPARE(exported.count(), 0);
        const auto png = f.path(QStringLiteral("other.png"));
        f.page()->exportBoth(png);
        QTRY_COMPARE(exported.count(), 1);
        compareCsv(f.path(QStringLiteral("other.csv")), 0);
        f.page()->exportBoth(png); // the dialog has asked about the picture
        QTRY_COMPARE(exported.count(), 2);
    }

    void keepsATableThatNobodyAskedAbout()
    {
        QFile mine(f.path(QStringLiteral("mine.csv")));
        QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("precious") > 0);
        mine.close();
        f.page()->exportBoth(f.path(QStringLiteral("mine.png")));
        QVERIFY(f.page()->messageText().contains(QStringLiteral("mine.csv")));
        QVERIFY(mine.open(QIODevice::ReadOnly));
        QCOMPARE(mine.readAll(), QByteArray("precious"));
        QVERIFY(!QFile::exists(f.path(QStringLiteral("mine.png"))));
    }

private:
    std::size_t position() const { return *f.inspector().position(); }

    void compareCsv(const QString& path, std::size_t at)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), f.config().copies + 2); // heading, original
        const auto all = f.expected();
        QCOMPARE(fields(lines[0]).mid(0, 5).join(QLatin1Char(' ')),
            QStringLiteral("slot words predicted confidence right"));
        for (int slot = 0; slot <= f.config().copies; ++slot) {
            const auto line = fields(lines[slot + 1]);
            const auto p = all.table.view(at, slot);
            QCOMPARE(line.size(), 9);
            QCOMPARE(line[0].toInt(), slot);
            QCOMPARE(line[2], f.className(best(p)));
            QCOMPARE(line[4].toInt(), best(p) == all.table.labels[at] ? 1 : 0);
            for (int k = 0; k < 4; ++k)
                QVERIFY(std::abs(line[5 + k].toDouble()
                            - static_cast<double>(p[static_cast<std::size_t>(k)]))
                    < 1e-5);
            QVERIFY(std::abs(line[3].toDouble() - line[5 + best(p)].toDouble()) < 1e-6);
        }
    }

    InspectFixture f;
};

QTEST_MAIN(InspectKeysTest)
#include "tst_inspect_keys.moc"
