// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace augury {

class RunsFilter;

/// The runs in rows: columns that can be moved, hidden and sorted by, rows that are copied as
/// tab-separated text. Names, tags and notes are edited in place; anything else of a row, doubly
/// clicked, or Enter, opens the run.
class RunsTable : public QTableView {
    Q_OBJECT

public:
    explicit RunsTable(RunsFilter& filter, QWidget* parent = nullptr);

    void editSelected(int column); ///< of the one selected run; a hidden column is shown
    void copy() const; ///< the selected rows, as the columns are shown
    QString selectedText() const;
    void resetColumns();

    QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray& state);

Q_SIGNALS:
    void openAsked(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void offerColumns(const QPoint& position);
};

} // namespace augury
