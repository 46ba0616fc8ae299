// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <QString>

#include <vector>

namespace augury {

/// A vote rule for people.
struct RuleWords {
    VoteRule rule = VoteRule::Mean;
    QString name;
    QString help;
};

/// Those that can be chosen: all but the learned weights, which are fitted on validation images
/// first. The usual ones come first.
const std::vector<RuleWords>& ruleWords();

/// Its name, of a learned one, too.
QString ruleName(VoteRule rule);

} // namespace augury
