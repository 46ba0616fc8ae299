// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/main_window.h"

#include <QSettings>
#include <QString>

#include <memory>

namespace augury::test {

/// A window that keeps its state in `file`, not in the user's settings.
inline std::unique_ptr<MainWindow> makeWindow(const QString& file)
{
    return std::make_unique<MainWindow>(std::make_unique<QSettings>(file, QSettings::IniFormat));
}

} // namespace augury::test
