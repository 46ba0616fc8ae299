// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/confirmations_pane.h"

#include "ui/charts/forest_chart.h"
#include "ui/session/number_text.h"
#include "ui/widgets/message_bar.h"

#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace augury {

namespace {

QString whenText(const std::string& date)
{
    const auto when = QDateTime::fromString(QString::fromStdString(date), Qt::ISODate);
    return when.isValid() ? QLocale().toString(when.toLocalTime(), QLocale::ShortFormat)
                          : QString::fromStdString(date);
}

bool isDoubtful(const Tuner::Confirmed& confirmed)
{
    return didNotCarryOver(confirmed.kept.confirmation) || confirmed.adjustedP >= 0.05;
}

} // namespace

ChartTable confirmationsTable(const std::vector<Tuner::Confirmed>& confirmations)
{
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    ChartTable table;
    table.columns = QStringList{ConfirmationsPane::tr("configuration"),
        ConfirmationsPane::tr("validation lift (points)"),
        ConfirmationsPane::tr("test lift (points)"), ConfirmationsPane::tr("95 % from"),
        ConfirmationsPane::tr("95 % to"), ConfirmationsPane::tr("fixed"),
        ConfirmationsPane::tr("broken"), ConfirmationsPane::tr("McNemar p"),
        ConfirmationsPane::tr("p, corrected"), ConfirmationsPane::tr("cost (×)"),
        ConfirmationsPane::tr("chosen from"), ConfirmationsPane::tr("when")};
    table.decimals = {0, 2, 2, 2, 2, 0, 0, 4, 4, 1, 0, 0};
    for (const auto& each : confirmations) {
        const auto& made = each.kept.confirmation;
        const auto interval = made.test.liftCi95();
        table.rows.push_back({QString::fromStdString(describe(made.configuration)),
            made.search ? made.search->lift() * 100 : unknown, made.test.lift() * 100,
            interval.low * 100, interval.high * 100, static_cast<qlonglong>(made.test.fixed),
            static_cast<qlonglong>(made.test.broken), made.test.mcnemarP(), each.adjustedP,
            made.test.cost(), static_cast<qlonglong>(made.tried), whenText(each.kept.date)});
    }
    return table;
}

ConfirmationsPane::ConfirmationsPane(QWidget* parent)
    : QWidget(parent)
    , m_text(new MessageBar(this))
    , m_forest(new ForestChart(this))
    , m_body(new ChartWithTable(
          m_forest, tr("Confirmations"), QStringLiteral("tune-confirmations"), this))
{
    m_text->setClosable(false);
    m_body->scrollChart();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_text);
    column->addWidget(m_body, 1);
    connect(m_body, &ChartWithTable::tableSaved, this, &ConfirmationsPane::tableSaved);
    connect(m_body, &ChartWithTable::failed, this, &ConfirmationsPane::failed);
    setConfirmations({}, -1);
}

void ConfirmationsPane::setConfirmations(
    const std::vector<Tuner::Confirmed>& confirmations, int newest)
{
    m_body->reset();
    if (confirmations.empty()) {
        m_text->clear();
        m_forest->clear();
        m_body->setEmpty(tr("Nothing confirmed yet"),
            tr("Confirm on test evaluates the chosen configuration and the baseline once on the "
               "test images, which nothing was chosen on. What it gives there appears here, and "
               "every use of the test images is counted."));
        return m_body->showData(false);
    }
    const auto count = static_cast<int>(confirmations.size());
    if (newest >= 0 && newest < count)
        m_first = newest;
    else if (count != m_count)
        m_first = count - 1;
    m_count = count; // the same ones read again leave what was said of the last ones
    const int first = m_first;
    QStringList said;
    bool doubtful = false;
    for (int i = first; i < count; ++i) {
        const auto& each = confirmations[static_cast<std::size_t>(i)];
        const auto words = QString::fromStdString(describe(each.kept.confirmation.configuration));
        said << tr("%1. %2").arg(words, each.text);
        doubtful = doubtful || (i == first && isDoubtful(each));
    }
    m_text->showMessage(doubtful ? MessageBar::Kind::Warning : MessageBar::Kind::Note,
        said.join(QStringLiteral("\n\n")));
    std::vector<Confirmation> made;
    for (const auto& each : confirmations)
        made.push_back(each.kept.confirmation);
    m_forest->setRows(forestRows(made));
    m_body->setNote(tr("These test images were used %1. The corrected p is Holm's, over all of "
                       "these uses: the more often one tests, the more must be shown.")
                        .arg(countText(count, tr("once"), tr("%1 times"))));
    m_body->showData(false, confirmationsTable(confirmations));
}

ChartWidget* ConfirmationsPane::chart() const
{
    return m_body->hasChart() ? m_body->chart() : nullptr;
}

QString ConfirmationsPane::text() const
{
    return m_text->text();
}

} // namespace augury
