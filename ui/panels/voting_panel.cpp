// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/voting_panel.h"

#include "ui/widgets/section.h"
#include "ui/widgets/slider_spin.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace augury {

VotingPanel::VotingPanel(Settings& settings, QWidget* parent)
    : SettingsPanel(settings, parent)
    , m_copies(new SliderSpin({1, 100, 1, 0, {}, 1000}, tr("Copies"), this))
    , m_rule(new QComboBox(this))
    , m_includeOriginal(new QCheckBox(tr("The &original votes too"), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* section = new Section(tr("Copies and voting"), this);
    column->addWidget(section);
    section->addRow(tr("&Copies"), m_copies,
        tr("How many augmented copies of each test image vote"), m_copies->spinBox());
    m_rule->addItem(tr("Mean probability"), static_cast<int>(VoteRule::Mean));
    m_rule->addItem(tr("Majority of views"), static_cast<int>(VoteRule::Majority));
    section->addRow(tr("Vote &rule"), m_rule,
        tr("Mean: the copies' probabilities are averaged. Majority: each copy has one vote."));
    m_includeOriginal->setToolTip(tr("Count the untouched image as one more view"));
    section->addWide(m_includeOriginal);
    m_problems = section->addProblemLine();

    connect(m_copies, &SliderSpin::valueChanged, this, [this](double copies) {
        edit([&](ExperimentConfig& c) { c.copies = static_cast<int>(std::lround(copies)); });
    });
    connect(m_rule, &QComboBox::currentIndexChanged, this, [this] {
        edit([&](ExperimentConfig& c) {
            c.vote.rule = static_cast<VoteRule>(m_rule->currentData().toInt());
        });
    });
    connect(m_includeOriginal, &QCheckBox::toggled, this,
        [this](bool on) { edit([&](ExperimentConfig& c) { c.vote.includeOriginal = on; }); });
    refresh();
}

void VotingPanel::show(const ExperimentConfig& config)
{
    m_copies->setValue(config.copies);
    m_rule->setCurrentIndex(m_rule->findData(static_cast<int>(config.vote.rule)));
    m_includeOriginal->setChecked(config.vote.includeOriginal);
}

void VotingPanel::showDerived(const ExperimentConfig&)
{
    showProblems(m_problems, {"copies", "vote", "include_original"});
}

} // namespace augury
