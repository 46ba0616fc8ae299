// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "ui/widgets/check_row.h"

#include <optional>
#include <vector>

namespace augury {

/// Which policies are tried: the presets, Setup's own, and what else a search of the history tried.
class PolicyChecks : public CheckRow {
    Q_OBJECT

public:
    enum class Offer { All, FixedViews, Sweep };

    explicit PolicyChecks(Offer offer, QWidget* parent = nullptr);

    std::vector<AugmentPolicy> policies() const; ///< those checked, each once
    void setPolicies(const std::vector<AugmentPolicy>& policies); ///< without a signal
    /// Fields are swept on top: then a policy of fixed views cannot be, and the fields alone can.
    void setSwept(bool swept);
    /// `shape`: of the images in hand. What does not fit it is not offered.
    void setSetup(const AugmentPolicy& policy, const std::optional<Shape>& shape);

private:
    struct Entry {
        AugmentPolicy policy;
        QString toolTip;
    };
    void addPolicy(const AugmentPolicy& policy, const QString& name, const QString& toolTip);
    QString obstacle(const AugmentPolicy& policy) const; ///< empty: it can be chosen
    void showFitting();

    Offer m_offer;
    std::vector<Entry> m_entries;
    std::size_t m_setup = 0; ///< Setup's place; those behind it are of a search
    std::optional<Shape> m_shape;
    bool m_swept = false;
};

} // namespace augury
