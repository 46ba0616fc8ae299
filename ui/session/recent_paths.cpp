// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recent_paths.h"

#include <QDir>
#include <QSettings>

namespace augury {

RecentPaths::RecentPaths(QString key)
    : m_key(std::move(key))
{
}

void RecentPaths::add(const QString& path)
{
    const auto clean = QDir::cleanPath(QDir(path).absolutePath());
    m_paths.removeAll(clean);
    m_paths.prepend(clean);
    while (m_paths.size() > s_limit)
        m_paths.removeLast();
}

void RecentPaths::save(QSettings& store) const
{
    store.setValue(m_key, m_paths);
}

void RecentPaths::load(const QSettings& store)
{
    m_paths = store.value(m_key).toStringList().mid(0, s_limit);
}

} // namespace augury
