// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/results_table.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringList>

#include <algorithm>
#include <numeric>
#include <vector>

namespace augury {

ResultsTable::ResultsTable(QWidget* parent)
    : QTableView(parent)
{
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table; arrow keys move in it
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setHighlightSections(false);

    auto* copyAction = new QAction(tr("Copy Rows"), this);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &ResultsTable::copy);
    addAction(copyAction);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ResultsTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        fitColumns();
        if (m_follows)
            scrollToBottom();
    });
    connect(model, &QAbstractItemModel::modelReset, this, &ResultsTable::fitColumns);
    connect(model, &QAbstractItemModel::dataChanged, this, &ResultsTable::fitColumns);
    fitColumns();
}

QString ResultsTable::asText(bool selectedRowsAlone) const
{
    const auto* source = model();
    if (!source)
        return {};
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < source->columnCount(); ++column)
        cells << source->headerData(column, Qt::Horizontal).toString();
    lines << cells.join(QLatin1Char('\t'));
    for (int row = 0; row < source->rowCount(); ++row) {
        if (selectedRowsAlone && !selectionModel()->isRowSelected(row, {}))
            continue;
        cells.clear();
        for (int column = 0; column < source->columnCount(); ++column)
            cells << source->index(row, column).data().toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void ResultsTable::copy()
{
    const bool selected = selectionModel() && selectionModel()->hasSelection();
    QGuiApplication::clipboard()->setText(asText(selected));
}

int ResultsTable::neededWidth(int column, bool dense) const
{
    const int liked = sizeHintForColumn(column);
    const int content = m_widestColumn > 0 ? std::min(liked, m_widestColumn) : liked;
    if (!dense)
        return std::max(content, horizontalHeader()->sectionSizeHint(column)) + 4;
    // The heading's lines alone: the style's hint has room for a mark of sorting, too.
    const auto* source = model();
    int heading = 0;
    for (const auto& line :
        source->headerData(column, Qt::Horizontal).toString().split(QLatin1Char('\n')))
        heading = std::max(heading, horizontalHeader()->fontMetrics().horizontalAdvance(line));
    const int margins = 2 * style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, this) + 1;
    return std::max(content, heading + margins);
}

int ResultsTable::fullWidth() const
{
    int width = verticalScrollBar()->sizeHint().width() + 2 * frameWidth();
    for (int column = 0; model() && column < model()->columnCount(); ++column)
        width += neededWidth(column, false);
    return width;
}

void ResultsTable::fitColumns()
{
    if (!model() || model()->columnCount() == 0)
        return;
    const int columns = model()->columnCount();
    std::vector<int> widths;
    int needed = 0;
    for (const bool dense : {false, true}) {
        widths.clear();
        for (int column = 0; column < columns; ++column)
            widths.push_back(neededWidth(column, dense));
        needed = std::accumulate(widths.begin(), widths.end(), 0);
        if (needed <= viewport()->width())
            break;
    }
    const int spare = std::max(0, viewport()->width() - needed);
    for (int column = 0; column < columns; ++column) {
        const int share = spare * (column + 1) / columns - spare * column / columns;
        setColumnWidth(column, widths[static_cast<std::size_t>(column)] + share);
    }
}

void ResultsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

QSize ResultsTable::sizeHint() const
{
    return {400, 7 * verticalHeader()->defaultSectionSize()};
}

void ResultsTable::keyPressEvent(QKeyEvent* event)
{
    // Esc is the window's: it stops the job.
    if (event->key() == Qt::Key_Escape) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace augury
