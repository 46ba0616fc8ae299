// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/votes_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/votes_rows.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr int mostRows = 10;
constexpr int fewestRows = 4; // room for a sentence
constexpr int refreshInterval = 25; // ms: it follows a slider

QString summaryOf(const VotesData& votes)
{
    QStringList parts{winnerSentence(votes)};
    if (votes.winner >= 0 && votes.tied)
        parts << VotesChart::tr("counted as %1").arg(votes.className(votes.winner));
    if (votes.winner >= 0 && votes.copies > 0) {
        const auto winner = static_cast<std::size_t>(votes.winner);
        const int count = winner < votes.counts.size() ? votes.counts[winner] : 0;
        parts << (votes.copies == 1
                ? VotesChart::tr("%1 of 1 copy says so").arg(count)
                : VotesChart::tr("%1 of %2 copies say so").arg(count).arg(votes.copies));
    }
    if (const auto original = static_cast<std::size_t>(votes.original);
        votes.original >= 0 && original < votes.baseline.size())
        parts << VotesChart::tr("original %1 %2 %")
                     .arg(votes.className(votes.original),
                         chart_text::number(100 * votes.baseline[original], 0));
    if (votes.label >= 0)
        parts << VotesChart::tr("true class %1").arg(votes.className(votes.label));
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

} // namespace

struct VotesChart::Private {
    VotesData votes;
    VotesRows* rows = nullptr; // owned by the scene
    ChartStyle style;
    QFont font;
    QString emptyMessage;
    double axisMaximum = 0; // 0: no votes yet
    bool all = false;

    std::vector<int> classes() const
    {
        return largestClasses(votes, all ? votes.classes() : mostRows);
    }
    /// Of title, legend and margins.
    double heightAroundRows(bool titled) const
    {
        return std::ceil(QFontMetricsF(font).height() * (titled ? 5.4 : 3.4));
    }
};

VotesChart::VotesChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->rows = new VotesRows(&plotRoot());
    setAccessibleName(tr("Votes, class by class"));
    setRefreshInterval(refreshInterval);
    finishConstruction();
}

VotesChart::~VotesChart() = default;

void VotesChart::setVotes(VotesData votes)
{
    if (votes == m_d->votes)
        return;
    const bool grows = votes.classes() != m_d->votes.classes();
    m_d->votes = std::move(votes);
    m_d->axisMaximum =
        m_d->votes.classes() == 0 ? 0 : votesAxisMaximum(m_d->votes.largest(), m_d->axisMaximum);
    if (grows)
        updateGeometry();
    scheduleRefresh();
}

void VotesChart::clear()
{
    setVotes({});
}

void VotesChart::setShowAll(bool all)
{
    if (all == m_d->all)
        return;
    m_d->all = all;
    updateGeometry();
    scheduleRefresh();
}

void VotesChart::setEmptyMessage(const QString& text)
{
    if (text == m_d->emptyMessage)
        return;
    m_d->emptyMessage = text;
    scheduleRefresh();
}

bool VotesChart::showsAll() const
{
    return m_d->all;
}

int VotesChart::hiddenClasses() const
{
    return m_d->votes.classes() - static_cast<int>(m_d->classes().size());
}

QSize VotesChart::sizeHint() const
{
    const int rows = std::max(static_cast<int>(m_d->classes().size()), mostRows);
    return {480,
        static_cast<int>(
            m_d->heightAroundRows(!title().isEmpty()) + m_d->rows->pleasantHeight(rows))};
}

QSize VotesChart::minimumSizeHint() const
{
    const double around = m_d->heightAroundRows(!title().isEmpty());
    const auto rows = static_cast<int>(m_d->classes().size());
    // Whether the true class needs a row of its own changes from image to image.
    const int steady = m_d->all || m_d->votes.classes() <= mostRows ? rows : mostRows + 1;
    const double height = m_d->all && rows > mostRows
        ? m_d->rows->pleasantHeight(rows)
        : m_d->rows->leastHeight(std::max(steady, fewestRows), hiddenClasses() > 0);
    return {280, static_cast<int>(std::ceil(around + height))};
}

void VotesChart::refresh()
{
    Private& d = *m_d;
    d.rows->setVotes(d.votes, d.classes(), d.axisMaximum);
    if (d.votes.classes() == 0) {
        const bool own = !d.emptyMessage.isEmpty();
        setEmptyText(own ? d.emptyMessage
                         : tr("No votes yet. Open or train a model, and what it says of this image "
                              "and of its copies appears here."));
        setSummary(own ? d.emptyMessage : tr("No votes yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    setLegend({{tr("original"), d.style.baseline, LegendMark::HatchedBar},
        {tr("merged"), d.style.tta, LegendMark::Bar}});
    setSummary(summaryOf(d.votes));
}

void VotesChart::layOutPlots(const QRectF& area)
{
    m_d->rows->setArea(area);
}

void VotesChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->font = font;
    m_d->rows->setLook(style, font);
}

QString VotesChart::toolTipAt(const QPointF& position) const
{
    const int row = m_d->rows->rowAt(position);
    return row < 0 ? QString() : m_d->rows->rowToolTip(row);
}

} // namespace augury
