// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QPointer>

#include <functional>

namespace augury {

class ExportDialog;
class Exportable;
class Exporter;

/// Chart, CSV or JSON of the page in front, and the report of a run, into a file that the user
/// names. Nothing here blocks: the dialogs are windows of their own.
class ExportMenu : public QMenu {
    Q_OBJECT

public:
    /// `page` gives the page in front, or nullptr.
    ExportMenu(std::function<Exportable*()> page, Exporter& exporter, QWidget* parent);

    void askChart(); ///< how and where to write the chart of the page in front
    ExportDialog* dialog() const; ///< null while none is open
    void setHasReport(bool has); ///< there is a run to report
    void refresh(); ///< the page, or what it has, changed

    /// Writes by the file's extension (.png .svg .pdf .csv .json); says how it went by a signal.
    void write(Exportable& page, const QString& path);

Q_SIGNALS:
    void written(const QString& path);
    void failed(const QString& message);
    void reportWanted();
    void enabledChanged(bool enabled);

private:
    void ask(const QString& title, const QString& filter, const QString& suffix);

    std::function<Exportable*()> m_page;
    Exporter& m_exporter;
    QPointer<ExportDialog> m_dialog;
    QAction* m_json;
    QAction* m_report;
    bool m_hasReport = false;
};

} // namespace augury
