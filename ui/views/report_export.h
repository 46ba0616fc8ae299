// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>

class QWidget;

namespace augury {

class ComparedRuns;
class Exporter;
class RunHistory;

/// Asks where the report of a run is to be written, and has it read, drawn and written.
class ReportExport : public QObject {
    Q_OBJECT

public:
    ReportExport(RunHistory& history, ComparedRuns& runs, Exporter& exporter, QWidget* window);

    bool hasFront() const; ///< the run in front can be reported
    void askFront(); ///< the run in front on the Compare page
    void ask(std::int64_t id); ///< a run of the history

    void write(std::int64_t id, const QString& path);
    void writeFront(const QString& path);
    /// "12-fashion-mnist-hflip-7.html": what a file of that run may be called.
    static QString fileName(const QString& title);

Q_SIGNALS:
    void failed(const QString& message);

private:
    void askPath(const QString& title, std::function<void(const QString&)> write);

    RunHistory& m_history;
    ComparedRuns& m_runs;
    Exporter& m_exporter;
    QWidget* m_window;
};

} // namespace augury
