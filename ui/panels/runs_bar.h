// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QAction;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace augury {

class RunsFilter;

/// Above the runs: the search, and buttons of the actions, as many as there is room for; a menu at
/// the end has all of them.
class RunsBar : public QWidget {
    Q_OBJECT

public:
    explicit RunsBar(RunsFilter& filter, QWidget* parent = nullptr);

    /// The first `shown` get buttons, the most wanted first.
    void setActions(const QList<QAction*>& actions, int shown);
    void clearSearch();
    QLineEdit* search() const { return m_search; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitButtons();

    QLineEdit* m_search;
    QComboBox* m_kind;
    QComboBox* m_status;
    QToolButton* m_more;
    std::vector<QToolButton*> m_buttons;
};

} // namespace augury
