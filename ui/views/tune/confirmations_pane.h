// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/tuner.h"
#include "ui/views/chart_with_table.h"

namespace augury {

class ForestChart;
class MessageBar;

/// What the configurations that were confirmed give on the test images: the newest in words, all of
/// them as a chart and a table.
class ConfirmationsPane : public QWidget {
    Q_OBJECT

public:
    explicit ConfirmationsPane(QWidget* parent = nullptr);

    /// All of the test set, the oldest first. `newest`: place of the first of those just made; −1:
    /// the last one is put into words.
    void setConfirmations(const std::vector<Tuner::Confirmed>& confirmations, int newest);
    ChartWidget* chart() const; ///< null while there is nothing to show
    ChartWithTable* body() const { return m_body; }
    QString text() const; ///< of the newest

Q_SIGNALS:
    void tableSaved(const QString& path);
    void failed(const QString& message);

private:
    MessageBar* m_text;
    int m_first = -1; ///< of those that the text is about
    int m_count = 0;
    ForestChart* m_forest;
    ChartWithTable* m_body;
};

/// A row a confirmation, with all its figures.
ChartTable confirmationsTable(const std::vector<Tuner::Confirmed>& confirmations);

} // namespace augury
