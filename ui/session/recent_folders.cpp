// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recent_folders.h"

#include <QDir>
#include <QSettings>

namespace augury {

namespace {
QString key()
{
    return QStringLiteral("recentFolders");
}
} // namespace

void RecentFolders::add(const QString& folder)
{
    const auto path = QDir::cleanPath(QDir(folder).absolutePath());
    m_folders.removeAll(path);
    m_folders.prepend(path);
    while (m_folders.size() > s_limit)
        m_folders.removeLast();
}

void RecentFolders::save(QSettings& store) const
{
    store.setValue(key(), m_folders);
}

void RecentFolders::load(const QSettings& store)
{
    m_folders = store.value(key()).toStringList().mid(0, s_limit);
}

} // namespace augury
