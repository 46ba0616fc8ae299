// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/repeats_panel.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/section.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace augury {

RepeatsPanel::RepeatsPanel(Settings& settings, QWidget* parent)
    : SettingsPanel(settings, parent)
    , m_seed(new QDoubleSpinBox(this))
    , m_newSeed(new QToolButton(this))
    , m_repeats(new QSpinBox(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* section = new Section(tr("Seed and repeats"), this);
    column->addWidget(section);

    // A seed has 32 bits, one more than a QSpinBox can count.
    m_seed->setDecimals(0);
    m_seed->setRange(0, 4294967295.0);
    m_seed->setAccessibleName(tr("Seed"));
    m_newSeed->setIcon(themedIcon(QStringLiteral("new_seed"), palette()));
    m_newSeed->setAccessibleName(tr("Draw a new seed"));
    m_newSeed->setToolTip(tr("Draw a new seed"));
    m_newSeed->setFocusPolicy(Qt::StrongFocus);
    auto* seed = new QWidget(this);
    auto* row = new QHBoxLayout(seed);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_seed, 1);
    row->addWidget(m_newSeed);
    section->addRow(tr("&Seed"), seed,
        tr("Decides every random number: the same seed, data and settings give the same result"),
        m_seed);
    m_repeats->setRange(1, 1000);
    section->addRow(tr("Repea&ts"), m_repeats,
        tr("How many networks are trained afresh and compared, each with its own seed"));
    m_problems = section->addProblemLine();

    connect(m_seed, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        edit([&](ExperimentConfig& c) { c.training.seed = static_cast<std::uint64_t>(value); });
    });
    connect(m_newSeed, &QToolButton::clicked, this,
        [this] { m_seed->setValue(QRandomGenerator::global()->bounded(1, 1'000'000)); });
    connect(m_repeats, &QSpinBox::valueChanged, this,
        [this](int value) { edit([&](ExperimentConfig& c) { c.repeats = value; }); });
    refresh();
}

void RepeatsPanel::show(const ExperimentConfig& config)
{
    m_seed->setValue(static_cast<double>(config.training.seed));
    m_repeats->setValue(config.repeats);
}

void RepeatsPanel::showDerived(const ExperimentConfig&)
{
    showProblems(m_problems, {"seed", "repeats"});
}

void RepeatsPanel::changeEvent(QEvent* event)
{
    SettingsPanel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_newSeed->setIcon(themedIcon(QStringLiteral("new_seed"), palette()));
}

} // namespace augury
