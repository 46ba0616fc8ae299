// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/preset_box.h"

#include <QSignalBlocker>
#include <QStandardItemModel>

#include <algorithm>
#include <utility>

namespace augury {

QString presetTitle(const Preset& preset)
{
    static const std::pair<const char*, const char*> names[] = {
        {"hflip", QT_TRANSLATE_NOOP("augury::PresetBox", "Image and mirror image")},
        {"d4", QT_TRANSLATE_NOOP("augury::PresetBox", "Eight symmetries (D4)")},
        {"five_crop", QT_TRANSLATE_NOOP("augury::PresetBox", "Five crops")},
        {"ten_crop", QT_TRANSLATE_NOOP("augury::PresetBox", "Ten crops")},
        {"multi_scale", QT_TRANSLATE_NOOP("augury::PresetBox", "Several scales")},
        {"tutorial", QT_TRANSLATE_NOOP("augury::PresetBox", "Tutorial: random flips")},
        {"gentle", QT_TRANSLATE_NOOP("augury::PresetBox", "Gentle")},
        {"keras_full", QT_TRANSLATE_NOOP("augury::PresetBox", "Everything Keras draws")},
    };
    const auto* found = std::ranges::find_if(
        names, [&preset](const auto& entry) { return preset.name == entry.first; });
    return found == std::end(names) ? QString::fromStdString(preset.name)
                                    : PresetBox::tr(found->second);
}

namespace {

/// As rich text, which tool tips break into lines.
QString helpOf(const Preset& preset)
{
    const auto paragraph = [](const std::string& text) {
        return QStringLiteral("<p>%1</p>").arg(QString::fromStdString(text).toHtmlEscaped());
    };
    return paragraph(preset.origin)
        + (preset.caution.empty() ? QString() : paragraph(preset.caution))
        + paragraph(PresetBox::tr("Choosing it sets the augmentations and the number of copies; "
                                  "vote rule, blend and seed stay as they are.")
                        .toStdString());
}

} // namespace

PresetBox::PresetBox(QWidget* parent)
    : QComboBox(parent)
{
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);
    const auto add = [this](const QString& text, const QString& help) {
        addItem(text);
        setItemData(count() - 1, help, Qt::ToolTipRole);
    };
    add(tr("Custom"), tr("What the controls below say, which is none of the presets"));
    if (auto* items = qobject_cast<QStandardItemModel*>(model()))
        items->item(0)->setEnabled(false); // shown, never chosen
    for (const auto& preset : presets())
        add(presetTitle(preset), helpOf(preset));
    connect(this, &QComboBox::currentIndexChanged, this, [this] {
        if (const auto* now = preset()) {
            Q_EMIT chosen(*now);
        } else { // no settings of its own to choose
            const QSignalBlocker quiet(this);
            setCurrentIndex(m_match);
        }
    });
}

const Preset* PresetBox::preset() const
{
    const auto all = presets();
    return currentIndex() > 0 ? &all[static_cast<std::size_t>(currentIndex() - 1)] : nullptr;
}

void PresetBox::showMatch(const AugmentPolicy& policy, int copies)
{
    const auto all = presets();
    const auto match = std::ranges::find_if(all,
        [&](const Preset& preset) { return preset.policy == policy && preset.copies == copies; });
    const QSignalBlocker quiet(this);
    m_match = match == all.end() ? 0 : static_cast<int>(match - all.begin()) + 1;
    setCurrentIndex(m_match);
    setToolTip(preset() ? helpOf(*preset())
                        : tr("Ready-made augmentations: choosing one sets the augmentations and "
                             "the number of copies; vote rule, blend and seed stay as they are"));
}

} // namespace augury
