// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/probabilities_model.h"

#include "ui/session/plain_text.h"

#include <QFont>
#include <QLocale>

namespace augury {

namespace {

template <typename T> T at(const std::vector<T>& values, int k)
{
    return values[static_cast<std::size_t>(k)];
}

bool hasTile(const ImageLook* look, int variant)
{
    return look != nullptr && look->hasVotes() && variant >= 0
        && static_cast<std::size_t>(variant) < look->tiles.size();
}

} // namespace

ProbabilitiesModel::ProbabilitiesModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ProbabilitiesModel::setLook(std::shared_ptr<const ImageLook> look, int variant)
{
    if (!hasTile(look.get(), variant))
        variant = -1;
    const int classes = look ? look->classes() : 0;
    const bool sameSize = classes == rowCount() && (variant >= 0) == (m_variant >= 0);
    if (!sameSize)
        beginResetModel();
    m_look = std::move(look);
    m_variant = variant;
    if (!sameSize) {
        endResetModel();
    } else if (classes > 0) {
        Q_EMIT dataChanged(index(0, 0), index(classes - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

int ProbabilitiesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_look ? 0 : m_look->classes();
}

int ProbabilitiesModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return m_variant >= 0 ? ColumnCount : ColumnCount - 1;
}

QVariant ProbabilitiesModel::number(int k, int column) const
{
    switch (column) {
    case Class:
        return k;
    case Baseline:
        return at(m_look->baseline, k);
    case Merged:
        return at(m_look->vote.scores, k);
    case Copies:
        return at(m_look->vote.counts, k);
    case Deviation:
        return at(m_look->deviation, k);
    case Chosen: {
        const auto& slotsOf = m_look->variants.variants[static_cast<std::size_t>(m_variant)].slots;
        const auto view = m_look->variants.table.view(0, slotsOf.front());
        return static_cast<double>(view[static_cast<std::size_t>(k)]);
    }
    default:
        return {};
    }
}

QString ProbabilitiesModel::text(int k, int column) const
{
    switch (column) {
    case Class:
        return m_look->className(k);
    case Copies:
        return QLocale().toString(at(m_look->vote.counts, k));
    default:
        return QLocale().toString(number(k, column).toDouble() * 100, 'f', 1);
    }
}

QString ProbabilitiesModel::marks(int k) const
{
    QString words;
    if (k == m_look->label)
        words += tr(", true class");
    if (k == m_look->vote.merged.predicted)
        words += m_look->vote.merged.tied ? tr(", merged vote after a tie") : tr(", merged vote");
    return words;
}

QVariant ProbabilitiesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int k = index.row();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return column == Class && k == m_look->label
            ? tr("✓ %1", "the true class").arg(m_look->className(k))
            : text(k, column);
    case SortRole:
        return number(k, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((column == Class ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    case Qt::FontRole:
        if (k == m_look->vote.merged.predicted) {
            QFont bold;
            bold.setBold(true);
            return bold;
        }
        return {};
    case Qt::AccessibleTextRole:
        return column == Class
            ? m_look->className(k) + marks(k)
            : tr("%1, %2: %3", "class, column, value")
                  .arg(m_look->className(k) + marks(k),
                      headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                      column == Copies ? text(k, column) : tr("%1 %").arg(text(k, column)));
    case Qt::ToolTipRole:
        if (column == Class && !marks(k).isEmpty())
            return plainToolTip(m_look->className(k) + marks(k));
        return {};
    default:
        return {};
    }
}

QVariant ProbabilitiesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Class ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    struct Heading {
        QString title;
        QString toolTip;
    };
    const auto chosen =
        m_variant >= 0 ? m_look->tiles[static_cast<std::size_t>(m_variant)].slotWords : QString();
    const Heading headings[ColumnCount] = {
        {tr("Class"), tr("✓ marks the true class; the merged vote is bold")},
        {tr("Orig."), tr("Probability that the model gives the untouched image, in %")},
        {tr("Merged"), tr("Score after the vote of the copies, in %")},
        {tr("Votes"), tr("How many copies say this class")},
        {tr("±"),
            tr("Standard deviation of the probability over the views that vote, in points: how "
               "much "
               "they disagree")},
        {tr("This"), tr("Probability that the model gives the chosen view (%1), in %").arg(chosen)},
    };
    const auto& heading = headings[section];
    if (role == Qt::DisplayRole)
        return heading.title;
    if (role == Qt::ToolTipRole)
        return heading.toolTip;
    return {};
}

} // namespace augury
