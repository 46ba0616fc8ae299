// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/images_model.h"

#include "core/tta/sentence.h"
#include "ui/session/number_text.h"
#include "ui/session/plain_text.h"

#include <algorithm>

namespace augury {

namespace {

bool sameImages(const Split& a, const Split& b)
{
    return a.images == b.images && a.indices == b.indices;
}

bool isOf(const Tally& tally, const Split& split)
{
    return tally.evaluation && sameImages(tally.evaluation->split, split)
        && tally.images.size() == split.size();
}

} // namespace

QString imageName(SplitKind kind, std::uint32_t index)
{
    // A name, not a quantity: no separators of thousands.
    const auto number = QString::number(index);
    switch (kind) {
    case SplitKind::Test:
        return ImagesModel::tr("Test image %1").arg(number);
    case SplitKind::Validation:
        return ImagesModel::tr("Validation image %1").arg(number);
    case SplitKind::Training:
        return ImagesModel::tr("Training image %1").arg(number);
    case SplitKind::Own:
        break;
    }
    return ImagesModel::tr("Image %1").arg(number);
}

ImagesModel::ImagesModel(Thumbnails& thumbnails, QObject* parent)
    : QAbstractListModel(parent)
    , m_thumbnails(thumbnails)
{
    connect(&m_thumbnails, &Thumbnails::ready, this, &ImagesModel::repaintPictures);
}

void ImagesModel::setImages(SplitKind kind, const Split& split,
    const std::vector<std::string>& classNames, const QStringList& names,
    std::shared_ptr<const Tally> tally)
{
    if (tally && !isOf(*tally, split))
        tally.reset();
    m_thumbnails.setSplit(split);
    auto rows = select(split, tally.get());
    const bool reset = kind != m_kind || !sameImages(split, m_split) || rows != m_rows;
    if (reset)
        beginResetModel();
    m_kind = kind;
    m_split = split;
    m_classNames = classNames;
    m_names = names;
    m_tally = std::move(tally);
    if (reset) {
        setRows(std::move(rows));
        endResetModel();
    } else if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

void ImagesModel::setQuery(const ImageQuery& query)
{
    m_query = query;
    auto rows = select(m_split, m_tally.get());
    if (rows == m_rows)
        return;
    beginResetModel();
    setRows(std::move(rows));
    endResetModel();
}

std::vector<std::uint32_t> ImagesModel::select(const Split& split, const Tally* tally) const
{
    return selectImages(
        split, tally ? std::span(tally->images) : std::span<const ImageOutcome>(), m_query);
}

void ImagesModel::setRows(std::vector<std::uint32_t> rows)
{
    m_rows = std::move(rows);
    m_rowOf.assign(m_split.size(), -1);
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        m_rowOf[m_rows[row]] = static_cast<std::int32_t>(row);
}

void ImagesModel::repaintPictures(const std::vector<std::uint32_t>& positions)
{
    int first = rowCount();
    int last = -1;
    for (const auto position : positions) {
        if (const int row = rowOf(position); row >= 0) {
            first = std::min(first, row);
            last = std::max(last, row);
        }
    }
    if (last >= 0)
        Q_EMIT dataChanged(index(first), index(last), {Qt::DecorationRole});
}

int ImagesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ImagesModel::rowOf(std::uint32_t position) const
{
    return position < m_rowOf.size() ? m_rowOf[position] : -1;
}

const ImageOutcome* ImagesModel::outcomeAt(std::uint32_t position) const
{
    return m_tally ? &m_tally->images[position] : nullptr;
}

QString ImagesModel::nameOf(std::uint32_t position) const
{
    if (static_cast<qsizetype>(position) < m_names.size())
        return m_names[static_cast<qsizetype>(position)];
    return position < m_split.size() ? imageName(m_kind, m_split.indices[position]) : QString();
}

QString ImagesModel::nameOfClass(std::int32_t k) const
{
    return QString::fromStdString(className(m_classNames, k));
}

QString ImagesModel::verdict(const ImageOutcome& outcome) const
{
    switch (kindOf(outcome)) {
    case OutcomeKind::Unknown:
        break;
    case OutcomeKind::BothRight:
        return tr("Both are right.");
    case OutcomeKind::Fixed:
        return tr("Fixed by TTA.");
    case OutcomeKind::Broken:
        return tr("Broken by TTA.");
    case OutcomeKind::BothWrong:
        return tr("Both are wrong.");
    }
    return outcome.changed() ? tr("TTA changes the answer.") : tr("TTA changes nothing.");
}

QStringList ImagesModel::sentences(std::uint32_t position) const
{
    const auto name = nameOf(position);
    if (position >= m_split.size())
        return {name};
    const auto label = m_split.label(position);
    QStringList parts{label < 0 ? tr("%1.", "an image without a label").arg(name)
                                : tr("%1, %2.", "image, its class").arg(name, nameOfClass(label))};
    if (const auto* outcome = outcomeAt(position)) {
        parts << tr("Original: %1 %2.", "class, probability")
                     .arg(nameOfClass(outcome->baseline.predicted),
                         percentText(outcome->baselineConfidence, 0));
        const auto merged =
            outcome->merged.tied ? tr("Merged, after a tie: %1 %2.") : tr("Merged: %1 %2.");
        parts << merged.arg(
            nameOfClass(outcome->merged.predicted), percentText(outcome->mergedConfidence, 0));
        parts << verdict(*outcome);
    }
    return parts;
}

QString ImagesModel::describe(std::uint32_t position) const
{
    return sentences(position).join(QLatin1Char(' '));
}

QVariant ImagesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto position = positionAt(index.row());
    const auto* outcome = outcomeAt(position);
    switch (role) {
    case Qt::DecorationRole:
        return m_thumbnails.picture(position);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return describe(position);
    case Qt::ToolTipRole:
        return plainToolTip(sentences(position).join(QLatin1Char('\n')));
    case PositionRole:
        return position;
    case OutcomeRole:
        return static_cast<int>(outcome ? kindOf(*outcome) : OutcomeKind::Unknown);
    case ChangedRole:
        return outcome != nullptr && outcome->changed();
    default:
        return {};
    }
}

} // namespace augury
