// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QCheckBox;

namespace augury {

/// Check boxes side by side, in as many lines as the width takes.
class CheckRow : public QWidget {
    Q_OBJECT

public:
    /// `name` is what a screen reader says of the group.
    explicit CheckRow(const QString& name, QWidget* parent = nullptr);

    QCheckBox* add(const QString& label, const QString& toolTip);
    void removeFrom(std::size_t first); ///< that one and all after it
    std::size_t count() const { return m_boxes.size(); }
    QCheckBox* box(std::size_t i) const { return m_boxes[i]; }
    bool isChecked(std::size_t i) const;
    void setChecked(std::size_t i, bool on); ///< without a signal

Q_SIGNALS:
    void toggled(); ///< by the user

private:
    std::vector<QCheckBox*> m_boxes;
};

} // namespace augury
