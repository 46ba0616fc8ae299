// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/repeat_choice.h"

#include "ui/session/number_text.h"

#include <QSignalBlocker>

#include <algorithm>
#include <vector>

namespace augury {

namespace {
constexpr int s_all = -1;
}

RepeatChoice::RepeatChoice(QWidget* parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Which repeats"));
    setToolTip(tr("The images of every repeat, added up, or those of one repeat"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(this, &QComboBox::activated, this, [this] {
        const int index = currentData().toInt();
        Q_EMIT chosen(index == s_all ? std::nullopt : std::optional(index));
    });
}

void RepeatChoice::setRepeats(std::span<const RepeatResult> repeats, std::optional<int> chosen)
{
    const QSignalBlocker quiet(this);
    std::vector<int> wanted;
    for (const auto& repeat : repeats)
        wanted.push_back(repeat.index);
    std::ranges::sort(wanted);
    wanted.insert(wanted.begin(), s_all);
    while (count() > static_cast<int>(wanted.size()))
        removeItem(count() - 1);
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        const int index = wanted[static_cast<std::size_t>(row)];
        const auto text = index == s_all ? countText(static_cast<qint64>(repeats.size()),
                              tr("The only repeat"), tr("All %1 repeats, summed"))
                                         : tr("Repeat %1").arg(index + 1);
        if (row == count())
            addItem(text, index);
        else if (itemData(row).toInt() != index || itemText(row) != text) {
            setItemText(row, text);
            setItemData(row, index);
        }
    }
    setCurrentIndex(std::max(0, findData(chosen.value_or(s_all))));
    setEnabled(repeats.size() > 1);
}

} // namespace augury
