// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/runs_model.h"

#include "core/store/run_documents.h"
#include "ui/session/eta.h"
#include "ui/session/number_text.h"
#include "ui/session/plain_text.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace augury {

namespace {

/// What a row shows of a run, to be compared.
auto shown(const RunInfo& run)
{
    const auto low = run.liftCi95 ? std::optional(run.liftCi95->low) : std::nullopt;
    const auto high = run.liftCi95 ? std::optional(run.liftCi95->high) : std::nullopt;
    return std::tuple(run.id, run.kind, run.name, run.title, run.note, run.tags, run.status,
        run.started, run.finished, run.seconds, run.repeatsDone, run.repeatsWanted, run.data,
        run.policy, run.vote, run.copies, run.seed, run.baseline, run.tta, run.lift, low, high,
        run.fixed, run.broken);
}

QDateTime dateOf(const std::string& text)
{
    return QDateTime::fromString(QString::fromStdString(text), Qt::ISODate);
}

QString statusText(const RunInfo& run)
{
    const bool counted = run.repeatsWanted > 0;
    switch (run.status) {
    case RunStatus::Running:
        return counted
            ? RunsModel::tr("running %1 of %2").arg(run.repeatsDone).arg(run.repeatsWanted)
            : RunsModel::tr("running");
    case RunStatus::Finished:
        return RunsModel::tr("finished");
    case RunStatus::Stopped:
        break;
    }
    return counted ? RunsModel::tr("stopped %1 of %2").arg(run.repeatsDone).arg(run.repeatsWanted)
                   : RunsModel::tr("stopped");
}

QString kindText(const RunInfo& run)
{
    return run.kind == repeatKind ? RunsModel::tr("repeats")
        : run.kind == trainKind   ? RunsModel::tr("training")
        : run.kind == tuneKind    ? RunsModel::tr("search")
                                  : RunsModel::tr("evaluation");
}

QString tagsText(const RunInfo& run)
{
    QStringList tags;
    for (const auto& tag : run.tags)
        tags << QString::fromStdString(tag);
    return tags.join(QStringLiteral(", "));
}

bool hasVotes(const RunInfo& run)
{
    return run.kind != trainKind;
}

/// Of a search they are its trials.
bool hasRepeats(const RunInfo& run)
{
    return run.kind == repeatKind && run.repeatsWanted > 0;
}

/// The nearest minute; seconds would only be noise in a list.
QString dateText(const std::string& text)
{
    const auto date = dateOf(text);
    return date.isValid() ? QLocale().toString(date.toLocalTime(), QLocale::ShortFormat)
                          : QString();
}

QString timeText(double seconds)
{
    return seconds < 10 ? RunsModel::tr("%1 s").arg(QLocale().toString(seconds, 'f', 1))
                        : clockText(seconds);
}

QString cell(const RunInfo& run, int column)
{
    const QLocale locale;
    const auto percent = [](const std::optional<double>& value) {
        return value ? percentText(*value) : QString();
    };
    const auto count = [&](std::int64_t n) {
        return run.lift ? locale.toString(static_cast<qlonglong>(n)) : QString();
    };
    switch (column) {
    case RunsModel::Id:
        return QString::number(run.id);
    case RunsModel::Name:
        return RunsModel::nameOf(run);
    case RunsModel::Status:
        return statusText(run);
    case RunsModel::Data:
        return QString::fromStdString(run.data);
    case RunsModel::Policy:
        return hasVotes(run) ? QString::fromStdString(run.policy) : QString();
    case RunsModel::Copies:
        return hasVotes(run) ? QString::number(run.copies) : QString();
    case RunsModel::Vote:
        return hasVotes(run) ? QString::fromStdString(run.vote) : QString();
    case RunsModel::Baseline:
        return percent(run.baseline);
    case RunsModel::Tta:
        return percent(run.tta);
    case RunsModel::Lift:
        return run.lift ? pointsText(*run.lift) : QString();
    case RunsModel::Fixed:
        return count(run.fixed);
    case RunsModel::Broken:
        return count(run.broken);
    case RunsModel::Repeats:
        return hasRepeats(run) ? QString::number(run.repeatsDone) : QString();
    case RunsModel::Seconds:
        return run.seconds > 0 ? timeText(run.seconds) : QString();
    case RunsModel::Started:
        return dateText(run.started);
    case RunsModel::Tags:
        return tagsText(run);
    case RunsModel::Note:
        return QString::fromStdString(run.note);
    default:
        return {};
    }
}

QVariant sortKey(const RunInfo& run, int column)
{
    const auto number = [](const std::optional<double>& value) {
        return value ? QVariant(*value) : QVariant();
    };
    const auto count = [&](std::int64_t n) {
        return run.lift ? QVariant(static_cast<qlonglong>(n)) : QVariant();
    };
    switch (column) {
    case RunsModel::Id:
        return static_cast<qlonglong>(run.id);
    case RunsModel::Copies:
        return hasVotes(run) ? QVariant(run.copies) : QVariant();
    case RunsModel::Baseline:
        return number(run.baseline);
    case RunsModel::Tta:
        return number(run.tta);
    case RunsModel::Lift:
        return number(run.lift);
    case RunsModel::Fixed:
        return count(run.fixed);
    case RunsModel::Broken:
        return count(run.broken);
    case RunsModel::Repeats:
        return hasRepeats(run) ? QVariant(run.repeatsDone) : QVariant();
    case RunsModel::Seconds:
        return run.seconds > 0 ? QVariant(run.seconds) : QVariant();
    case RunsModel::Started:
        return dateOf(run.started);
    default: {
        const auto text = cell(run, column);
        return text.isEmpty() ? QVariant() : QVariant(text);
    }
    }
}

QString toolTip(const RunInfo& run, int column)
{
    switch (column) {
    case RunsModel::Lift:
        return run.liftCi95
            ? RunsModel::tr("95 % interval: %1 to %2 points")
                  .arg(pointsText(run.liftCi95->low), pointsText(run.liftCi95->high))
            : QString();
    case RunsModel::Started: {
        const auto ended = dateText(run.finished);
        const auto began = QLocale().toString(dateOf(run.started).toLocalTime());
        return ended.isEmpty() ? began : RunsModel::tr("%1; ended %2").arg(began, ended);
    }
    case RunsModel::Id:
    case RunsModel::Name:
        return RunsModel::tr("Run %1 (%2): %3")
            .arg(QString::number(run.id), kindText(run), QString::fromStdString(run.title));
    default:
        return cell(run, column); // it may be cut
    }
}

bool isEditable(int column)
{
    return column == RunsModel::Name || column == RunsModel::Tags || column == RunsModel::Note;
}

bool isNumber(int column)
{
    switch (column) {
    case RunsModel::Id:
    case RunsModel::Copies:
    case RunsModel::Baseline:
    case RunsModel::Tta:
    case RunsModel::Lift:
    case RunsModel::Fixed:
    case RunsModel::Broken:
    case RunsModel::Repeats:
    case RunsModel::Seconds:
        return true;
    default:
        return false;
    }
}

} // namespace

