// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_table_model.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QSplitter;

namespace augury {

class ChartWidget;
class EmptyState;
class ResultsTable;
class WrapRow;

/// A chart and its table: beside each other where there is room, else the table below. Controls and
/// a note above them; in place of both, where there is nothing to draw, why.
class ChartWithTable : public QWidget {
    Q_OBJECT

public:
    /// `key` is what files and settings call it.
    ChartWithTable(ChartWidget* chart, const QString& name, const QString& key, QWidget* parent);

    QString name() const { return m_name; } ///< of its tab
    QString key() const { return m_key; }
    ChartWidget* chart() const { return m_chart; }
    ResultsTable* table() const { return m_table; }
    const ChartTableModel& model() const { return *m_model; }
    QString noteText() const;
    QString emptyText() const; ///< why there is no chart; empty: there is one
    bool hasChart() const { return emptyText().isEmpty(); }

    void addControl(QWidget* control); ///< above the chart
    void scrollChart(); ///< for a chart that grows beyond the page

    // New data: first reset(), then the chart's, a note or why there is none, then show().
    void reset();
    void setNote(const QString& text); ///< under the controls; empty: none
    void setEmpty(const QString& title, const QString& text); ///< in place of the chart
    /// With the chart's own table. `another`: the data are of something else than before.
    void showData(bool another);
    void showData(bool another, ChartTable table);

    void saveTable(const QString& path); ///< as CSV; says how it went by a signal

Q_SIGNALS:
    void tableSaved(const QString& path);
    void failed(const QString& message);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTable();
    void askFile();
    void turn(); ///< the table beside the chart, or below

    QString m_name;
    QString m_key;
    ChartWidget* m_chart;
    ChartTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
    ResultsTable* m_table;
    WrapRow* m_controls;
    QLabel* m_note;
    QSplitter* m_split;
    EmptyState* m_empty;
    QString m_nextNote;
    QString m_emptyTitle;
    QString m_emptyText;
};

} // namespace augury
