// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/run_details.h"

#include "core/experiment/report.h"
#include "core/report/run_facts.h"
#include "core/report/run_words.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "ui/session/run_history.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/section.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace augury {

namespace {

QLabel* plainLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(name);
    return label;
}

constexpr qsizetype s_longestWord = 20; ///< a dock's width holds it

/// A line cannot be broken within a word: of a fingerprint, its beginning.
QString shortened(const QString& value)
{
    if (value.contains(QLatin1Char(' ')) || value.size() <= s_longestWord)
        return value;
    return value.left(s_longestWord - 4) + QStringLiteral("…");
}

QString html(const RunWords& words)
{
    Facts facts;
    for (const auto& [name, value] : words)
        facts.addText(QString::fromStdString(name), shortened(QString::fromStdString(value)));
    return facts.html();
}

bool sameInList(const RunInfo& a, const RunInfo& b)
{
    return a.name == b.name && a.note == b.note && a.tags == b.tags && a.status == b.status
        && a.repeatsDone == b.repeatsDone && a.finished == b.finished;
}

} // namespace

RunDetails::RunDetails(RunHistory& history, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
    , m_empty(Section::makeNote({}, this))
    , m_content(new QWidget(this))
{
    auto* outcome = new Section(tr("Run"), m_content);
    m_outcome = plainLabel(tr("Outcome of the run"), m_content);
    outcome->addWide(m_outcome);
    m_noteSection = new Section(tr("Note"), m_content);
    m_note = plainLabel(tr("Note on the run"), m_content);
    m_noteSection->addWide(m_note);
    auto* settings = new Section(tr("Settings"), m_content);
    m_settings = makeFactsLabel(tr("Settings of the run"), m_content);
    settings->addWide(m_settings);
    auto* provenance = new Section(tr("Where this comes from"), m_content);
    m_provenance = makeFactsLabel(tr("Dates, data and versions of the run"), m_content);
    provenance->addWide(m_provenance);
    auto* copy = new QPushButton(tr("Copy run as &JSON"), m_content);
    copy->setToolTip(tr("Its settings, repeats, scorecards and versions, to the clipboard"));
    connect(copy, &QPushButton::clicked, this, &RunDetails::copy);
    provenance->addWide(copy);

    auto* rows = new QVBoxLayout(m_content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(16);
    for (auto* section : {outcome, m_noteSection, settings, provenance})
        rows->addWidget(section);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_empty);
    column->addWidget(m_content);
    m_empty->setWordWrap(true);
    m_content->hide();
    connect(&m_history, &RunHistory::listed, this, &RunDetails::follow);
}

void RunDetails::setRun(std::int64_t id)
{
    if (id == m_id && m_record)
        return;
    m_id = id;
    if (id > 0)
        return load();
    m_record = nullptr;
    m_content->hide();
    m_empty->setText(id < 0 ? tr("This run is not in the history of runs.")
                            : tr("Choose a run, and what is known of it stands here."));
    m_empty->show();
}

void RunDetails::load()
{
    m_history.load({m_id}, this, [this](const RunRecords& records) {
        if (!records.empty() && records.front()->info.id == m_id)
            show(records.front());
    });
}

void RunDetails::follow()
{
    if (!m_record || m_id <= 0)
        return;
    const auto row = m_history.model().rowOf(m_id);
    if (row && !sameInList(m_history.model().run(*row), m_record->info))
        load();
}

void RunDetails::show(std::shared_ptr<const RunRecord> record)
{
    m_record = std::move(record);
    m_empty->hide();
    QStringList lines;
    try {
        const auto facts = factsOf(*m_record);
        for (const auto& line : {facts.verdict, facts.caution}) {
            if (!line.empty())
                lines << QString::fromStdString(line);
        }
    } catch (const Error& problem) {
        lines << QString::fromUtf8(problem.what());
    }
    if (lines.isEmpty())
        lines << QString::fromStdString(m_record->info.title);
    m_outcome->setText(lines.join(QStringLiteral("\n\n")));
    m_note->setText(QString::fromStdString(m_record->info.note));
    m_noteSection->setVisible(!m_record->info.note.empty());
    m_settings->setText(html(settingsWords(*m_record)));
    m_provenance->setText(html(provenanceWords(*m_record)));
    m_content->show();
}

QString RunDetails::text() const
{
    if (!m_record)
        return m_empty->text();
    return QStringList{
        m_outcome->text(), m_note->text(), plainFacts(m_settings), plainFacts(m_provenance)}
        .join(QLatin1Char('\n'));
}

void RunDetails::copy()
{
    if (!m_record)
        return;
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(documentText(withNotes(m_record->document, m_record->info))));
    Q_EMIT copied(tr("Copied run %1 as JSON").arg(m_id));
}

} // namespace augury
