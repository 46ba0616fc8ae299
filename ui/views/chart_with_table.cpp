// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/chart_with_table.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/charts/chart_widget.h"
#include "ui/session/file_path.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/results_table.h"
#include "ui/widgets/wrap_row.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>

#include <utility>

namespace augury {

namespace {

constexpr int s_wide = 820; ///< from which the table stands beside the chart
constexpr int s_leastChart = 270;
constexpr int s_leastTable = 100;
constexpr int s_widestColumn = 220;

} // namespace

ChartWithTable::ChartWithTable(
    ChartWidget* chart, const QString& name, const QString& key, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_key(key)
    , m_chart(chart)
    , m_model(new ChartTableModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new ResultsTable(this))
    , m_controls(new WrapRow(8))
    , m_note(new QLabel(this))
    , m_split(new QSplitter(Qt::Vertical, this))
    , m_empty(new EmptyState(this))
{
    m_chart->setParent(this);
    m_chart->setMinimumHeight(std::max(s_leastChart, m_chart->minimumSizeHint().height()));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->hide();
    m_split->setObjectName(key + QStringLiteral("Split"));
    m_split->setHandleWidth(10);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_chart);
    buildTable();
    m_empty->button()->setFocusPolicy(Qt::NoFocus); // never shown here
    m_empty->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(6);
    column->addLayout(m_controls);
    column->addWidget(m_note);
    column->addWidget(m_split, 1);
    column->addWidget(m_empty, 1);
}

void ChartWithTable::buildTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ChartTableModel::SortRole);
    m_table->setWidestColumn(s_widestColumn);
    m_table->setModel(m_sorted);
    // Unsorted at first, and again by a third click on a heading: in the chart's own order.
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    m_table->setAccessibleName(tr("%1, as a table").arg(m_name));
    m_table->setMinimumSize(220, s_leastTable);
    auto* copy = new QPushButton(tr("Copy table"), this);
    copy->setToolTip(tr("Copy the table, or its selected rows, as text for a spreadsheet"));
    connect(copy, &QPushButton::clicked, m_table, &ResultsTable::copy);
    auto* save = new QPushButton(tr("Save table…"), this);
    save->setToolTip(tr("Save the table with all its digits as a CSV file"));
    connect(save, &QPushButton::clicked, this, &ChartWithTable::askFile);

    auto* side = new QWidget(m_split);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(copy);
    buttons->addWidget(save);
    buttons->addStretch();
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    m_split->addWidget(side);
    m_split->setStretchFactor(0, 5);
    m_split->setStretchFactor(1, 2);
    m_split->setSizes({420, 190});
}

void ChartWithTable::scrollChart()
{
    auto* area = new QScrollArea(m_split);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus); // the chart has the focus
    area->setMinimumHeight(s_leastChart);
    area->setMinimumWidth(m_chart->minimumSizeHint().width());
    m_chart->setMinimumHeight(0);
    m_split->insertWidget(0, area);
    area->setWidget(m_chart);
    m_split->setStretchFactor(0, 5);
    m_split->setStretchFactor(1, 2);
}

void ChartWithTable::addControl(QWidget* control)
{
    m_controls->addWidget(control);
}

void ChartWithTable::setNote(const QString& text)
{
    m_nextNote = text;
}

void ChartWithTable::setEmpty(const QString& title, const QString& text)
{
    m_emptyTitle = title;
    m_emptyText = text;
}

QString ChartWithTable::noteText() const
{
    return m_note->text();
}

QString ChartWithTable::emptyText() const
{
    return m_emptyText;
}

void ChartWithTable::reset()
{
    m_nextNote.clear();
    m_emptyTitle.clear();
    m_emptyText.clear();
}

void ChartWithTable::showData(bool another)
{
    showData(another, hasChart() ? m_chart->table() : ChartTable{});
}

void ChartWithTable::showData(bool another, ChartTable table)
{
    m_note->setText(m_nextNote);
    m_note->setVisible(!m_nextNote.isEmpty());
    if (!hasChart())
        m_empty->setContent(m_emptyTitle, m_emptyText, {});
    m_split->setVisible(hasChart());
    m_empty->setVisible(!hasChart());
    m_model->setTable(hasChart() ? std::move(table) : ChartTable{});
    if (another) // else the newest row is in view
        m_table->scrollToTop();
}

void ChartWithTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    turn();
}

void ChartWithTable::turn()
{
    const auto wanted = width() >= s_wide ? Qt::Horizontal : Qt::Vertical;
    if (m_split->orientation() == wanted)
        return;
    m_split->setOrientation(wanted);
    m_split->setSizes(wanted == Qt::Horizontal ? QList<int>{620, 380} : QList<int>{420, 190});
}

void ChartWithTable::askFile()
{
    auto* dialog = new QFileDialog(this, tr("Save the table"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("CSV table (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(m_key + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &ChartWithTable::saveTable);
    dialog->open();
}

void ChartWithTable::saveTable(const QString& path)
{
    try {
        writeFileAtomically(toPath(path), m_model->csv());
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromUtf8(error.what()));
        return;
    }
    Q_EMIT tableSaved(path);
}

} // namespace augury
