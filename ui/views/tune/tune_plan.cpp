// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/tune_plan.h"

#include "ui/widgets/primary_button.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>

namespace augury {

namespace {
constexpr int s_narrow = 560;
}

TunePlan::TunePlan(QWidget* parent)
    : QWidget(parent)
    , m_all(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_text(new QLabel(this))
    , m_start(new PrimaryButton(tr("Start"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_resume(new QPushButton(tr("Resume"), this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_start->setToolTip(tr("Try these configurations on the validation images"));
    m_stop->setToolTip(tr("Stop the search; what was tried is kept and can be resumed"));
    m_resume->setToolTip(tr("Go on with the stopped search; what was tried is not tried again"));
    for (auto* button : {m_stop, m_resume})
        button->setMinimumHeight(m_start->sizeHint().height());
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(m_start);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_resume);
    buttons->addStretch();
    m_all->setContentsMargins(0, 0, 0, 0);
    m_all->setSpacing(6);
    m_all->addWidget(m_text, 1);
    m_all->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, &TunePlan::startClicked);
    connect(m_stop, &QPushButton::clicked, this, &TunePlan::stopClicked);
    connect(m_resume, &QPushButton::clicked, this, &TunePlan::resumeClicked);
    showButtons();
}

void TunePlan::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Beside the buttons, a narrow window would leave the sentence a word a line.
    m_all->setDirection(width() < s_narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void TunePlan::setState(State state, const QString& text)
{
    m_state = state;
    if (text != m_text->text())
        m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    showButtons();
}

void TunePlan::setResumable(bool stopped, bool now)
{
    m_stopped = stopped;
    m_resumable = now;
    showButtons();
}

void TunePlan::setAgain(bool again)
{
    m_again = again;
    showButtons();
}

void TunePlan::showButtons()
{
    const bool running = m_state == State::Running || m_state == State::Stopping;
    m_start->setText(running ? tr("Searching …")
            : m_again        ? tr("Start a new search")
                             : tr("Start"));
    m_start->setEnabled(m_state == State::Ready);
    m_stop->setVisible(running);
    m_stop->setEnabled(m_state == State::Running);
    m_stop->setText(m_state == State::Stopping ? tr("Stopping …") : tr("Stop"));
    m_resume->setVisible(!running && m_stopped);
    m_resume->setEnabled(m_resumable);
}

QString TunePlan::text() const
{
    return m_text->text();
}

} // namespace augury
