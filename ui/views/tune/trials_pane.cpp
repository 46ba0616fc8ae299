// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/trials_pane.h"

#include "ui/views/tune/cost_limit.h"
#include "ui/views/tune/trials_model.h"
#include "ui/views/tune/tune_shown.h"
#include "ui/widgets/results_table.h"
#include "ui/widgets/wrap_row.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace augury {

TrialsPane::TrialsPane(QWidget* parent)
    : TunePane(tr("All tried"), QStringLiteral("trials"), parent)
    , m_model(new TrialsModel(this))
    , m_sorted(new TrialsProxy(this))
    , m_table(new ResultsTable(this))
    , m_limit(new CostLimit(this))
{
    m_sorted->setSourceModel(m_model);
    m_table->setFollowing(false); // it is sorted: new rows come anywhere
    m_table->setWidestColumn(240);
    m_table->setModel(m_sorted);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TrialsModel::Lift, Qt::DescendingOrder);
    m_table->setAccessibleName(tr("Every configuration that was tried"));
    m_table->setMinimumHeight(200);
    auto* copy = new QPushButton(tr("Copy table"), this);
    copy->setToolTip(tr("Copy all rows as text for a spreadsheet"));
    auto* controls = new WrapRow(8);
    controls->addWidget(m_limit);
    controls->addWidget(copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(6);
    column->addLayout(controls);
    column->addWidget(m_table, 1);
    connect(copy, &QPushButton::clicked, this, [this] {
        QScopedValueRollback guard(m_showing, true);
        const auto selection = m_table->selectionModel()->selection();
        m_table->clearSelection(); // one row is always chosen, and all are meant
        m_table->copy();
        m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    });
    connect(m_limit, &CostLimit::edited, this, &TunePane::costLimitEdited);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& row) {
            if (row.isValid() && !m_showing)
                Q_EMIT trialChosen(row.data(TrialsModel::TrialRole).toInt());
        });
}

int TrialsPane::chosen() const
{
    const auto row = m_table->currentIndex();
    return row.isValid() ? row.data(TrialsModel::TrialRole).toInt() : -1;
}

void TrialsPane::showSearch(const TuneShown& shown)
{
    QScopedValueRollback guard(m_showing, true);
    m_limit->setLimit(shown.costLimit);
    m_model->setSearch(shown);
    choose(shown.chosen);
}

void TrialsPane::choose(int trial)
{
    const int row = m_model->rowOf(trial);
    if (row < 0)
        return m_table->selectionModel()->clear();
    if (trial == chosen())
        return; // the user's place in the table stays
    const auto index = m_sorted->mapFromSource(m_model->index(row, 0));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

} // namespace augury
