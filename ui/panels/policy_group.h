// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "ui/widgets/fold_group.h"

#include <functional>
#include <vector>

class QCheckBox;

namespace augury {

class AugmentRow;
class RangeRow;

/// Some of a policy's random fields, a row each. The group opens by itself when settings arrive
/// that have one of them on.
class PolicyGroup : public FoldGroup {
    Q_OBJECT

public:
    using Change = std::function<void(AugmentPolicy&)>;

    /// Into the rows, without signals from them.
    void showPolicy(const AugmentPolicy& policy);
    int switchedOn() const { return m_on; } ///< how many of the fields shown last

Q_SIGNALS:
    void edited(const augury::PolicyGroup::Change& change); ///< by the user

protected:
    PolicyGroup(const QString& title, const QString& toolTip, QWidget* parent);

    // Each binds a row to its field, both ways.
    void bind(QCheckBox* box, bool AugmentPolicy::*field);
    void bindDetail(QCheckBox* box, bool AugmentPolicy::*field); ///< draws nothing by itself
    /// The row shows `unit` for 1.
    void bind(AugmentRow* row, double AugmentPolicy::*field, double unit = 1);
    void bind(RangeRow* row, Range AugmentPolicy::*field);

private:
    void count();

    std::vector<std::function<void(const AugmentPolicy&)>> m_shows;
    std::vector<std::function<bool()>> m_isOn;
    int m_on = 0;
};

} // namespace augury
