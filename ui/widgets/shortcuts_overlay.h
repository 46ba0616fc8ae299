// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QString>
#include <QWidget>

#include <vector>

namespace augury {

struct Shortcut {
    QString keys; ///< with spaces between keys that do the same: "+ Ctrl+Wheel"
    QString what;
};

struct ShortcutGroup {
    QString title;
    std::vector<Shortcut> shortcuts;
};

/// The keys that work here, over the whole of its parent. Any key or click closes it, and does
/// nothing else; the focus returns to where it was.
class ShortcutsOverlay : public QWidget {
    Q_OBJECT

public:
    explicit ShortcutsOverlay(QWidget* parent); ///< hidden at first

    void setGroups(std::vector<ShortcutGroup> groups);
    void open();
    void toggle();
    bool isOpen() const { return m_open; }

Q_SIGNALS:
    void closed();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void dismiss(bool returnFocus);

    std::vector<ShortcutGroup> m_groups;
    QPointer<QWidget> m_before; ///< had the focus
    bool m_open = false;
};

} // namespace augury
