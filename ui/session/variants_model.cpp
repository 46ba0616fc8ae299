// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/variants_model.h"

#include "ui/session/look_document.h"
#include "ui/session/number_text.h"
#include "ui/session/plain_text.h"

#include <algorithm>
#include <numeric>

namespace augury {

namespace {

constexpr int s_linesInToolTip = 12; // the rest stands in Details

const LookVariant& tileAt(const ImageLook& look, int variant)
{
    return look.tiles[static_cast<std::size_t>(variant)];
}

int verdictOf(const ImageLook& look, const LookVariant& tile)
{
    if (tile.predicted < 0 || !look.isLabelled())
        return -1;
    return tile.right ? 1 : 0;
}

/// "copy 3: flip, +3.1°. Says cat 71.2 %, right."
QString describe(const ImageLook& look, const LookVariant& tile)
{
    const auto what =
        VariantsModel::tr("%1: %2.", "copies, how they are drawn").arg(tile.slotWords, tile.words);
    if (tile.predicted < 0)
        return what;
    const int verdict = verdictOf(look, tile);
    const auto says = verdict < 0 ? VariantsModel::tr("%1 Says %2 %3.")
        : verdict == 1            ? VariantsModel::tr("%1 Says %2 %3, right.")
                                  : VariantsModel::tr("%1 Says %2 %3, wrong.");
    return says.arg(what, look.className(tile.predicted), percentText(tile.probability, 1));
}

std::vector<int> rowsOf(const ImageLook* look)
{
    std::vector<int> rows;
    if (look == nullptr)
        return rows;
    for (std::size_t i = 0; i < look->tiles.size(); ++i) {
        if (look->tiles[i].votes > 0)
            rows.push_back(static_cast<int>(i));
    }
    return rows;
}

} // namespace

VariantsModel::VariantsModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void VariantsModel::setLook(std::shared_ptr<const ImageLook> look)
{
    auto rows = rowsOf(look.get());
    const bool sameImage = m_look && look && m_look->image == look->image;
    if (sameImage && rows == m_rows) {
        m_look = std::move(look);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_look = std::move(look);
    m_rows = std::move(rows);
    endResetModel();
}

void VariantsModel::setAsSeen(bool asSeen)
{
    if (asSeen == m_asSeen)
        return;
    m_asSeen = asSeen;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
}

int VariantsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int VariantsModel::rowOfVariant(int variant) const
{
    const auto at = std::ranges::lower_bound(m_rows, variant);
    return at != m_rows.end() && *at == variant ? static_cast<int>(at - m_rows.begin()) : -1;
}

QVariant VariantsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int variant = m_rows[static_cast<std::size_t>(index.row())];
    const auto& tile = tileAt(*m_look, variant);
    switch (role) {
    case Qt::DecorationRole:
        return m_asSeen ? tile.seen : tile.picture;
    case Qt::DisplayRole:
        return tile.words;
    case Qt::AccessibleTextRole:
        return describe(*m_look, tile);
    case Qt::ToolTipRole: {
        QStringList lines{
            tr("%1: %2", "copies, how they are drawn").arg(tile.slotWords, tile.words)};
        for (const auto& [name, value] :
            exactParameters(m_look->variants.variants[static_cast<std::size_t>(variant)].transform))
            lines << QStringLiteral("%1 %2").arg(name, value);
        if (const auto classes = probabilityLines(*m_look, variant, s_linesInToolTip);
            !classes.isEmpty())
            lines << classes;
        return plainToolTip(lines.join(QLatin1Char('\n')));
    }
    case VariantRole:
        return variant;
    case SlotsRole:
        return tile.copyWords;
    case VotesRole:
        return tile.votes;
    case ClassRole:
        return tile.predicted < 0 ? QString() : m_look->className(tile.predicted);
    case ProbabilityRole:
        return tile.probability;
    case VerdictRole:
        return verdictOf(*m_look, tile);
    default:
        return {};
    }
}

QString probabilityLines(const ImageLook& look, int variant, int most)
{
    if (!look.hasVotes() || variant < 0
        || static_cast<std::size_t>(variant) >= look.variants.variants.size())
        return {};
    const auto slot = look.variants.variants[static_cast<std::size_t>(variant)].slots.front();
    const auto p = look.variants.table.view(0, slot);
    std::vector<std::size_t> classes(p.size());
    std::iota(classes.begin(), classes.end(), std::size_t(0));
    std::ranges::stable_sort(classes, [&](auto a, auto b) { return p[a] > p[b]; });
    classes.resize(std::min(classes.size(), static_cast<std::size_t>(std::max(most, 0))));
    QStringList lines;
    for (const auto k : classes)
        lines << VariantsModel::tr("%1 %2", "class, probability")
                     .arg(look.className(static_cast<std::int32_t>(k)),
                         percentText(static_cast<double>(p[k]), 1));
    return lines.join(QLatin1Char('\n'));
}

} // namespace augury
