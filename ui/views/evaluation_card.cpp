// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/evaluation_card.h"

#include "ui/charts/ledger_chart.h"
#include "ui/session/session.h"
#include "ui/widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace augury {

EvaluationCard::EvaluationCard(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_text(new QLabel(this))
    , m_test(new QPushButton(tr("Test with TTA"), this))
    , m_error(new MessageBar(this))
    , m_chart(new LedgerChart(this))
{
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_chart->setTitle({});
    m_test->setToolTip(
        tr("Let the augmented copies of every test image vote, and compare with one look"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_text, 1);
    row->addWidget(m_test, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_error);
    column->addWidget(m_chart, 1);

    connect(m_test, &QPushButton::clicked, &session, &Session::evaluate);
    connect(&session, &Session::evaluationChanged, this, &EvaluationCard::refresh);
    connect(&session, &Session::modelChanged, this, &EvaluationCard::refresh);
    connect(&session, &Session::dataChanged, this, &EvaluationCard::refresh);
    connect(&session, &Session::taskChanged, this, &EvaluationCard::refresh);
    connect(&session.settings(), &Settings::changed, this, &EvaluationCard::refresh);
    connect(&session, &Session::taskEnded, this,
        [this](Session::Task task, JobEnd end, const QString& message) {
            if (task == Session::Task::Evaluate)
                m_error->showMessage(
                    MessageBar::Kind::Error, end == JobEnd::Failed ? message : QString());
        });
    connect(&session, &Session::evaluationChanged, this, [this] {
        if (const auto evaluation = m_session.evaluation())
            m_chart->setComparison(evaluation->outcome.comparison);
        else
            m_chart->clear();
    });
    refresh();
}

QString EvaluationCard::verdictText() const
{
    return m_text->text();
}

void EvaluationCard::refresh()
{
    const auto evaluation = m_session.evaluation();
    m_test->setEnabled(m_session.model() && m_session.dataset() && !m_session.isBusy()
        && m_session.settings().problems().empty());
    m_chart->setVisible(evaluation != nullptr);
    if (!evaluation) {
        m_test->setText(tr("Test with TTA"));
        m_text->setText(m_session.model()
                ? tr("How does this model do on images it has never seen, from one look and when "
                     "augmented copies vote?")
                : tr("When the training has ended, the model can be tested here on images it has "
                     "never seen, with and without TTA."));
        return;
    }
    auto text = QString::fromStdString(verdict(evaluation->outcome.comparison));
    if (m_session.isOutdated(evaluation->config))
        text = tr("From earlier settings: %1").arg(text);
    m_text->setText(text);
    m_test->setText(tr("Test again"));
}

} // namespace augury
