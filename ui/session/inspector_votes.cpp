// SPDX-License-Identifier: GPL-3.0-or-later
// The Inspector's whole split: how the votes in hand stand to the settings, and what they say.
#include "ui/session/inspector.h"

#include <algorithm>

namespace augury {

bool Inspector::canEvaluate() const
{
    return m_split.size() > 0 && m_session.model() && !m_session.isBusy()
        && m_session.settings().problems().empty();
}

void Inspector::evaluate()
{
    m_session.evaluate(m_kind);
}

Inspector::Votes Inspector::votes() const
{
    const auto evaluation = m_session.evaluation(m_kind);
    if (!evaluation)
        return Votes::None;
    const auto& config = m_session.settings().config();
    const auto& table = *evaluation->table;
    if (evaluation->split != m_split || table.policy != config.policy
        || table.seed != config.training.seed)
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
    if (evaluation->table->seed != config.training.seed)
        changed << tr("the seed");
    const auto what = changed.size() == 1
        ? changed.front()
        : tr("%1 and %2")
              .arg(changed.mid(0, changed.size() - 1).join(QStringLiteral(", ")), changed.back());
    return tr("Marks and figures are from before %1 changed; evaluate to bring them up to date.")
        .arg(what);
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
    if (!m_session.settings().problems().empty())
        return;
    auto next = std::make_shared<Tally>();
    next->evaluation = evaluation;
    next->copies = std::min(config.copies, evaluation->table->copies);
    next->vote = config.vote;
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
