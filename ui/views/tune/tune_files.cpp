// SPDX-License-Identifier: GPL-3.0-or-later
// What of the Tune page goes into files, and what stays from one session to the next.
#include "core/support/error.h"
#include "core/tune/tune_json.h"
#include "ui/charts/chart_widget.h"
#include "ui/session/tuner.h"
#include "ui/views/tune/method_bar.h"
#include "ui/views/tune/tune_results.h"
#include "ui/views/tune/tune_words.h"
#include "ui/views/tune_view.h"

#include <QScopeGuard>
#include <QSettings>

namespace augury {

bool TuneView::hasResults() const
{
    const auto& shown = m_results->search();
    return shown && !shown->trials.empty();
}

bool TuneView::hasJson() const
{
    const auto& shown = m_results->search();
    return hasResults() && shown->run.document;
}

QString TuneView::fileName() const
{
    const auto& shown = m_results->search();
    const auto method = QString::fromLatin1(toString(this->method()));
    return shown && shown->run.id > 0
        ? QStringLiteral("tune-%1-%2-%3").arg(shown->run.id).arg(method, m_results->currentKey())
        : QStringLiteral("tune-%1-%2").arg(method, m_results->currentKey());
}

void TuneView::saveChart(const QString& path) const
{
    const auto all = m_results->charts();
    if (all.empty())
        throw Error(tr("There is no chart to save yet: start a search first.").toStdString());
    auto* chart = all.front();
    // A file has no page around it that says what it is about.
    const auto name = chart->accessibleName();
    const auto& shown = m_results->search();
    if (shown)
        chart->setTitle(
            tr("%1, %2").arg(methodName(method()), QString::fromStdString(shown->run.dataName)));
    const auto restore = qScopeGuard([&] {
        chart->setTitle({});
        chart->setAccessibleName(name);
    });
    chart->save(path);
}

std::vector<ChartWidget*> TuneView::charts() const
{
    return hasResults() ? m_results->charts() : std::vector<ChartWidget*>();
}

std::string TuneView::csv() const
{
    const auto& shown = m_results->search();
    return shown ? trialsCsv(shown->run.spec, shown->trials) : std::string();
}

std::string TuneView::json() const
{
    return hasJson() ? *m_results->search()->run.document : std::string();
}

void TuneView::save(QSettings& store) const
{
    store.setValue(QStringLiteral("tune/method"), QString::fromLatin1(toString(method())));
}

void TuneView::restore(const QSettings& store)
{
    const auto text = store.value(QStringLiteral("tune/method")).toString().toStdString();
    for (int i = 0; i < tuneMethods; ++i) {
        if (text == toString(static_cast<TuneMethod>(i)))
            setMethod(static_cast<TuneMethod>(i));
    }
}

} // namespace augury
