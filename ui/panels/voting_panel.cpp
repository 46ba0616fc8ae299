// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/voting_panel.h"

#include "ui/panels/rule_words.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/section.h"
#include "ui/widgets/slider_spin.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {
constexpr int s_sliderCopies = 100; ///< as far as the slider goes; the box goes on
}

VotingPanel::VotingPanel(Settings& settings, QWidget* parent)
    : SettingsPanel(settings, parent)
    , m_section(new Section(tr("Copies and voting"), this))
    , m_copies(new SliderSpin({1, s_sliderCopies, 1, 0, {}, 1000}, tr("Copies"), this))
    , m_rule(new QComboBox(this))
    , m_temperature(new SliderSpin({0.05, 2, 0.05, 2, {}, 20}, tr("Temperature"), this))
    , m_gamma(new SliderSpin({0, 5, 0.1, 2, {}, 50}, tr("Gamma"), this))
    , m_includeOriginal(new QCheckBox(tr("The &original votes too"), this))
    , m_blend(new SliderSpin({0, 1, 0.05, 2}, tr("Blend"), this))
    , m_seed(new QDoubleSpinBox(this))
    , m_drawAgain(new QToolButton(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_section);
    m_section->addRow(tr("&Copies"), m_copies, {}, m_copies->spinBox());
    addRules();
    m_section->addRow(tr("Vote &rule"), m_rule,
        tr("How the copies' predictions become one. Mean: their probabilities are averaged. "
           "Majority: each copy has one vote."));
    m_section->addRow(tr("&Temperature T"), m_temperature,
        tr("Each probability to the power 1/T before the mean: below 1, confident copies count "
           "more; 1 is the plain mean"),
        m_temperature->spinBox());
    m_section->addRow(tr("&Gamma γ"), m_gamma,
        tr("A copy counts as its highest probability to the power γ: 0 counts all alike, more "
           "favours confident copies"),
        m_gamma->spinBox());
    buildOriginal();
    buildSeed();
    m_problems = m_section->addProblemLine();
    connectFields();
    refresh();
}

void VotingPanel::buildOriginal()
{
    m_section->addWide(m_includeOriginal);
    m_section->addRow(tr("&Blend β"), m_blend, {}, m_blend->spinBox());
}

void VotingPanel::buildSeed()
{
    // A seed has 32 bits, one more than a QSpinBox can count.
    m_seed->setDecimals(0);
    m_seed->setRange(0, 4294967295.0);
    m_seed->setAccessibleName(tr("Seed"));
    m_drawAgain->setIcon(themedIcon(QStringLiteral("new_seed"), palette()));
    m_drawAgain->setAccessibleName(tr("Draw again"));
    m_drawAgain->setToolTip(tr("Draw again: another seed, so other random copies"));
    m_drawAgain->setFocusPolicy(Qt::StrongFocus);
    auto* seed = new QWidget(this);
    auto* row = new QHBoxLayout(seed);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_seed, 1);
    row->addWidget(m_drawAgain);
    m_section->addRow(tr("&Seed"), seed,
        tr("Decides every random number: the network's first weights, the order of the training "
           "images and what each copy is drawn with. The same seed, data and settings give the "
           "same result."),
        m_seed);
}

void VotingPanel::connectFields()
{
    const auto number = [this](SliderSpin* field, double VoteOptions::*option) {
        connect(field, &SliderSpin::valueChanged, this, [this, option](double value) {
            edit([&](ExperimentConfig& c) { c.vote.*option = value; });
        });
    };
    connect(m_copies, &SliderSpin::valueChanged, this, [this](double copies) {
        edit([&](ExperimentConfig& c) { c.copies = static_cast<int>(std::lround(copies)); });
    });
    connect(m_rule, &QComboBox::currentIndexChanged, this, [this] {
        edit([&](ExperimentConfig& c) {
            c.vote.rule = static_cast<VoteRule>(m_rule->currentData().toInt());
        });
    });
    number(m_temperature, &VoteOptions::temperature);
    number(m_gamma, &VoteOptions::gamma);
    connect(m_includeOriginal, &QCheckBox::toggled, this,
        [this](bool on) { edit([&](ExperimentConfig& c) { c.vote.includeOriginal = on; }); });
    number(m_blend, &VoteOptions::blend);
    connect(m_seed, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        edit([&](ExperimentConfig& c) { c.training.seed = static_cast<std::uint64_t>(value); });
    });
    connect(m_drawAgain, &QToolButton::clicked, &settings(), &Settings::drawAgain);
}

void VotingPanel::addRules()
{
    for (const auto& words : ruleWords()) {
        m_rule->addItem(words.name, static_cast<int>(words.rule));
        m_rule->setItemData(m_rule->count() - 1, words.help, Qt::ToolTipRole);
    }
}

void VotingPanel::show(const ExperimentConfig& config)
{
    // There are no more copies than fixed views.
    const int most = std::clamp(mostCopies(config.policy), 1, 1000);
    m_copies->spinBox()->setMaximum(most);
    m_copies->slider()->setMaximum(std::min(most, s_sliderCopies) - 1); // ticks from 0
    m_copies->setValue(config.copies);

    const int rule = static_cast<int>(config.vote.rule);
    if (m_rule->findData(rule) < 0) // of a file, or found by tuning
        m_rule->addItem(ruleName(config.vote.rule), rule);
    m_rule->setCurrentIndex(m_rule->findData(rule));
    m_temperature->setValue(config.vote.temperature);
    m_gamma->setValue(config.vote.gamma);
    m_includeOriginal->setChecked(config.vote.includeOriginal);
    m_blend->setValue(config.vote.blend);
    m_seed->setValue(static_cast<double>(config.training.seed));
}

/// The original votes in one way or in the other. Where a file has both, both can be changed.
void VotingPanel::showOriginal(const VoteOptions& vote)
{
    const bool blends = vote.blend > 0;
    m_blend->setEnabled(blends || !vote.includeOriginal);
    m_blend->setToolTip(m_blend->isEnabled()
            ? tr("How much the untouched image decides: 0 leaves it to the copies, 1 to the image "
                 "alone; 0.25 is common")
            : tr("Off while the original votes as one more view: it would count twice"));
    m_includeOriginal->setEnabled(vote.includeOriginal || !blends);
    m_includeOriginal->setToolTip(m_includeOriginal->isEnabled()
            ? tr("Count the untouched image as one more view")
            : tr("Off while the original is blended in: it would count twice. Set the blend to 0 "
                 "first."));
}

void VotingPanel::showDerived(const ExperimentConfig& config)
{
    m_copies->setToolTip(config.policy.views
            ? tr("How many of the fixed views vote, from the first on")
            : tr("How many augmented copies of each test image vote"));
    m_section->setRowVisible(m_temperature, config.vote.rule == VoteRule::SharpenedMean);
    m_section->setRowVisible(m_gamma, config.vote.rule == VoteRule::ConfidenceWeighted);
    showOriginal(config.vote);
    showProblems(m_problems,
        {"copies", "vote", "temperature", "gamma", "include_original", "blend", "weights", "seed"});
}

void VotingPanel::changeEvent(QEvent* event)
{
    SettingsPanel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_drawAgain->setIcon(themedIcon(QStringLiteral("new_seed"), palette()));
}

} // namespace augury
