// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/evaluation_card.h"

#include "core/experiment/verdict.h"
#include "ui/charts/ledger_chart.h"
#include "ui/session/session.h"
#include "ui/widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace augury {

EvaluationCard::EvaluationCard(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_error(new MessageBar(this))
    , m_pages(new QStackedWidget(this))
{
    m_pages->addWidget(buildInvitation());
    m_pages->addWidget(buildResult());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_error);
    column->addWidget(m_pages, 1);
    connectSession();
    refresh();
}

QWidget* EvaluationCard::buildInvitation()
{
    auto* page = new QFrame(this);
    page->setFrameShape(QFrame::StyledPanel);
    m_invitation = new QLabel(page);
    m_invitation->setWordWrap(true);
    m_invitation->setTextFormat(Qt::PlainText);
    m_invitation->setAlignment(Qt::AlignCenter);
    m_test = new QPushButton(tr("Test with TTA"), page);
    m_test->setToolTip(
        tr("Let the augmented copies of every test image vote, and compare with one look"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(24, 12, 24, 12);
    column->addStretch();
    column->addWidget(m_invitation);
    column->addSpacing(6);
    column->addWidget(m_test, 0, Qt::AlignHCenter);
    column->addStretch();
    return page;
}

QWidget* EvaluationCard::buildResult()
{
    auto* page = new QWidget(this);
    m_verdict = new QLabel(page);
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_testAgain = new QPushButton(tr("Test again"), page);
    m_testAgain->setToolTip(m_test->toolTip());
    m_chart = new LedgerChart(page);
    m_chart->setTitle({});
    m_chart->setMinimumHeight(215);
    setMinimumHeight(290); // the chart under a verdict of four lines, in a narrow window
    auto* row = new QHBoxLayout;
    row->addWidget(m_verdict, 1);
    row->addWidget(m_testAgain, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_chart, 1);
    return page;
}

void EvaluationCard::connectSession()
{
    connect(m_test, &QPushButton::clicked, this, [this] { m_session.evaluate(); });
    connect(m_testAgain, &QPushButton::clicked, this, [this] { m_session.evaluate(); });
    connect(&m_session, &Session::modelChanged, this, &EvaluationCard::refresh);
    connect(&m_session, &Session::dataChanged, this, &EvaluationCard::refresh);
    connect(&m_session, &Session::taskChanged, this, &EvaluationCard::refresh);
    connect(&m_session.settings(), &Settings::changed, this, &EvaluationCard::refresh);
    connect(&m_session, &Session::evaluationChanged, this, [this] {
        const auto evaluation = m_session.evaluation();
        m_chart->setComparison(
            evaluation ? evaluation->comparison.value_or(Comparison{}) : Comparison{});
        refresh();
    });
    connect(&m_session, &Session::taskEnded, this,
        [this](Session::Task task, JobEnd end, const QString& message) {
            if (task == Session::Task::Evaluate)
                m_error->showMessage(
                    MessageBar::Kind::Error, end == JobEnd::Failed ? message : QString());
        });
}

QString EvaluationCard::verdictText() const
{
    return m_verdict->text();
}

void EvaluationCard::refresh()
{
    const bool ready = m_session.model() && m_session.dataset() && !m_session.isBusy()
        && m_session.settings().problems().empty();
    m_test->setEnabled(ready);
    m_testAgain->setEnabled(ready);
    const auto evaluation = m_session.evaluation();
    const bool shown = evaluation && evaluation->comparison; // none without labels
    m_pages->setCurrentIndex(shown ? 1 : 0);
    if (!shown) {
        m_verdict->clear();
        m_invitation->setText(m_session.model() && m_session.task() != Session::Task::Train
                ? tr("How does this model do on images it has never seen, from one look and when "
                     "augmented copies vote?")
                : tr("When the training has ended, the model can be tested here on images it has "
                     "never seen, with and without TTA."));
        return;
    }
    auto text = QString::fromStdString(verdict(*evaluation->comparison));
    if (m_session.isOutdated(evaluation->config))
        text = tr("From earlier settings: %1").arg(text);
    m_verdict->setText(text);
}

} // namespace augury
