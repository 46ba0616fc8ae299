// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/policy_caution.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace augury {

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("augury::PolicyCaution", text);
}
} // namespace

QString policyCaution(const AugmentPolicy& policy)
{
    // A list of views leaves the random fields unused.
    const auto views = policy.views;
    const auto lists = [&views](bool Transform::*field) {
        return std::ranges::any_of(views->list, [field](const auto& v) { return v.*field; });
    };
    const bool mirrors =
        views ? views->horizontalFlip || lists(&Transform::horizontalFlip) : policy.horizontalFlip;
    const bool flips =
        views ? views->verticalFlip || lists(&Transform::verticalFlip) : policy.verticalFlip;
    const bool turns = views ? views->quarterTurns || lists(&Transform::quarterTurn)
                             : policy.rotate90 || policy.rotationRange > 90;
    QStringList sentences;
    if (mirrors)
        sentences << tr("Makes no sense where left and right differ, as in letters, digits and "
                        "road signs.");
    if (flips || turns)
        sentences << tr("Makes no sense where up and down differ: half a turn or a vertical flip "
                        "turns a 6 into a 9 and a photograph upside down.");
    if (views && views->crops != CropViews::Keep)
        sentences << tr("Makes no sense where what matters may lie at the edge, nor for a model "
                        "that never saw its objects this large.");
    if (views && views->scales.size() > 1)
        sentences << tr("Makes no sense where size tells the classes apart.");
    return sentences.join(QLatin1Char(' '));
}

} // namespace augury
