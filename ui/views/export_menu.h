// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

#include <functional>

namespace augury {

class Exportable;

/// Chart, CSV or JSON of the page in front, into a file that the user names. Nothing here blocks:
/// the file dialogs are windows of their own.
class ExportMenu : public QMenu {
    Q_OBJECT

public:
    /// `page` gives the page in front, or nullptr.
    ExportMenu(std::function<Exportable*()> page, QWidget* parent);

    void askChart(); ///< where to write the chart of the page in front
    void refresh(); ///< the page, or what it has, changed

    /// Writes by the file's extension (.png .svg .pdf .csv .json); says how it went by a signal.
    void write(Exportable& page, const QString& path);

Q_SIGNALS:
    void written(const QString& path);
    void failed(const QString& message);
    void enabledChanged(bool enabled);

private:
    void ask(const QString& title, const QString& filter, const QString& suffix);

    std::function<Exportable*()> m_page;
    QAction* m_json;
    bool m_any = false;
};

} // namespace augury
