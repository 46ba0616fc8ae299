// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace augury {

/// Leaves Ctrl+Z and Ctrl+Y in spin boxes to the window: what is typed there is a setting at once,
/// and the undo of settings knows it, while the box's own would take back letters.
class UndoFilter : public QObject {
    Q_OBJECT

public:
    /// For the spin boxes that `parent` has by now.
    explicit UndoFilter(QWidget* parent);

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace augury
