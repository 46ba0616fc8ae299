// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/runs_bar.h"

#include "core/store/run_documents.h"
#include "ui/session/runs_model.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace augury {

namespace {
constexpr int s_leastWidth = 300;
constexpr int s_searchWidth = 150;
} // namespace

RunsBar::RunsBar(RunsFilter& filter, QWidget* parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_kind(new QComboBox(this))
    , m_status(new QComboBox(this))
    , m_more(new QToolButton(this))
{
    m_search->setPlaceholderText(tr("Search runs"));
    m_search->setAccessibleName(tr("Search runs"));
    m_search->setToolTip(
        tr("Shows the runs that hold all of these words, in their names, settings, tags or notes"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(s_searchWidth);
    m_search->setMaximumWidth(320);

    m_kind->setAccessibleName(tr("Kind of run"));
    m_kind->addItem(tr("All kinds"), QString());
    m_kind->addItem(tr("Repeats"), QString::fromLatin1(repeatKind));
    m_kind->addItem(tr("Evaluations"), QString::fromLatin1(evaluateKind));
    m_kind->addItem(tr("Trainings"), QString::fromLatin1(trainKind));
    m_kind->addItem(tr("Searches"), QString::fromLatin1(tuneKind));
    m_status->setAccessibleName(tr("Status of the run"));
    m_status->addItem(tr("Any status"));
    m_status->addItem(tr("Running"), static_cast<int>(RunStatus::Running));
    m_status->addItem(tr("Finished"), static_cast<int>(RunStatus::Finished));
    m_status->addItem(tr("Stopped"), static_cast<int>(RunStatus::Stopped));

    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("All that can be done with runs"));
    m_more->setToolTip(tr("All that can be done with runs"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setMenu(new QMenu(m_more));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_search, 1);
    row->addWidget(m_kind);
    row->addWidget(m_status);
    row->addStretch();
    row->addWidget(m_more);
    setMinimumWidth(s_leastWidth); // buttons that do not fit are left out

    connect(m_search, &QLineEdit::textChanged, &filter, &RunsFilter::setWords);
    connect(m_kind, &QComboBox::currentIndexChanged, &filter,
        [this, &filter] { filter.setKind(m_kind->currentData().toString()); });
    connect(m_status, &QComboBox::currentIndexChanged, &filter, [this, &filter] {
        const auto status = m_status->currentData();
        filter.setStatus(status.isValid() ? std::optional(static_cast<RunStatus>(status.toInt()))
                                          : std::nullopt);
    });
}

void RunsBar::setActions(const QList<QAction*>& actions, int shown)
{
    auto* row = static_cast<QHBoxLayout*>(layout());
    for (auto* action : actions) {
        m_more->menu()->addAction(action);
        if (action->isSeparator() || static_cast<int>(m_buttons.size()) >= shown)
            continue;
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        row->insertWidget(row->count() - 1, button);
        m_buttons.push_back(button);
    }
    QWidget* before = m_status;
    for (auto* button : m_buttons) {
        setTabOrder(before, button);
        before = button;
    }
    setTabOrder(before, m_more);
    fitButtons();
}

void RunsBar::clearSearch()
{
    m_search->clear();
    m_kind->setCurrentIndex(0);
    m_status->setCurrentIndex(0);
}

void RunsBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitButtons();
}

void RunsBar::fitButtons()
{
    const int gap = layout()->spacing();
    int left = width() - s_searchWidth;
    m_status->setVisible(width() > 2 * s_leastWidth);
    for (const auto* widget : {static_cast<QWidget*>(m_kind), static_cast<QWidget*>(m_status),
             static_cast<QWidget*>(m_more)})
        left -= (widget == m_status && width() <= 2 * s_leastWidth)
            ? 0
            : widget->sizeHint().width() + gap;
    left -= gap; // of the stretch
    for (auto* button : m_buttons) {
        left -= button->sizeHint().width() + gap;
        button->setVisible(left >= 0);
    }
}

} // namespace augury
