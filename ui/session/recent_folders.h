// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QSettings;

namespace augury {

/// The data folders opened last, newest first, each once, at most eight.
class RecentFolders {
public:
    static constexpr int s_limit = 8;

    const QStringList& folders() const { return m_folders; }
    void add(const QString& folder);
    void save(QSettings& store) const;
    void load(const QSettings& store);

private:
    QStringList m_folders;
};

} // namespace augury
