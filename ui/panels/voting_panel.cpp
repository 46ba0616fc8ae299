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
    addRules();
    section->addRow(tr("Vote &rule"), m_rule,
        tr("How the copies' predictions become one. Mean: their probabilities are averaged. "
           "Majority: each copy has one vote."));
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

/// All but the learned weights, which need a list of fixed views.
void VotingPanel::addRules()
{
    const auto add = [this](VoteRule rule, const QString& name, const QString& help) {
        m_rule->addItem(name, static_cast<int>(rule));
        m_rule->setItemData(m_rule->count() - 1, help, Qt::ToolTipRole);
    };
    add(VoteRule::Mean, tr("Mean probability"), tr("Soft voting: probabilities are averaged"));
    add(VoteRule::Majority, tr("Majority of views"), tr("Hard voting: each copy has one vote"));
    add(VoteRule::GeometricMean, tr("Geometric mean"),
        tr("Averages logarithms: a class must convince every copy"));
    add(VoteRule::LogitMean, tr("Mean logit"),
        tr("Averages what the network gives before softmax"));
    add(VoteRule::HarmonicMean, tr("Harmonic mean"), tr("Stricter still than the geometric mean"));
    add(VoteRule::Max, tr("Maximum"), tr("The most confident copy speaks for each class"));
    add(VoteRule::Min, tr("Minimum"), tr("The most doubtful copy speaks for each class"));
    add(VoteRule::Rank, tr("Rank (Borda)"), tr("Each copy ranks the classes; ranks are added"));
    add(VoteRule::SharpenedMean, tr("Sharpened mean"),
        tr("Probabilities are squared first, so confident copies count more"));
    add(VoteRule::ConfidenceWeighted, tr("Weighted by confidence"),
        tr("A copy counts as much as its highest probability"));
    add(VoteRule::EntropyWeighted, tr("Weighted by certainty"),
        tr("A copy counts the more, the lower the entropy of its prediction"));
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
