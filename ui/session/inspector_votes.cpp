// SPDX-License-Identifier: GPL-3.0-or-later
// The Inspector's whole split: how the votes in hand stand to the settings, and what they say.
#include "ui/session/inspector.h"

#include <algorithm>

namespace augury {

namespace {

/// Fixed views are the same for every seed.
bool sameDraws(const VoteTable& table, const ExperimentConfig& config)
{
    return table.seed == config.training.seed || config.policy.views;
}

} // namespace

bool Inspector::canEvaluate() const
{
    const bool fits = m_kind == SplitKind::Own || m_session.modelFitsData();
    return m_split.size() > 0 && m_session.model() && fits && !m_session.isBusy()
        && m_session.settings().problems().empty();
}

void Inspector::evaluate(Session::Keep keep)
{
    m_session.evaluate(m_kind, keep);
}

Inspector::Votes Inspector::votes() const
{
    const auto evaluation = m_session.evaluation(m_kind);
    if (!evaluation)
        return Votes::None;
    const auto& config = m_session.settings().config();
    const auto& table = *evaluation->table;
    if (evaluation->split != m_split || table.policy != config.policy || !sameDraws(table, config))
        return Votes::Outdated;
    return table.copies < config.copies ? Votes::Short : Votes::Current;
}

QString Inspector::votesNote() const
{
    if (!m_tallyError.isEmpty())
        return m_tallyError;
    const auto evaluation = m_session.evaluation(m_kind);
    switch (votes()) {
    case Votes::None:
    case Votes::Current:
        return {};
    case Votes::Short:
        return tr("These are the votes of %1 copies; evaluate to add the other %2.")
            .arg(evaluation->table->copies)
            .arg(m_session.settings().config().copies - evaluation->table->copies);
    case Votes::Outdated:
        break;
    }
    const auto& config = m_session.settings().config();
    QStringList changed;
    if (evaluation->split != m_split)
        changed << tr("the images");
    if (evaluation->table->policy != config.policy)
        changed << tr("the augmentation");
    if (!sameDraws(*evaluation->table, config))
        changed << tr("the seed");
    const auto what = changed.size() == 1
        ? changed.front()
        : tr("%1 and %2")
              .arg(changed.mid(0, changed.size() - 1).join(QStringLiteral(", ")), changed.back());
    return tr("These figures are from before %1 changed: evaluate again.").arg(what);
}

void Inspector::refreshTally()
{
    const auto evaluation = m_session.evaluation(m_kind);
    if (m_tally && m_tally->evaluation->split != m_split)
        m_tally.reset();
    if (!evaluation || evaluation->split != m_split) {
        m_wantedTally.reset();
        m_tally.reset();
        m_tallyError.clear();
        return;
    }
    const auto& config = m_session.settings().config();
    // The old augmentation under a new vote rule would be figures that nobody asked for: what is
    // outdated stays as it was.
    const bool has = m_tally && m_tally->evaluation == evaluation;
    if (!m_session.settings().problems().empty() || (has && votes() == Votes::Outdated))
        return;
    auto next = std::make_shared<Tally>();
    next->evaluation = evaluation;
    const auto& wanted = votes() == Votes::Outdated ? evaluation->config : config;
    next->copies = std::min(wanted.copies, evaluation->table->copies);
    next->vote = wanted.vote;
    if (m_wantedTally && m_wantedTally->evaluation == next->evaluation
        && m_wantedTally->copies == next->copies && m_wantedTally->vote == next->vote)
        return;
    m_wantedTally = next;
    m_tallies.start({tr("Counting votes"),
        [this, next](JobContext&) -> std::function<void()> {
            auto counted = std::make_shared<const Tally>(
                augury::tally(next->evaluation, next->copies, next->vote));
            return [this, next, counted] {
                if (!m_wantedTally || m_wantedTally->evaluation != next->evaluation)
                    return;
                m_tally = counted;
                m_tallyError.clear();
                Q_EMIT votesChanged();
            };
        },
        [this, next](JobEnd end, const QString& message) {
            if (end != JobEnd::Failed || m_wantedTally != next)
                return;
            m_tallyError = message;
            Q_EMIT votesChanged();
        }});
}

} // namespace augury
