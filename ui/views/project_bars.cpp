// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/project_bars.h"

#include "ui/session/project_file.h"
#include "ui/views/unsaved_guard.h"
#include "ui/widgets/message_bar.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QVBoxLayout>

namespace augury {

namespace {

QString timeText(const QDateTime& time)
{
    const auto local = time.toLocalTime();
    const auto hour = QLocale().toString(local.time(), QLocale::ShortFormat);
    return local.date() == QDate::currentDate()
        ? hour
        : QStringLiteral("%1, %2").arg(
            QLocale().toString(local.date(), QLocale::ShortFormat), hour);
}

} // namespace

ProjectBars::ProjectBars(ProjectFile& project, QWidget* parent)
    : QWidget(parent)
    , m_project(project)
    , m_message(new MessageBar(this))
    , m_unsaved(new MessageBar(this))
    , m_recovery(new MessageBar(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_recovery);
    column->addWidget(m_message);
    column->addWidget(m_unsaved);

    m_recovery->addAction(tr("Restore"), [this] {
        const auto found = m_found.front();
        const auto restore = [this, found] {
            std::erase_if(m_found, [&](const auto& one) { return one.file == found.file; });
            showNextRecovery();
            m_project.recover(found);
        };
        if (m_guard)
            m_guard->beforeReplacing(restore);
        else
            restore();
    });
    m_recovery->addAction(tr("Discard"), [this] {
        m_project.discard(m_found.front());
        m_found.erase(m_found.begin());
        showNextRecovery();
    });
    connect(&m_project, &ProjectFile::opened, this, [this](const QString&, const QString& missing) {
        if (missing.isEmpty())
            m_message->clear();
        else
            showWarning(missing);
    });
    connect(&m_project, &ProjectFile::saved, m_message, &MessageBar::clear);
    connect(&m_project, &ProjectFile::openFailed, this, &ProjectBars::showError);
    connect(&m_project, &ProjectFile::saveFailed, this, &ProjectBars::showError);
    connect(&m_project, &ProjectFile::autosaveFailed, this, &ProjectBars::showWarning);
}

void ProjectBars::showWarning(const QString& text)
{
    m_message->showMessage(MessageBar::Kind::Warning, text);
}

void ProjectBars::showError(const QString& text)
{
    m_message->showMessage(MessageBar::Kind::Error, text);
}

QString ProjectBars::text() const
{
    for (const auto* bar : {m_unsaved, m_message, m_recovery}) {
        if (!bar->text().isEmpty())
            return bar->text();
    }
    return {};
}

bool ProjectBars::isShown(const Recoverable& found) const
{
    return found.of.empty() && m_project.shows(found.project);
}

void ProjectBars::offerRecovery()
{
    m_found.clear();
    for (auto& found : m_project.recoverable()) {
        // The settings of a project that was never saved are remembered anyway.
        if (isShown(found))
            m_project.discard(found);
        else
            m_found.push_back(std::move(found));
    }
    showNextRecovery();
}

void ProjectBars::showNextRecovery()
{
    if (m_found.empty()) {
        m_recovery->clear();
        return;
    }
    const auto& found = m_found.front();
    const auto time = timeText(found.saved);
    m_recovery->showMessage(MessageBar::Kind::Note,
        found.of.empty()
            ? tr("Unsaved changes of a project without a name, from %1, were found.").arg(time)
            : tr("Unsaved changes of %1 from %2 were found.")
                  .arg(QFileInfo(QFile::decodeName(QByteArray::fromStdString(found.of.string())))
                           .completeBaseName(),
                      time));
}

} // namespace augury
