// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;

namespace augury {

/// How votes are merged, in one line: the rule, and how the original takes part.
class VoteFields : public QWidget {
    Q_OBJECT

public:
    enum class Offer { All, OriginalOnly };

    explicit VoteFields(Offer offer, QWidget* parent = nullptr);

    VoteOptions vote() const;
    void setVote(const VoteOptions& vote); ///< without a signal

Q_SIGNALS:
    void edited(); ///< by the user

private:
    enum Original { None, Included, Blended };
    void showBlend();

    VoteOptions m_vote; ///< what is not shown of it
    QComboBox* m_rule;
    QComboBox* m_original;
    QDoubleSpinBox* m_blend;
};

} // namespace augury
