// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/tune_pane.h"

#include "ui/charts/chart_widget.h"
#include "ui/views/tune/tune_shown.h"

#include <QVBoxLayout>

namespace augury {

TunePane::TunePane(const QString& name, const QString& key, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_key(key)
{
}

void TunePane::setSearch(const TuneShown& shown)
{
    ++m_updates;
    showSearch(shown);
}

ChartTunePane::ChartTunePane(
    ChartWidget* chart, const QString& name, const QString& key, QWidget* parent)
    : TunePane(name, key, parent)
    , m_body(new ChartWithTable(chart, name, QStringLiteral("tune-") + key, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_body);
    connect(m_body, &ChartWithTable::tableSaved, this, &TunePane::tableSaved);
    connect(m_body, &ChartWithTable::failed, this, &TunePane::failed);
}

ChartWidget* ChartTunePane::chart() const
{
    return m_body->hasChart() ? m_body->chart() : nullptr;
}

void ChartTunePane::showSearch(const TuneShown& shown)
{
    m_body->reset();
    fill(shown);
    const bool another = m_shown != shown.run.id;
    m_shown = shown.run.id;
    m_body->showData(another);
}

} // namespace augury
