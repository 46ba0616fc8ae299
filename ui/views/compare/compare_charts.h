// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_query.h"
#include "ui/views/compare/compared_data.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QTabBar;

namespace augury {

class ChartPane;
class ChartWidget;

/// The charts of the Compare page, one in front at a time. Only that one is given new data at once;
/// the others get them when they come to the front.
class CompareCharts : public QWidget {
    Q_OBJECT

public:
    enum Tab { Repeats, Boxes, Lift, Runs, Ledger, Confusion, Curve, TabCount };

    explicit CompareCharts(QWidget* parent = nullptr);

    void setData(ComparedData next);
    const ComparedData& compared() const { return m_data; }

    Tab current() const;
    void setCurrent(Tab tab); ///< one that is not offered: Repeats
    bool isOffered(Tab tab) const; ///< Runs needs two or more
    ChartPane* pane(Tab tab) const { return m_panes[static_cast<std::size_t>(tab)]; }
    ChartPane* front() const { return pane(current()); }
    QTabBar* tabs() const { return m_tabs; }
    /// With the newest data, the one in front first; those that have something to show.
    std::vector<ChartWidget*> charts();

    QString currentKey() const; ///< for settings
    void setCurrentKey(const QString& key);

Q_SIGNALS:
    void currentChanged();
    void negligibleEdited(double points);
    void imagesAsked(std::optional<int> repeat, const augury::ImageQuery& query);
    void tableSaved(const QString& path);
    void failed(const QString& message);

private:
    void addPane(Tab tab, ChartPane* pane);
    void update(Tab tab); ///< where it is stale
    void showPane();

    QTabBar* m_tabs;
    std::array<ChartPane*, TabCount> m_panes{};
    std::array<bool, TabCount> m_stale{};
    ComparedData m_data;
};

} // namespace augury