QString RunsModel::nameOf(const RunInfo& run)
{
    return QString::fromStdString(run.name.empty() ? run.title : run.name);
}

void RunsModel::setRuns(std::vector<RunInfo> runs)
{
    const auto isIn = [](const std::vector<RunInfo>& all, std::int64_t id) {
        const auto at = std::ranges::lower_bound(all, id, std::ranges::greater(), &RunInfo::id);
        return at != all.end() && at->id == id;
    };
    std::ranges::sort(runs, std::ranges::greater(), &RunInfo::id);
    for (int last = rowCount() - 1; last >= 0;) {
        if (isIn(runs, run(last).id)) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !isIn(runs, run(first - 1).id))
            --first;
        beginRemoveRows({}, first, last);
        m_runs.erase(m_runs.begin() + first, m_runs.begin() + last + 1);
        m_texts.erase(m_texts.begin() + first, m_texts.begin() + last + 1);
        endRemoveRows();
        last = first - 1;
    }
    // What is left is in `runs`, in the same order.
    for (std::size_t row = 0; row < runs.size(); ++row) {
        if (row < m_runs.size() && m_runs[row].id == runs[row].id) {
            if (shown(m_runs[row]) == shown(runs[row]))
                continue;
            m_runs[row] = runs[row];
            m_texts[row].clear();
            const auto changed = static_cast<int>(row);
            Q_EMIT dataChanged(index(changed, 0), index(changed, ColumnCount - 1));
            continue;
        }
        auto end = row + 1;
        while (end < runs.size() && (row >= m_runs.size() || runs[end].id != m_runs[row].id))
            ++end;
        beginInsertRows({}, static_cast<int>(row), static_cast<int>(end - 1));
        m_runs.insert(m_runs.begin() + static_cast<std::ptrdiff_t>(row),
            runs.begin() + static_cast<std::ptrdiff_t>(row),
            runs.begin() + static_cast<std::ptrdiff_t>(end));
        m_texts.insert(m_texts.begin() + static_cast<std::ptrdiff_t>(row), end - row, QString());
        endInsertRows();
        row = end - 1;
    }
}

