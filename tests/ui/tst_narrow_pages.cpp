// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a small laptop: what stands between the docks is about 420 pixels wide.
#include "tests/support/tiny_data.h"
#include "ui/session/compared_runs.h"
#include "ui/session/run_history.h"
#include "ui/session/session.h"
#include "ui/views/compare_view.h"
#include "ui/views/missing_data.h"
#include "ui/views/train_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/results_table.h"
#include "ui/widgets/stat_tile.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;

namespace {
constexpr int s_narrow = 400;
constexpr int s_patience = 60'000;
} // namespace

class NarrowPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emptyStateWraps()
    {
        EmptyState state;
        showMissingSample(state);
        QVERIFY2(state.minimumSizeHint().width() <= s_narrow,
            qPrintable(QString::number(state.minimumSizeHint().width())));
        state.show();
        for (const int width : {1200, 700, s_narrow}) {
            state.resize(width, 640);
            QTest::qWait(0);
            QCOMPARE(state.width(), width);
            QCOMPARE(cutTexts(state), QString());
            const auto* command = state.findChild<QLineEdit*>();
            QVERIFY(
                command->width() >= command->fontMetrics().horizontalAdvance(command->text()) + 8);
            for (const auto* child : state.findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
                QVERIFY(!child->isVisible() || state.rect().contains(child->geometry()));
        }
    }

    void pagesFit_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("narrow") << s_narrow;
        QTest::newRow("laptop") << 640;
        QTest::newRow("wide") << 1100;
    }

    void pagesFit()
    {
        QFETCH(int, width);
        openAndTrain();
        for (QWidget* page :
            {static_cast<QWidget*>(m_compare.get()), static_cast<QWidget*>(m_train.get())}) {
            QVERIFY2(page->minimumSizeHint().width() <= s_narrow,
                qPrintable(QStringLiteral("%1: %2").arg(
                    QString::fromLatin1(page->metaObject()->className()),
                    QString::number(page->minimumSizeHint().width()))));
            page->resize(width, 620);
            page->show();
            QTRY_COMPARE(cutTexts(*page), QString());
            QCOMPARE(page->width(), width);
            for (const auto* tile : page->findChildren<StatTile*>()) {
                const auto right = [&] { return tile->mapTo(page, QPoint(tile->width(), 0)).x(); };
                QTRY_VERIFY2(right() <= width, qPrintable(contentWidths(*tile->parentWidget())));
            }
        }
        const auto* table = m_train->findChild<ResultsTable*>();
        const auto* header = table->horizontalHeader();
        QTRY_VERIFY2(header->length() <= table->viewport()->width(),
            qPrintable(
                QStringLiteral("%1 in %2").arg(header->length()).arg(table->viewport()->width())));
    }

    void hiddenPagesNeedNoHeight()
    {
        // A stack of pages is as high as the highest needs to be, and asks them all.
        EmptyState state;
        state.resize(100, 30);
        showMissingSample(state);
        QVERIFY2(state.minimumSizeHint().height() < 300,
            qPrintable(QString::number(state.minimumSizeHint().height())));
    }

    void openingIsSaidAfterAnErrorToo()
    {
        Session session;
        EmptyState state;
        session.openData(m_dir.filePath(QStringLiteral("nothing here")));
        QTRY_VERIFY_WITH_TIMEOUT(session.isIdle() && !session.dataError().isEmpty(), s_patience);
        QVERIFY(showMissingData(state, session));
        QCOMPARE(state.title(), QStringLiteral("The data set can't be opened"));
        QVERIFY(!state.button()->text().isEmpty());
        session.openData(m_dir.filePath(QStringLiteral("nor there")));
        QCOMPARE(session.task(), Session::Task::OpenData);
        QVERIFY(showMissingData(state, session));
        QCOMPARE(state.title(), QStringLiteral("Opening the data set …"));
        QVERIFY(state.button()->text().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(session.isIdle(), s_patience);
        QVERIFY(showMissingData(state, session));
        QCOMPARE(state.title(), QStringLiteral("The data set can't be opened"));
    }

    void namesAreNoHtml()
    {
        EmptyState state;
        const auto name = QStringLiteral("<b>bars</b>");
        state.setContent(name, name, name);
        for (const auto* label : state.findChildren<QLabel*>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        ElidedLabel elided;
        elided.setFullText(name);
        QCOMPARE(elided.fullText(), name);
        QVERIFY(elided.toolTip().contains(QStringLiteral("&lt;b&gt;bars")));
    }

    void aLongStatusGivesWay()
    {
        JobBar bar;
        bar.showIdle(QStringLiteral("finished ").repeated(60));
        QVERIFY(bar.minimumSizeHint().width() < 420);
        bar.showJob(QStringLiteral("Testing with test-time augmentation ").repeated(5));
        QVERIFY(bar.minimumSizeHint().width() < 420);
    }

private:
    /// What of the visible labels and buttons is not wholly shown.
    static QString cutTexts(const QWidget& page)
    {
        QStringList cut;
        for (const auto* label : page.findChildren<QLabel*>()) {
            const bool fits = label->wordWrap()
                ? label->height() >= label->heightForWidth(label->width())
                : label->width() >= label->minimumSizeHint().width();
            if (label->isVisible() && !fits && !qobject_cast<const ElidedLabel*>(label))
                cut << label->text();
        }
        for (const auto* button : page.findChildren<QPushButton*>()) {
            if (button->isVisible() && button->width() < button->minimumSizeHint().width())
                cut << button->text();
        }
        return cut.join(QLatin1Char('\n'));
    }

    /// What each part of a page needs, for when it is too much.
    static QString contentWidths(const QWidget& content)
    {
        QStringList widths;
        for (const auto* part : content.findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
            widths << QStringLiteral("%1 %2").arg(
                QString::fromLatin1(part->metaObject()->className()),
                QString::number(part->minimumSizeHint().width()));
        return widths.join(QStringLiteral(", "));
    }

    void openAndTrain()
    {
        if (m_session)
            return;
        m_session = std::make_unique<Session>();
        m_history = std::make_unique<RunHistory>(std::filesystem::path());
        m_runs = std::make_unique<ComparedRuns>(*m_session, *m_history);
        m_compare = std::make_unique<CompareView>(*m_session, *m_runs);
        m_train = std::make_unique<TrainView>(*m_session);
        const auto data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(data));
        m_session->openData(data);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->dataset() && m_session->isIdle(), s_patience);
        m_session->settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 2;
            c.repeats = 2;
            c.validationFraction = 0.1;
        });
        m_session->train();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->model() && m_session->isIdle(), s_patience);
        m_session->evaluate();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->evaluation() && m_session->isIdle(), s_patience);
        m_session->runRepeats();
        QTRY_VERIFY_WITH_TIMEOUT(m_compare->hasResults() && m_session->isIdle(), s_patience);
    }

    QTemporaryDir m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<RunHistory> m_history;
    std::unique_ptr<ComparedRuns> m_runs;
    std::unique_ptr<CompareView> m_compare;
    std::unique_ptr<TrainView> m_train;
};

QTEST_MAIN(NarrowPagesTest)
#include "tst_narrow_pages.moc"
