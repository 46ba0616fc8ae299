// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/chart_with_table.h"

#include <QWidget>

#include <optional>

namespace augury {

struct TuneShown;

/// One tab of a search's results.
class TunePane : public QWidget {
    Q_OBJECT

public:
    QString name() const { return m_name; } ///< of its tab
    QString key() const { return m_key; } ///< in file names and settings
    int updates() const { return m_updates; } ///< how often it was given data

    void setSearch(const TuneShown& shown);
    /// The chart, where there is one that has something to show.
    virtual ChartWidget* chart() const { return nullptr; }

Q_SIGNALS:
    void trialChosen(int trial); ///< by the user
    void costLimitEdited(std::optional<double> limit); ///< by the user
    void pictureStepped(int by); ///< views on another image
    void refreshWanted(); ///< what is drawn of the same data has changed
    void tableSaved(const QString& path);
    void failed(const QString& message);

protected:
    TunePane(const QString& name, const QString& key, QWidget* parent);

    virtual void showSearch(const TuneShown& shown) = 0;

private:
    QString m_name;
    QString m_key;
    int m_updates = 0;
};

/// A chart of a search, with its table.
class ChartTunePane : public TunePane {
    Q_OBJECT

public:
    ChartWithTable* body() const { return m_body; }
    ChartWidget* chart() const override;

protected:
    ChartTunePane(ChartWidget* chart, const QString& name, const QString& key, QWidget* parent);

    void showSearch(const TuneShown& shown) override;
    /// Gives the newest data to chart and controls, and calls body()->setNote() or setEmpty().
    virtual void fill(const TuneShown& shown) = 0;

private:
    ChartWithTable* m_body;
    std::optional<std::int64_t> m_shown; ///< the search at the last time
};

} // namespace augury
