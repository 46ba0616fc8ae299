// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/export_menu.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/views/exportable.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

namespace augury {

ExportMenu::ExportMenu(std::function<Exportable*()> page, QWidget* parent)
    : QMenu(tr("&Export"), parent)
    , m_page(std::move(page))
{
    addAction(tr("&Chart as Picture…"), this, &ExportMenu::askChart);
    addAction(tr("&Numbers as CSV…"), this,
        [this] { ask(tr("Save the numbers"), tr("CSV table (*.csv)"), QStringLiteral("csv")); });
    m_json = addAction(tr("&Everything as JSON…"), this, [this] {
        ask(tr("Save everything"), tr("JSON document (*.json)"), QStringLiteral("json"));
    });
    refresh();
}

void ExportMenu::askChart()
{
    const auto* page = m_page();
    if (!page || !page->hasResults())
        return;
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
    m_any = page && page->hasResults();
    for (auto* action : actions())
        action->setEnabled(m_any);
    m_json->setEnabled(m_any && page->hasJson());
    Q_EMIT enabledChanged(m_any);
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
    const std::filesystem::path file(QFile::encodeName(path).toStdString());
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