const QString& RunsModel::searchText(int row) const
{
    auto& text = m_texts.at(static_cast<std::size_t>(row));
    if (text.isEmpty()) {
        const auto& info = run(row);
        QStringList parts{QString::fromStdString(info.title), kindText(info)};
        for (int column = 0; column < ColumnCount; ++column)
            parts << cell(info, column);
        text = parts.join(QLatin1Char('\n'));
    }
    return text;
}

std::optional<int> RunsModel::rowOf(std::int64_t id) const
{
    const auto at = std::ranges::find(m_runs, id, &RunInfo::id);
    if (at == m_runs.end())
        return {};
    return static_cast<int>(at - m_runs.begin());
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& info = run(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: // a title, too: a name is often made from it
        return cell(info, column);
    case SortRole:
        return sortKey(info, column);
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(info, column));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || !isEditable(index.column())
        || value == data(index, Qt::EditRole))
        return false;
    const auto id = run(index.row()).id;
    const auto text = value.toString();
    if (index.column() == Name)
        Q_EMIT nameEdited(id, text);
    else if (index.column() == Tags)
        Q_EMIT tagsEdited(id, text.split(QLatin1Char(','), Qt::SkipEmptyParts));
    else
        Q_EMIT noteEdited(id, text);
    return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    return index.isValid() && isEditable(index.column()) ? flags | Qt::ItemIsEditable : flags;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    struct Heading {
        QString title;
        QString toolTip;
    };
    const Heading headings[ColumnCount] = {
        {tr("Run"), tr("Its number in the history; the command line uses it too")},
        {tr("Name"), tr("Yours, or else what came out. F2 renames")},
        {tr("Status"), tr("A stopped run can be resumed")},
        {tr("Data"), tr("The data set")},
        {tr("Augmentation"), tr("What was drawn for the copies")},
        {tr("Copies"), tr("Augmented copies of each test image")},
        {tr("Vote"), tr("How the copies' predictions were merged")},
        {tr("Baseline"), tr("Share of test images right from one look each, mean of the repeats")},
        {tr("TTA"), tr("Share right when the augmented copies vote, mean of the repeats")},
        {tr("Lift"), tr("TTA minus baseline, in percentage points")},
        {tr("Fixed"), tr("Images wrong at first and right with TTA, over all repeats")},
        {tr("Broken"), tr("Images right at first and wrong with TTA, over all repeats")},
        {tr("Repeats"), tr("Fresh fits that are done")},
        {tr("Time"), tr("Of work, over all of its resumptions")},
        {tr("Started"), tr("In local time")},
        {tr("Tags"), tr("Yours, with commas between them")},
        {tr("Note"), tr("Yours")},
    };
    if (role == Qt::DisplayRole)
        return headings[section].title;
    if (role == Qt::ToolTipRole)
        return headings[section].toolTip;
    return {};
}

} // namespace augury
