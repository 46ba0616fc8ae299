// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/policy_checks.h"

#include "core/augment/presets.h"
#include "core/tune/configuration.h"
#include "ui/panels/preset_box.h"
#include "ui/session/plain_text.h"

#include <QCheckBox>

#include <algorithm>

namespace augury {

namespace {

constexpr int s_longest = 34;

QString shortened(const QString& text)
{
    return text.size() <= s_longest ? text
                                    : text.left(s_longest - 1).trimmed() + QStringLiteral("…");
}

QString helpOf(const Preset& preset)
{
    QStringList said{QString::fromStdString(preset.origin)};
    if (!preset.caution.empty())
        said << QString::fromStdString(preset.caution);
    return said.join(QLatin1Char('\n'));
}

} // namespace

PolicyChecks::PolicyChecks(Offer offer, QWidget* parent)
    : CheckRow(tr("Policies"), parent)
    , m_offer(offer)
{
    for (const auto& preset : presets()) {
        if (offer != Offer::FixedViews || preset.policy.views)
            addPolicy(preset.policy, presetTitle(preset), helpOf(preset));
    }
    if (offer == Offer::Sweep)
        addPolicy({}, tr("The fields alone"), tr("Nothing but the fields that are swept"));
    m_setup = m_entries.size();
    addPolicy({}, tr("As in Setup"), {});
    showFitting();
}

void PolicyChecks::addPolicy(
    const AugmentPolicy& policy, const QString& name, const QString& toolTip)
{
    m_entries.push_back({policy, toolTip});
    add(name, plainToolTip(toolTip));
}

std::vector<AugmentPolicy> PolicyChecks::policies() const
{
    std::vector<AugmentPolicy> found;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (isChecked(i) && box(i)->isEnabled()
            && std::ranges::find(found, m_entries[i].policy) == found.end())
            found.push_back(m_entries[i].policy);
    }
    return found;
}

void PolicyChecks::setPolicies(const std::vector<AugmentPolicy>& policies)
{
    m_entries.resize(m_setup + 1);
    removeFrom(m_setup + 1);
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        setChecked(i, false);
    for (const auto& policy : policies) {
        const auto found = std::ranges::find(m_entries, policy, &Entry::policy);
        const auto place = static_cast<std::size_t>(found - m_entries.begin());
        if (place == m_entries.size()) {
            const auto words = QString::fromStdString(describe(policy));
            addPolicy(policy, shortened(QString::fromStdString(shortName(policy))), words);
        }
        setChecked(place, true);
    }
    showFitting();
}

void PolicyChecks::setSetup(const AugmentPolicy& policy, const std::optional<Shape>& shape)
{
    m_shape = shape;
    m_entries[m_setup].policy = policy;
    m_entries[m_setup].toolTip = tr("What the Setup panel draws copies with: %1")
                                     .arg(QString::fromStdString(describe(policy)));
    box(m_setup)->setText(
        tr("As in Setup (%1)").arg(shortened(QString::fromStdString(shortName(policy)))));
    showFitting();
}

void PolicyChecks::setSwept(bool swept)
{
    if (swept == m_swept)
        return;
    m_swept = swept;
    showFitting();
    if (m_offer == Offer::Sweep && swept && policies().empty()) {
        const auto alone =
            std::ranges::find(m_entries, AugmentPolicy(), &Entry::policy) - m_entries.begin();
        setChecked(static_cast<std::size_t>(alone), true);
    }
}

QString PolicyChecks::obstacle(const AugmentPolicy& policy) const
{
    if (m_offer == Offer::FixedViews && !policy.views)
        return tr("Setup draws random copies: there are no fixed views to weigh.");
    if (m_swept && policy.views)
        return tr("A fixed list of views has no strengths, so no field can be swept on it.");
    if (!m_swept && policy.isIdentity())
        return tr("It changes nothing: every copy would be the original.");
    if (m_shape) {
        if (const auto problems = policy.validateFor(*m_shape); !problems.empty())
            return tr("These images do not allow it: %1.")
                .arg(QString::fromStdString(problems.front().message));
    }
    return {};
}

void PolicyChecks::showFitting()
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const auto reason = obstacle(m_entries[i].policy);
        box(i)->setEnabled(reason.isEmpty());
        box(i)->setToolTip(plainToolTip(reason.isEmpty() ? m_entries[i].toolTip : reason));
    }
}

} // namespace augury
