// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/vote_fields.h"

#include "ui/panels/rule_words.h"
#include "ui/widgets/wrap_row.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalBlocker>

namespace augury {

VoteFields::VoteFields(Offer offer, QWidget* parent)
    : QWidget(parent)
    , m_rule(new QComboBox(this))
    , m_original(new QComboBox(this))
    , m_blend(new QDoubleSpinBox(this))
{
    m_rule->setAccessibleName(tr("Vote rule"));
    for (const auto& words : ruleWords()) {
        m_rule->addItem(words.name, static_cast<int>(words.rule));
        m_rule->setItemData(m_rule->count() - 1, words.help, Qt::ToolTipRole);
    }
    m_rule->setVisible(offer == Offer::All);
    m_original->setAccessibleName(tr("The original's part"));
    m_original->setToolTip(tr("Whether the untouched image takes part in the vote"));
    m_original->addItem(tr("without the original"), None);
    m_original->addItem(tr("the original votes too"), Included);
    if (offer == Offer::All)
        m_original->addItem(tr("blended with the original"), Blended);
    m_blend->setAccessibleName(tr("Blend"));
    m_blend->setPrefix(tr("β "));
    m_blend->setToolTip(tr("How much of the score is the original's own: 0.25 is usual"));
    m_blend->setRange(0.01, 1);
    m_blend->setSingleStep(0.05);
    m_blend->setDecimals(2);
    m_blend->setValue(0.25);
    auto* row = new WrapRow(6);
    for (auto* widget : std::initializer_list<QWidget*>{m_rule, m_original, m_blend})
        row->addWidget(widget);
    setLayout(row);
    showBlend();
    connect(m_rule, &QComboBox::currentIndexChanged, this, &VoteFields::edited);
    connect(m_original, &QComboBox::currentIndexChanged, this, [this] {
        showBlend();
        Q_EMIT edited();
    });
    connect(m_blend, &QDoubleSpinBox::valueChanged, this, &VoteFields::edited);
}

void VoteFields::showBlend()
{
    m_blend->setVisible(m_original->currentData().toInt() == Blended);
}

VoteOptions VoteFields::vote() const
{
    auto vote = m_vote;
    const int original = m_original->currentData().toInt();
    vote.rule = static_cast<VoteRule>(m_rule->currentData().toInt());
    vote.includeOriginal = original == Included;
    vote.blend = original == Blended ? m_blend->value() : 0;
    return vote;
}

void VoteFields::setVote(const VoteOptions& vote)
{
    const QSignalBlocker quietRule(m_rule);
    const QSignalBlocker quietOriginal(m_original);
    const QSignalBlocker quietBlend(m_blend);
    m_vote = vote;
    m_rule->setCurrentIndex(std::max(0, m_rule->findData(static_cast<int>(vote.rule))));
    const int original = vote.includeOriginal ? Included : vote.blend > 0 ? Blended : None;
    m_original->setCurrentIndex(std::max(0, m_original->findData(original)));
    if (vote.blend > 0)
        m_blend->setValue(vote.blend);
    showBlend();
}

} // namespace augury
