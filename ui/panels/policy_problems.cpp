// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/policy_problems.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace augury {

namespace {

constexpr const char* s_context = "augury::PolicyProblems";

/// Where the control's name is not the field's own with spaces.
constexpr std::pair<const char*, const char*> s_names[] = {
    {"rotate90", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Quarter turns")},
    {"noise_std", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Noise σ")},
    {"blur_sigma", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Blur σ")},
    {"views", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Fixed views")},
    {"views.quarter_turns", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Quarter turns")},
    {"views.scales", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Zoom factors")},
    {"views.crops", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Crops")},
    {"views.crop_fraction", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Crop size")},
    {"views.brightness", QT_TRANSLATE_NOOP("augury::PolicyProblems", "Brightness factors")},
};

QString nameOf(const std::string& field)
{
    const auto* found =
        std::ranges::find_if(s_names, [&field](const auto& entry) { return field == entry.first; });
    if (found != std::end(s_names))
        return QCoreApplication::translate(s_context, found->second);
    auto name = QString::fromStdString(field);
    name.replace(QLatin1Char('_'), QLatin1Char(' '));
    name[0] = name[0].toUpper();
    return name;
}

} // namespace

QString policyProblems(const AugmentPolicy& policy, const std::optional<Shape>& shape)
{
    auto problems = policy.validate();
    if (shape) {
        const auto unfit = policy.validateFor(*shape);
        problems.insert(problems.end(), unfit.begin(), unfit.end());
    }
    QStringList lines;
    for (const auto& problem : problems)
        lines << QStringLiteral("%1: %2.").arg(
            nameOf(problem.field), QString::fromStdString(problem.message));
    return lines.join(QLatin1Char('\n'));
}

} // namespace augury
