// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/trials_model.h"

#include "core/tune/judgement.h"
#include "ui/session/eta.h"
#include "ui/session/number_text.h"
#include "ui/views/tune/tune_shown.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

QString decimals(double value, int count)
{
    return std::isfinite(value) ? QLocale().toString(value, 'f', count) : QStringLiteral("–");
}

} // namespace

QString trialStateText(const Trial& trial, bool running)
{
    switch (trial.state) {
    case Trial::State::Finished:
        return TrialsModel::tr("finished");
    case Trial::State::Dropped:
        return TrialsModel::tr("dropped");
    case Trial::State::Waiting:
        break;
    }
    return running ? TrialsModel::tr("in work") : TrialsModel::tr("unfinished");
}

void TrialsModel::setSearch(const TuneShown& next)
{
    std::vector<Column> columns{Configuration, Lift, Accuracy, Cost, Fixed, Broken, Nll};
    if (next.run.spec.method == TuneMethod::Weights)
        columns.push_back(HeldOutNll);
    if (next.run.spec.method == TuneMethod::Greedy)
        columns.push_back(LogLikelihood);
    columns.insert(columns.end(), {Images, Seconds, State});
    const bool reset = columns != m_columns || next.trials.size() < m_trials.size();
    const auto before = static_cast<int>(m_trials.size());
    const auto after = static_cast<int>(next.trials.size());
    if (reset)
        beginResetModel();
    else if (after > before)
        beginInsertRows({}, before, after - 1);
    m_columns = std::move(columns);
    m_trials = next.trials;
    m_best = next.best;
    m_running = next.run.running;
    m_cheapest = next.judgement ? next.judgement->cheapest : -1;
    m_limit = next.costLimit.value_or(0);
    m_underLimit = -1;
    if (next.costLimit) {
        if (const auto place = bestUnder(m_trials, *next.costLimit))
            m_underLimit = m_trials[*place].index;
    }
    if (reset)
        endResetModel();
    else if (after > before)
        endInsertRows();
    if (!reset && before > 0)
        Q_EMIT dataChanged(index(0, 0), index(after - 1, columnCount() - 1));
}

int TrialsModel::sectionOf(Column column) const
{
    const auto found = std::ranges::find(m_columns, column);
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

int TrialsModel::rowOf(int trial) const
{
    const auto found = std::ranges::find(m_trials, trial, &Trial::index);
    return found == m_trials.end() ? -1 : static_cast<int>(found - m_trials.begin());
}

int TrialsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_trials.size());
}

int TrialsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

Interval TrialsModel::liftOf(const Trial& trial) const
{
    const auto& counts = trial.comparison;
    const std::tuple key(counts.images, counts.fixed, counts.broken);
    const auto found = m_intervals.find(key);
    return found != m_intervals.end() ? found->second
                                      : m_intervals.emplace(key, counts.liftCi95()).first->second;
}

QString TrialsModel::stateOf(const Trial& trial) const
{
    QStringList said;
    if (trial.index == m_best)
        said << (m_running ? tr("best so far") : tr("best"));
    if (trial.index == m_cheapest && trial.index != m_best)
        said << tr("cheapest as good");
    if (trial.index == m_underLimit)
        said << tr("best up to %1×").arg(QLocale().toString(m_limit, 'f', 1));
    if (trial.preferred)
        said << tr("preferred");
    if (said.isEmpty() || trial.state != Trial::State::Finished)
        said << trialStateText(trial, m_running);
    return said.join(QStringLiteral(", "));
}

QVariant TrialsModel::value(const Trial& trial, Column column) const
{
    const auto& figures = trial.comparison;
    switch (column) {
    case Configuration:
        return QString::fromStdString(describe(trial.configuration));
    case Images:
        return static_cast<qlonglong>(figures.images);
    case Accuracy:
        return figures.ttaAccuracy();
    case Lift:
        return figures.lift();
    case Fixed:
        return static_cast<qlonglong>(figures.fixed);
    case Broken:
        return static_cast<qlonglong>(figures.broken);
    case Nll:
        return trial.nll.mean(figures.images);
    case HeldOutNll:
        return trial.heldOutNll.value_or(std::nan(""));
    case LogLikelihood:
        return trial.logLikelihood.value_or(std::nan(""));
    case Cost:
        return figures.cost();
    case Seconds:
        return trial.seconds;
    case State:
        return stateOf(trial);
    }
    return {};
}

