// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/trial.h"
#include "core/tune/tune_spec.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <map>
#include <tuple>
#include <vector>

namespace augury {

struct TuneShown;

/// Every trial of a search with its figures.
class TrialsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Configuration,
        Lift,
        Accuracy,
        Cost,
        Fixed,
        Broken,
        Nll,
        HeldOutNll, ///< of learned weights
        LogLikelihood, ///< of the greedy search
        Images,
        Seconds,
        State,
    };
    static constexpr int SortRole = Qt::UserRole; ///< the value, unrounded
    static constexpr int TrialRole = Qt::UserRole + 1; ///< its index
    static constexpr int RankRole = Qt::UserRole + 2; ///< 0: on all images; those first

    using QAbstractTableModel::QAbstractTableModel;

    void setSearch(const TuneShown& shown);
    Column columnAt(int section) const { return m_columns[static_cast<std::size_t>(section)]; }
    int sectionOf(Column column) const; ///< −1: not shown
    int rowOf(int trial) const; ///< −1: not there

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString shown(const Trial& trial, Column column) const;
    QVariant value(const Trial& trial, Column column) const;
    QString stateOf(const Trial& trial) const;
    Interval liftOf(const Trial& trial) const; ///< its interval, worked out once

    std::vector<Column> m_columns{Configuration};
    std::vector<Trial> m_trials;
    int m_best = -1;
    int m_cheapest = -1; ///< that cannot be told from the best
    int m_underLimit = -1; ///< best under the cost asked for
    double m_limit = 0;
    bool m_running = false;
    mutable std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, Interval> m_intervals;
};

/// Sorts by the values, and leaves what was not tried on all images behind the rest: figures of few
/// images are no match.
class TrialsProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit TrialsProxy(QObject* parent = nullptr);

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

/// "finished", "dropped after 500 images", "waiting"
QString trialStateText(const Trial& trial, bool running);

} // namespace augury
