// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_table_model.h"
#include "ui/session/image_query.h"
#include "ui/views/compare/compared_data.h"

#include <QWidget>

#include <optional>
#include <string>

class QLabel;
class QSortFilterProxyModel;
class QSplitter;

namespace augury {

class ChartWidget;
class EmptyState;
class ResultsTable;
class WrapRow;

/// A chart and its table: beside each other where there is room, else the table below. A subclass
/// says what they show.
class ChartPane : public QWidget {
    Q_OBJECT

public:
    QString name() const { return m_name; } ///< of its tab
    QString key() const { return m_key; } ///< in file names and settings
    ChartWidget* chart() const { return m_chart; }
    ResultsTable* table() const { return m_table; }
    const ChartTableModel& model() const { return *m_model; }
    QString noteText() const;
    QString emptyText() const; ///< why there is no chart; empty: there is one
    bool hasChart() const { return emptyText().isEmpty(); }
    int updates() const { return m_updates; } ///< how often it was given data

    void setData(const ComparedData& compared);
    void saveTable(const QString& path); ///< as CSV; says how it went by a signal

Q_SIGNALS:
    void negligibleEdited(double points);
    void repeatChosen(std::optional<int> repeat);
    /// A click on a chart. `repeat` is an index; none: all were summed.
    void imagesAsked(std::optional<int> repeat, const augury::ImageQuery& query);
    void tableSaved(const QString& path);
    void failed(const QString& message);

protected:
    ChartPane(ChartWidget* chart, const QString& name, const QString& key, QWidget* parent);

    /// Gives the newest data to chart and controls, and calls setNote() or setEmpty().
    virtual void fill(const ComparedData& compared) = 0;
    void addControl(QWidget* control); ///< above the chart
    void setNote(const QString& text); ///< under the controls; empty: none
    void setEmpty(const QString& title, const QString& text); ///< in place of the chart
    void scrollChart(); ///< for a chart that grows beyond the page

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
    QString m_nextNote; ///< as fill() wants it
    QString m_emptyTitle;
    QString m_emptyText;
    std::optional<std::int64_t> m_shown; ///< the run in front at the last time
    int m_updates = 0;
};

} // namespace augury
