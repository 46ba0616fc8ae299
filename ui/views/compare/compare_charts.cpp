// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/compare_charts.h"

#include "ui/charts/chart_widget.h"
#include "ui/views/compare/detail_panes.h"
#include "ui/views/compare/run_panes.h"

#include <QTabBar>
#include <QVBoxLayout>

#include <utility>

namespace augury {

CompareCharts::CompareCharts(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
{
    m_tabs->setAccessibleName(tr("Charts"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(true);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideNone);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    addPane(Repeats, new RepeatsPane(this));
    addPane(Boxes, new BoxesPane(this));
    addPane(Lift, new LiftPane(this));
    addPane(Runs, new RunsPane(this));
    addPane(Ledger, new LedgerPane(this));
    addPane(Confusion, new ConfusionPane(this));
    addPane(Curve, new CurvePane(this));
    m_tabs->setTabVisible(Runs, false);
    m_tabs->setTabToolTip(Repeats, tr("Baseline and TTA of every repeat, and the lift"));
    m_tabs->setTabToolTip(Boxes, tr("How far the repeats scatter"));
    m_tabs->setTabToolTip(Lift, tr("What TTA gains, and whether that matters"));
    m_tabs->setTabToolTip(Runs, tr("All runs shown, a row a run"));
    m_tabs->setTabToolTip(Ledger, tr("The images that TTA fixed and broke"));
    m_tabs->setTabToolTip(Confusion, tr("Which classes are taken for which"));
    m_tabs->setTabToolTip(Curve, tr("What fewer copies would have given"));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        update(static_cast<Tab>(tab));
        showPane();
        Q_EMIT currentChanged();
    });
}

void CompareCharts::addPane(Tab tab, ChartPane* pane)
{
    m_panes[static_cast<std::size_t>(tab)] = pane;
    m_stale[static_cast<std::size_t>(tab)] = true;
    m_tabs->addTab(pane->name());
    // No QStackedWidget: it is as high as the highest of its pages would like to be.
    static_cast<QVBoxLayout*>(layout())->addWidget(pane, 1);
    pane->setVisible(tab == Repeats);
    connect(pane, &ChartPane::negligibleEdited, this, &CompareCharts::negligibleEdited);
    connect(pane, &ChartPane::imagesAsked, this, &CompareCharts::imagesAsked);
    connect(pane, &ChartPane::tableSaved, this, &CompareCharts::tableSaved);
    connect(pane, &ChartPane::failed, this, &CompareCharts::failed);
    connect(pane, &ChartPane::repeatChosen, this, [this](std::optional<int> repeat) {
        auto next = m_data;
        next.repeat = repeat;
        setData(std::move(next));
    });
}

void CompareCharts::setData(ComparedData next)
{
    m_data = std::move(next);
    m_stale.fill(true);
    const bool several = m_data.runs.size() > 1;
    if (!several && current() == Runs)
        m_tabs->setCurrentIndex(Lift);
    m_tabs->setTabVisible(Runs, several);
    update(current());
}

void CompareCharts::update(Tab tab)
{
    auto& stale = m_stale[static_cast<std::size_t>(tab)];
    if (std::exchange(stale, false))
        pane(tab)->setData(m_data);
}

void CompareCharts::showPane()
{
    for (auto* each : m_panes) {
        if (each != front())
            each->hide();
    }
    front()->show();
}

CompareCharts::Tab CompareCharts::current() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

bool CompareCharts::isOffered(Tab tab) const
{
    return m_tabs->isTabVisible(tab);
}

void CompareCharts::setCurrent(Tab tab)
{
    m_tabs->setCurrentIndex(isOffered(tab) ? tab : Repeats);
}

std::vector<ChartWidget*> CompareCharts::charts()
{
    std::vector<ChartWidget*> found;
    const auto add = [&](Tab tab) {
        update(tab);
        if (isOffered(tab) && pane(tab)->hasChart())
            found.push_back(pane(tab)->chart());
    };
    add(current());
    for (int tab = 0; tab < TabCount; ++tab) {
        if (tab != current())
            add(static_cast<Tab>(tab));
    }
    return found;
}

QString CompareCharts::currentKey() const
{
    return front()->key();
}

void CompareCharts::setCurrentKey(const QString& key)
{
    for (int tab = 0; tab < TabCount; ++tab) {
        if (pane(static_cast<Tab>(tab))->key() == key)
            setCurrent(static_cast<Tab>(tab));
    }
}

} // namespace augury
