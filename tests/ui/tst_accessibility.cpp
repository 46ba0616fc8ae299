// SPDX-License-Identifier: GPL-3.0-or-later
// Keyboard and screen reader: Tab reaches everything, everything has a name, nothing is cut.
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/compare_view.h"
#include "ui/views/train_view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QScrollArea>
#include <QSet>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;

namespace {

constexpr int s_patience = 60'000; // ms

bool isOurs(const QWidget* widget)
{
    // Parts that Qt makes inside its own widgets are reached through these: a tab bar's arrows, and
    // a combo box's list, which some versions make before it is first opened.
    if (widget->parentWidget() && widget->parentWidget()->inherits("QTabBar"))
        return false;
    for (const auto* parent = widget; parent; parent = parent->parentWidget()) {
        if (parent->inherits("QComboBoxPrivateContainer"))
            return false;
    }
    return !widget->objectName().startsWith(QStringLiteral("qt_"));
}

QString describeWidget(const QWidget* widget)
{
    QStringList path;
    for (; widget; widget = widget->parentWidget())
        path.prepend(QString::fromLatin1(widget->metaObject()->className()));
    return path.join(QLatin1Char('/'));
}

bool hasName(const QWidget* widget)
{
    if (!widget->accessibleName().isEmpty())
        return true;
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        return !button->text().isEmpty();
    return false;
}

} // namespace

class AccessibilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(data));
        m_window = test::makeWindow(m_dir.filePath(QStringLiteral("store.ini")));
        m_window->resize(1024, 700);
        m_window->show();
        m_window->begin(data);
        auto& session = m_window->session();
        QTRY_VERIFY_WITH_TIMEOUT(session.dataset() && session.isIdle(), s_patience);
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.repeats = 2;
            c.policy.rotationRange = 10;
            c.policy.widthShiftRange = 0.1;
            c.policy.heightShiftRange = 0.1;
            c.policy.zoomRange = {0.9, 1.1};
            c.policy.fillMode = FillMode::Constant;
        });
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && session.isIdle(), s_patience);
        session.evaluate();
        QTRY_VERIFY_WITH_TIMEOUT(session.evaluation() && session.isIdle(), s_patience);
        m_window->runRepeats();
        QTRY_VERIFY_WITH_TIMEOUT(session.run() && session.isIdle(), s_patience);
    }

    void everythingFocusableHasAName()
    {
        QStringList nameless;
        for (const auto* widget : m_window->findChildren<QWidget*>()) {
            if (widget->focusPolicy() & Qt::TabFocus && isOurs(widget) && !widget->focusProxy()
                && !hasName(widget) && !widget->inherits("QTabBar")
                && !widget->inherits("QLineEdit") && !widget->inherits("QMenuBar"))
                nameless << describeWidget(widget);
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void tabReachesEverything_data()
    {
        QTest::addColumn<int>("page");
        QTest::newRow("Inspect") << 0;
        QTest::newRow("Compare") << 1;
        QTest::newRow("Train") << 2;
    }

    void tabReachesEverything()
    {
        QFETCH(int, page);
        m_window->pages()->setCurrentIndex(page);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QSet<const QWidget*> reached;
        const QWidget* last = nullptr; // Tab goes through the links of a text before it leaves it
        // Twice round: what is reached may show more, as the tiles show a variant's details.
        for (int round = 0; round < 2; ++round) {
            QSet<const QWidget*> seen;
            for (int i = 0; i < 300; ++i) {
                QTest::keyClick(
                    QApplication::focusWidget() ? QApplication::focusWidget() : m_window.get(),
                    Qt::Key_Tab);
                const auto* now = QApplication::focusWidget();
                if (!now || (now != last && seen.contains(now)))
                    break;
                seen.insert(now);
                last = now;
            }
            reached.unite(seen);
        }
        QStringList missed;
        for (const auto* widget : m_window->findChildren<QWidget*>()) {
            if (widget->focusPolicy() & Qt::TabFocus && isOurs(widget) && !widget->focusProxy()
                && widget->isVisible() && widget->isEnabled() && !widget->inherits("QMenuBar")
                && !reached.contains(widget)
                && !(widget->parentWidget() && reached.contains(widget->parentWidget())))
                missed << describeWidget(widget) + QLatin1Char(' ') + widget->accessibleName();
        }
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
        QVERIFY(reached.size() > 30);
    }

    void docksHaveNames()
    {
        for (const auto* dock : m_window->findChildren<QDockWidget*>())
            QVERIFY(!dock->objectName().isEmpty());
    }

    void nothingIsCutAtTheSmallestSize_data() { tabReachesEverything_data(); }

    void nothingIsCutAtTheSmallestSize()
    {
        QFETCH(int, page);
        m_window->resize(1024, 700);
        m_window->pages()->setCurrentIndex(page);
        QTRY_COMPARE(m_window->size(), QSize(1024, 700));
        // Layouts follow their contents in events of their own.
        QTRY_VERIFY2(cutTexts().isEmpty(), qPrintable(cutTexts().join(QLatin1Char('\n'))));
        const auto* area = m_window->setupDock()->findChild<QScrollArea*>();
        QVERIFY(area->viewport()->width() >= area->widget()->minimumSizeHint().width());
    }

private:
    /// What is not wholly shown, of the labels and buttons that are visible.
    QStringList cutTexts() const
    {
        QStringList cut;
        for (const auto* widget : m_window->findChildren<QWidget*>()) {
            const auto* label = qobject_cast<const QLabel*>(widget);
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            if (!widget->isVisible() || !isOurs(widget) || (!label && !button)
                || widget->inherits("augury::ElidedLabel"))
                continue;
            const bool wraps = label && label->wordWrap();
            const bool fits = wraps ? widget->height() >= label->heightForWidth(label->width())
                                    : widget->width() >= widget->minimumSizeHint().width();
            if (!fits)
                cut << describeWidget(widget) + QLatin1Char(' ')
                        + (label ? label->text() : button->text());
        }
        return cut;
    }

    QTemporaryDir m_dir;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(AccessibilityTest)
#include "tst_accessibility.moc"
