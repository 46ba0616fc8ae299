// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/export_menu.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/session/file_path.h"
#include "ui/views/export_dialog.h"
#include "ui/views/exportable.h"

#include <QFileDialog>
#include <QFileInfo>

namespace augury {

ExportMenu::ExportMenu(std::function<Exportable*()> page, Exporter& exporter, QWidget* parent)
    : QMenu(tr("&Export"), parent)
    , m_page(std::move(page))
    , m_exporter(exporter)
{
    addAction(tr("&Chart as Picture…"), this, &ExportMenu::askChart);
    addAction(tr("&Numbers as CSV…"), this,
        [this] { ask(tr("Save the numbers"), tr("CSV table (*.csv)"), QStringLiteral("csv")); });
    m_json = addAction(tr("&Everything as JSON…"), this, [this] {
        ask(tr("Save everything"), tr("JSON document (*.json)"), QStringLiteral("json"));
    });
    addSeparator();
    m_report = addAction(tr("&Report of the Run…"), this, &ExportMenu::reportWanted);
    m_report->setToolTip(tr("The run in front on the Compare page as one HTML file"));
    refresh();
}

ExportDialog* ExportMenu::dialog() const
{
    return m_dialog;
}

void ExportMenu::setHasReport(bool has)
{
    m_hasReport = has;
    refresh();
}

void ExportMenu::askChart()
{
    const auto* page = m_page();
    if (!page || !page->hasResults())
        return;
    if (const auto charts = page->charts(); !charts.empty()) {
        delete m_dialog; // of another page, or of this one earlier
        m_dialog = new ExportDialog(m_exporter, charts, page->fileName(), parentWidget());
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_dialog->show();
        return;
    }
    QStringList filters;
    for (const auto& suffix : page->chartSuffixes())
        filters << (suffix == QStringLiteral("svg") ? tr("SVG drawing (*.svg)")
                : suffix == QStringLiteral("pdf")   ? tr("PDF document (*.pdf)")
                                                    : tr("PNG picture (*.png)"));
    ask(tr("Save the chart"), filters.join(QStringLiteral(";;")), page->chartSuffixes().front());
}

void ExportMenu::refresh()
{
    const auto* page = m_page();
    const bool any = page && page->hasResults();
    for (auto* action : actions())
        action->setEnabled(any);
    m_json->setEnabled(any && page->hasJson());
    m_report->setEnabled(m_hasReport);
    Q_EMIT enabledChanged(any || m_hasReport);
}

void ExportMenu::ask(const QString& title, const QString& filter, const QString& suffix)
{
    auto* page = m_page();
    if (!page)
        return;
    auto* dialog = new QFileDialog(parentWidget(), title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filter.split(QStringLiteral(";;")));
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(page->fileName() + QLatin1Char('.') + suffix);
    // The chosen kind of picture decides the extension of a name typed without one.
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& chosen) {
        const auto from = chosen.indexOf(QStringLiteral("(*.")) + 3;
        dialog->setDefaultSuffix(chosen.mid(from, chosen.indexOf(QLatin1Char(')')) - from));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (auto* front = m_page())
            write(*front, path);
    });
    dialog->open();
}

void ExportMenu::write(Exportable& page, const QString& path)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    const auto file = toPath(path);
    try {
        if (suffix == QStringLiteral("csv"))
            writeFileAtomically(file, page.csv());
        else if (suffix == QStringLiteral("json"))
            writeFileAtomically(file, page.json());
        else
            page.saveChart(path);
    } catch (const std::exception& error) {
        Q_EMIT failed(QString::fromUtf8(error.what()));
        return;
    }
    Q_EMIT written(path);
}

} // namespace augury
