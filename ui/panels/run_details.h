// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>
#include <memory>

class QLabel;

namespace augury {

class RunHistory;
class Section;
struct RunRecord;

/// Everything about one run of the history: outcome, note, settings, where it comes from. Follows
/// the history.
class RunDetails : public QWidget {
    Q_OBJECT

public:
    explicit RunDetails(RunHistory& history, QWidget* parent = nullptr);

    /// Below 1: a run that is in no history.
    void setRun(std::int64_t id);
    QString text() const; ///< all of it, plain, a line a fact

Q_SIGNALS:
    void copied(const QString& message);

private:
    void load();
    void follow(); ///< the history's list, where it says something new of the run
    void show(std::shared_ptr<const RunRecord> record);
    void copy();

    RunHistory& m_history;
    std::int64_t m_id = 0;
    std::shared_ptr<const RunRecord> m_record;
    QLabel* m_empty;
    QWidget* m_content;
    QLabel* m_outcome;
    Section* m_noteSection;
    QLabel* m_note;
    QLabel* m_settings;
    QLabel* m_provenance;
};

} // namespace augury
