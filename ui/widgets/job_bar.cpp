// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/job_bar.h"

#include "ui/session/eta.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace augury {

JobBar::JobBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(this))
    , m_progress(new QProgressBar(this))
    , m_left(new QLabel(this))
    , m_stop(new QToolButton(this))
{
    m_progress->setMinimumWidth(90);
    m_progress->setMaximumWidth(200);
    m_progress->setAccessibleName(tr("Progress of the job"));
    m_left->setMinimumWidth(
        m_left->fontMetrics().horizontalAdvance(tr("%1 left").arg(QStringLiteral("00:00:00"))));
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop the job"));
    m_stop->setToolTip(tr("Stop the job (Esc); what is finished stays"));
    m_stop->setFocusPolicy(Qt::StrongFocus);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 2, 2, 2);
    row->setSpacing(10);
    row->addWidget(m_text, 3);
    row->addWidget(m_left);
    row->addWidget(m_progress, 2); // as wide as it may be, where there is room
    row->addWidget(m_stop);
    connect(m_stop, &QToolButton::clicked, this, &JobBar::stopClicked);
    showIdle({});
}

void JobBar::showJob(const QString& name)
{
    m_name = name;
    m_text->setFullText(name + QStringLiteral(" …"));
    m_progress->setRange(0, 0);
    m_left->clear();
    m_stop->setEnabled(true);
    for (QWidget* widget : {static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_left),
             static_cast<QWidget*>(m_stop)})
        widget->show();
}

void JobBar::showProgress(const JobProgress& progress, std::optional<double> secondsLeft)
{
    if (!m_stop->isEnabled())
        return; // "Stopping …" stays
    // A progress bar counts in int: thousandths do for any total.
    m_progress->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0)
        m_progress->setValue(static_cast<int>(progress.done * 1000 / progress.total));
    m_text->setFullText(tr("%1 …").arg(m_name));
    m_left->setText(secondsLeft ? tr("%1 left").arg(clockText(*secondsLeft)) : QString());
}

void JobBar::showStopping()
{
    m_text->setFullText(tr("Stopping …"));
    m_left->clear();
    m_stop->setEnabled(false);
}

void JobBar::showIdle(const QString& text)
{
    m_text->setFullText(text);
    m_progress->hide();
    m_left->hide();
    m_stop->hide();
}

QString JobBar::text() const
{
    return m_text->fullText();
}

QString JobBar::timeLeft() const
{
    return m_left->text();
}

} // namespace augury
