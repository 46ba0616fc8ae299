// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/runs_table.h"

#include "ui/session/runs_model.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QStyledItemDelegate>

#include <algorithm>
#include <array>

namespace augury {

namespace {

/// The status tells the repeats, the lift what was fixed and broken; the rule is seldom another.
constexpr std::array s_hiddenAtFirst = {
    RunsModel::Vote, RunsModel::Repeats, RunsModel::Fixed, RunsModel::Broken};

/// Runs change while one types: what was typed stays, and so does what is selected to be typed
/// over.
class PatientDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        auto* line = qobject_cast<QLineEdit*>(editor);
        if (line && (line->isModified() || line->text() == index.data(Qt::EditRole).toString()))
            return;
        const bool all = line && line->selectedText() == line->text();
        QStyledItemDelegate::setEditorData(editor, index);
        if (all)
            line->selectAll();
    }
};

/// A text as wide as what a column commonly holds.
QString exampleOf(int column)
{
    switch (column) {
    case RunsModel::Id:
        return QStringLiteral("1000");
    case RunsModel::Name:
        return QStringLiteral("Fashion-MNIST: 10 repeats, 91.2 → 91.5 %");
    case RunsModel::Status:
        return QStringLiteral("stopped 10 of 10");
    case RunsModel::Data:
        return QStringLiteral("Fashion-MNIST");
    case RunsModel::Policy:
        return QStringLiteral("tutorial (horizontal flip)");
    case RunsModel::Baseline:
    case RunsModel::Tta:
        return QStringLiteral("91.23 %");
    case RunsModel::Seconds:
        return QStringLiteral("1:23:45");
    case RunsModel::Started:
        return QLocale().toString(
            QDateTime(QDate(2028, 12, 28), QTime(22, 44)), QLocale::ShortFormat);
    case RunsModel::Tags:
        return QStringLiteral("baseline, paper");
    default:
        return QStringLiteral("+1.23");
    }
}

} // namespace

RunsTable::RunsTable(RunsFilter& filter, QWidget* parent)
    : QTableView(parent)
{
    setModel(&filter);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table; arrow keys move in it
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAccessibleName(tr("Runs"));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    auto* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    header->setAccessibleName(tr("Columns of the runs"));
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &RunsTable::offerColumns);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        if (!(index.flags() & Qt::ItemIsEditable))
            Q_EMIT openAsked(index);
    });
    setItemDelegate(new PatientDelegate(this));
    setSortingEnabled(true);
    resetColumns();
}

void RunsTable::resetColumns()
{
    auto* header = horizontalHeader();
    for (int column = 0; column < RunsModel::ColumnCount; ++column) {
        header->moveSection(header->visualIndex(column), column);
        const int words = std::max(fontMetrics().horizontalAdvance(exampleOf(column)) + 14,
            fontMetrics().horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString())
                + 28); // and the mark of sorting
        setColumnHidden(column, false);
        setColumnWidth(column, words);
    }
    for (const int column : s_hiddenAtFirst)
        setColumnHidden(column, true);
    header->moveSection(
        header->visualIndex(RunsModel::Started), header->visualIndex(RunsModel::Status) + 1);
    sortByColumn(RunsModel::Id, Qt::DescendingOrder);
}

QByteArray RunsTable::saveColumns() const
{
    return horizontalHeader()->saveState();
}

bool RunsTable::restoreColumns(const QByteArray& state)
{
    auto* header = horizontalHeader();
    const bool restored = !state.isEmpty() && header->restoreState(state)
        && header->count() == RunsModel::ColumnCount;
    if (!restored)
        resetColumns();
    // The state holds these, too; a damaged one must not take them away.
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    setColumnHidden(RunsModel::Id, false);
    setColumnHidden(RunsModel::Name, false);
    return restored;
}

void RunsTable::offerColumns(const QPoint& position)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Columns to show"));
    for (int column = 0; column < RunsModel::ColumnCount; ++column) {
        auto* action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(column != RunsModel::Id && column != RunsModel::Name);
        connect(action, &QAction::toggled, this,
            [this, column](bool on) { setColumnHidden(column, !on); });
    }
    menu->addSeparator();
    connect(
        menu->addAction(tr("Reset columns")), &QAction::triggered, this, &RunsTable::resetColumns);
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

void RunsTable::editSelected(int column)
{
    const auto rows = selectionModel()->selectedRows(column);
    if (rows.size() != 1)
        return;
    const auto cell = rows.front();
    setColumnHidden(column, false);
    selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
    scrollTo(cell);
    edit(cell);
}

QString RunsTable::selectedText() const
{
    const auto* header = horizontalHeader();
    QList<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        if (const int column = header->logicalIndex(visual); !isColumnHidden(column))
            columns << column;
    }
    QStringList cells;
    for (const int column : columns)
        cells << model()->headerData(column, Qt::Horizontal).toString();
    QStringList lines{cells.join(QLatin1Char('\t'))};
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (!selectionModel()->isRowSelected(row, {}))
            continue;
        cells.clear();
        for (const int column : columns)
            cells << model()->index(row, column).data().toString().simplified();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void RunsTable::copy() const
{
    if (selectionModel()->hasSelection())
        QGuiApplication::clipboard()->setText(selectedText());
}

void RunsTable::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && state() != EditingState) {
        if (currentIndex().isValid())
            Q_EMIT openAsked(currentIndex());
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Escape) { // the window's: it stops the job
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace augury
