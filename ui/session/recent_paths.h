// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QSettings;

namespace augury {

/// The files or folders used last, newest first, each once, at most eight.
class RecentPaths {
public:
    static constexpr int s_limit = 8;

    /// `key` is the name they are stored under.
    explicit RecentPaths(QString key);

    const QStringList& paths() const { return m_paths; }
    void add(const QString& path);
    void save(QSettings& store) const;
    void load(const QSettings& store);

private:
    QString m_key;
    QStringList m_paths;
};

} // namespace augury
