// SPDX-License-Identifier: GPL-3.0-or-later
// The overlay of shortcuts: any key or click closes it and does nothing else.
#include "ui/widgets/shortcuts_overlay.h"

#include <QLineEdit>
#include <QShortcut>
#include <QSignalSpy>
#include <QtTest>

using namespace augury;

class TestShortcutsOverlay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyKeyClosesTheOverlay_data()
    {
        QTest::addColumn<int>("key");
        for (const Qt::Key key : {Qt::Key_Escape, Qt::Key_A, Qt::Key_F, Qt::Key_Tab, Qt::Key_Space,
                 Qt::Key_Return, Qt::Key_Question, Qt::Key_F1})
            QTest::addRow("%x", unsigned(key)) << int(key);
    }

    void anyKeyClosesTheOverlay()
    {
        QFETCH(int, key);
        QWidget window;
        window.resize(500, 400);
        auto* edit = new QLineEdit(&window);
        auto* other = new QLineEdit(&window);
        other->move(0, 100);
        int triggered = 0;
        QShortcut shortcut(QKeySequence(key), &window);
        connect(&shortcut, &QShortcut::activated, this, [&] { ++triggered; });
        ShortcutsOverlay overlay(&window);
        overlay.setGroups({{QStringLiteral("Filters"),
            {{QStringLiteral("F"), QStringLiteral("fixed")},
                {QStringLiteral("+ Ctrl+Wheel"), QStringLiteral("zoom")}}}});
        QVERIFY(overlay.accessibleDescription().startsWith(
            QStringLiteral("Filters. F: fixed; + or Ctrl+Wheel: zoom.")));
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        edit->setFocus();
        QVERIFY(!overlay.isVisible());
        QSignalSpy closed(&overlay, &ShortcutsOverlay::closed);

        overlay.open();
        QVERIFY(overlay.isVisible() && overlay.hasFocus());
        QCOMPARE(overlay.geometry(), window.rect());
        window.resize(600, 420);
        QTRY_COMPARE(overlay.geometry(), window.rect());
        QTest::keyClick(window.windowHandle(), Qt::Key_Shift); // the way to "?" is no key yet
        QVERIFY(overlay.isVisible());
        QTest::keyClick(window.windowHandle(), Qt::Key(key));
        QVERIFY(!overlay.isVisible());
        QCOMPARE(closed.size(), 1);
        QCOMPARE(triggered, 0); // it only closes
        QVERIFY(edit->hasFocus());
        QVERIFY(edit->text().isEmpty());
    }

    void clicksAndLostFocusCloseTheOverlay()
    {
        QWidget window;
        window.resize(300, 200);
        auto* edit = new QLineEdit(&window);
        ShortcutsOverlay overlay(&window);
        overlay.setGroups({});
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QSignalSpy closed(&overlay, &ShortcutsOverlay::closed);
        overlay.toggle();
        QVERIFY(overlay.isOpen());
        QTest::mouseClick(window.windowHandle(), Qt::LeftButton, {}, QPoint(10, 10));
        QVERIFY(!overlay.isVisible());
        overlay.toggle();
        overlay.toggle();
        QVERIFY(!overlay.isVisible());
        overlay.open();
        edit->setFocus();
        QVERIFY(!overlay.isVisible());
        QVERIFY(edit->hasFocus());
        overlay.open();
        overlay.hide();
        QVERIFY(!overlay.isOpen());
        QCOMPARE(closed.size(), 4);
        overlay.open();
        QVERIFY(overlay.isVisible());
    }
};

QTEST_MAIN(TestShortcutsOverlay)
#include "tst_shortcuts_overlay.moc"
