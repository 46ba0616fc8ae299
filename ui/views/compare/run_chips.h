// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/run_look.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <vector>

class QToolButton;

namespace augury {

class WrapRow;

/// A run as a chip says it.
struct RunChip {
    std::int64_t id = 0;
    QString name;
    QString state; ///< after the name: "3 of 10"; may be empty
    QString toolTip;
    RunLook look;
    bool front = false;

    bool operator==(const RunChip&) const = default;
};

/// The runs that are shown: a click brings one to the front, its cross takes it off the page.
class RunChips : public QWidget {
    Q_OBJECT

public:
    explicit RunChips(QWidget* parent = nullptr);

    void setRuns(const std::vector<RunChip>& runs);
    const std::vector<RunChip>& runs() const { return m_runs; }
    QToolButton* button(std::int64_t id) const; ///< null: no such run
    QToolButton* cross(std::int64_t id) const;

Q_SIGNALS:
    void chosen(std::int64_t id);
    void removed(std::int64_t id);

private:
    class Chip;
    void showRuns();

    std::vector<RunChip> m_runs;
    std::vector<Chip*> m_chips;
    WrapRow* m_row;
};

} // namespace augury
