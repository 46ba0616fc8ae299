// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/repeats_panel.h"

#include "ui/widgets/section.h"

#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace augury {

RepeatsPanel::RepeatsPanel(Settings& settings, QWidget* parent)
    : SettingsPanel(settings, parent)
    , m_repeats(new QSpinBox(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* section = new Section(tr("Comparison"), this);
    column->addWidget(section);
    m_repeats->setRange(1, 1000);
    section->addRow(tr("Repea&ts"), m_repeats,
        tr("How many networks are trained afresh and compared, each with its own seed"));
    m_problems = section->addProblemLine();

    connect(m_repeats, &QSpinBox::valueChanged, this,
        [this](int value) { edit([&](ExperimentConfig& c) { c.repeats = value; }); });
    refresh();
}

void RepeatsPanel::show(const ExperimentConfig& config)
{
    m_repeats->setValue(config.repeats);
}

void RepeatsPanel::showDerived(const ExperimentConfig&)
{
    showProblems(m_problems, {"repeats", "parallel_fits"});
}

} // namespace augury
