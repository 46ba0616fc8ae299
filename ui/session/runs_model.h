// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace augury {

/// The history's list: one row a run.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Id,
        Name, ///< the user's, or else the title, which an edit begins with
        Status, ///< "running 3 of 10", "finished", "stopped 4 of 10"
        Data,
        Policy,
        Copies,
        Vote,
        Baseline,
        Tta,
        Lift,
        Fixed,
        Broken,
        Repeats,
        Seconds,
        Started,
        Tags, ///< editable, with commas between them
        Note, ///< editable
        ColumnCount
    };
    static constexpr int SortRole = Qt::UserRole; ///< numbers and dates as such

    using QAbstractTableModel::QAbstractTableModel;

    /// Newest first. Changes as little as it can: selections stay.
    void setRuns(std::vector<RunInfo> runs);
    const std::vector<RunInfo>& runs() const { return m_runs; }
    const RunInfo& run(int row) const { return m_runs.at(static_cast<std::size_t>(row)); }
    const QString& searchText(int row) const; ///< all that a row says
    std::optional<int> rowOf(std::int64_t id) const;
    /// The user's name, or else what was made up: how messages call it, after its number.
    static QString nameOf(const RunInfo& run);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// A user has typed; the model changes once the history has taken it.
    void nameEdited(std::int64_t id, const QString& name);
    void tagsEdited(std::int64_t id, const QStringList& tags);
    void noteEdited(std::int64_t id, const QString& note);

private:
    std::vector<RunInfo> m_runs;
    mutable std::vector<QString> m_texts; ///< searchText() of the same rows; empty: not made yet
};

/// Sorted by any column, and filtered by words (all of them, anywhere in a row), kind and status.
class RunsFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit RunsFilter(QObject* parent = nullptr);

    void setWords(const QString& words);
    void setKind(const QString& kind); ///< "repeat", "evaluate", "train"; empty: all
    void setStatus(std::optional<RunStatus> status);
    bool isFiltering() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    /// Rows without a value come last either way round.
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_words;
    QString m_kind;
    std::optional<RunStatus> m_status;
};

} // namespace augury
