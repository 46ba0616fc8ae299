// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/report_export.h"

#include "core/report/run_facts.h"
#include "core/support/error.h"
#include "ui/session/compared_runs.h"
#include "ui/session/run_history.h"
#include "ui/views/exporter.h"

#include <nlohmann/json.hpp>

#include <QFileDialog>
#include <QRegularExpression>

namespace augury {

ReportExport::ReportExport(
    RunHistory& history, ComparedRuns& runs, Exporter& exporter, QWidget* window)
    : QObject(window)
    , m_history(history)
    , m_runs(runs)
    , m_exporter(exporter)
    , m_window(window)
{
}

bool ReportExport::hasFront() const
{
    const auto run = m_runs.front();
    return run && !run->outcome.repeats.empty()
        && (m_history.model().rowOf(run->id) || run->document);
}

QString ReportExport::fileName(const QString& title)
{
    static const QRegularExpression others(QStringLiteral("[^\\p{L}\\p{N}._]+"));
    auto name = title.toLower();
    name.replace(QStringLiteral("%"), QStringLiteral("percent"));
    name.replace(others, QStringLiteral("-"));
    while (name.startsWith(QLatin1Char('-')) || name.startsWith(QLatin1Char('.')))
        name.remove(0, 1);
    while (name.endsWith(QLatin1Char('-')) || name.endsWith(QLatin1Char('.')))
        name.chop(1);
    name = name.left(80);
    return (name.isEmpty() ? QStringLiteral("run") : name) + QStringLiteral(".html");
}

void ReportExport::askFront()
{
    if (!hasFront())
        return;
    const auto run = m_runs.front();
    if (m_history.model().rowOf(run->id))
        ask(run->id);
    else
        askPath(run->title(), [this](const QString& path) { writeFront(path); });
}

void ReportExport::ask(std::int64_t id)
{
    const auto row = m_history.model().rowOf(id);
    if (!row)
        return;
    const auto& run = m_history.model().run(*row);
    const auto name = QString::fromStdString(run.name.empty() ? run.data : run.name);
    askPath(QStringLiteral("%1 %2").arg(name).arg(id),
        [this, id](const QString& path) { write(id, path); });
}

void ReportExport::askPath(const QString& title, std::function<void(const QString&)> write)
{
    auto* dialog = new QFileDialog(m_window, tr("Save the report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("HTML document (*.html)"));
    dialog->setDefaultSuffix(QStringLiteral("html"));
    dialog->selectFile(fileName(title));
    connect(dialog, &QFileDialog::fileSelected, this,
        [write = std::move(write)](const QString& path) { write(path); });
    dialog->open();
}

void ReportExport::write(std::int64_t id, const QString& path)
{
    // What goes wrong with the history is told by the Runs dock.
    m_history.load({id}, this, [this, path](const RunRecords& records) {
        if (!records.empty())
            m_exporter.writeReport(records.front(), path);
    });
}

void ReportExport::writeFront(const QString& path)
{
    const auto run = m_runs.front();
    if (!run || !run->document)
        return;
    try {
        m_exporter.writeReport(
            std::make_shared<const RunRecord>(recordOf(nlohmann::json::parse(*run->document))),
            path);
    } catch (const std::exception& error) {
        Q_EMIT failed(QString::fromUtf8(error.what()));
    }
}

} // namespace augury
