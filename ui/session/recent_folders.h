// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/recent_paths.h"

namespace augury {

/// The data folders opened last.
class RecentFolders : public RecentPaths {
public:
    RecentFolders()
        : RecentPaths(QStringLiteral("recentFolders"))
    {
    }
    const QStringList& folders() const { return paths(); }
};

} // namespace augury
