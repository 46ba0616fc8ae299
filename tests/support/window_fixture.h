// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/setup_dock.h"
#include "ui/views/main_window.h"

#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QString>

#include <memory>

namespace augury::test {

/// A window that keeps its state in `file`, not in the user's settings, and nothing elsewhere but
/// what `files` names.
inline std::unique_ptr<MainWindow> makeWindow(const QString& file, WindowFiles files = {})
{
    return std::make_unique<MainWindow>(
        std::make_unique<QSettings>(file, QSettings::IniFormat), std::move(files));
}

/// History and autosaves in `folder`.
inline WindowFiles filesIn(
    const std::filesystem::path& folder, ProjectFile::AutosaveTimes times = {})
{
    return {folder / "runs.sqlite", folder / "autosave", times};
}

/// The slider of the Setup dock that sets `name`; null without.
inline QSlider* setupSlider(const MainWindow& window, const QString& name)
{
    for (auto* one : window.setupDock()->findChildren<QSlider*>()) {
        if (one->accessibleName() == name + QStringLiteral(", slider"))
            return one;
    }
    return nullptr;
}

/// The visible button in `where` with this text; null without.
inline QPushButton* visibleButton(const QWidget& where, const QString& text)
{
    for (auto* one : where.findChildren<QPushButton*>()) {
        if (one->isVisible() && one->text() == text)
            return one;
    }
    return nullptr;
}

} // namespace augury::test