QString TrialsModel::shown(const Trial& trial, Column column) const
{
    const auto number = value(trial, column);
    switch (column) {
    case Configuration:
    case State:
        return number.toString();
    case Images:
    case Fixed:
    case Broken:
        return QLocale().toString(number.toLongLong());
    case Accuracy:
        return percentText(number.toDouble());
    case Lift: {
        const auto interval = liftOf(trial);
        return tr("%1 (%2 … %3)")
            .arg(
                pointsText(number.toDouble()), pointsText(interval.low), pointsText(interval.high));
    }
    case Nll:
    case HeldOutNll:
    case LogLikelihood:
        return decimals(number.toDouble(), 4);
    case Cost:
        return QStringLiteral("%1×").arg(decimals(number.toDouble(), 1));
    case Seconds:
        return tr("%1 s").arg(decimals(number.toDouble(), number.toDouble() < 10 ? 1 : 0));
    }
    return {};
}

QVariant TrialsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const auto& trial = m_trials[static_cast<std::size_t>(index.row())];
    const auto column = columnAt(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown(trial, column);
    case SortRole:
        return value(trial, column);
    case TrialRole:
        return trial.index;
    case RankRole:
        return trial.state == Trial::State::Finished ? 0 : 1;
    case Qt::TextAlignmentRole:
        return column == Configuration || column == State
            ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
            : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::FontRole:
        if (trial.index == m_best || trial.index == m_underLimit) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::ToolTipRole:
        return column == Configuration ? QVariant(shown(trial, column)) : QVariant();
    default:
        return {};
    }
}

QVariant TrialsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    struct Heading {
        QString text;
        QString help;
    };
    const auto heading = [this, section]() -> Heading {
        switch (columnAt(section)) {
        case Configuration:
            return {tr("configuration"), tr("Policy × copies, vote rule")};
        case Images:
            return {tr("images"), tr("Validation images that it was tried on")};
        case Accuracy:
            return {tr("accuracy"), tr("With TTA, on the validation images")};
        case Lift:
            return {tr("lift (95 %)"),
                tr("Accuracy above that of one look at each image, in points, with its interval")};
        case Fixed:
            return {tr("fixed"), tr("Images that were wrong and are right with TTA")};
        case Broken:
            return {tr("broken"), tr("Images that were right and are wrong with TTA")};
        case Nll:
            return {tr("NLL"),
                tr("Negative log-likelihood: how surprised the vote is by the true classes. Lower "
                   "is better.")};
        case HeldOutNll:
            return {tr("held-out NLL"), tr("On images that the weights were not fitted on")};
        case LogLikelihood:
            return {tr("log-likelihood"),
                tr("Calibrated, mean an image; what the greedy search makes high")};
        case Cost:
            return {tr("cost"), tr("Passes through the network an image; 1× is one look")};
        case Seconds:
            return {tr("time"), tr("What it would take alone, on these images")};
        case State:
            return {tr("state"), {}};
        }
        return {};
    }();
    if (role == Qt::DisplayRole)
        return heading.text;
    if (role == Qt::ToolTipRole)
        return heading.help;
    return {};
}

TrialsProxy::TrialsProxy(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(TrialsModel::SortRole);
}

bool TrialsProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const int a = left.data(TrialsModel::RankRole).toInt();
    const int b = right.data(TrialsModel::RankRole).toInt();
    if (a != b) // behind, whichever way it is sorted
        return sortOrder() == Qt::AscendingOrder ? a < b : a > b;
    const auto x = left.data(TrialsModel::SortRole);
    const auto y = right.data(TrialsModel::SortRole);
    if (x.typeId() == QMetaType::Double) {
        const double u = x.toDouble();
        const double v = y.toDouble();
        if (std::isnan(u) || std::isnan(v)) // unknown ones last, too
            return sortOrder() == Qt::AscendingOrder ? !std::isnan(u) && std::isnan(v)
                                                     : std::isnan(u) && !std::isnan(v);
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace augury
