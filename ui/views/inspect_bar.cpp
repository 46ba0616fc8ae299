// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/inspect_bar.h"

#include "ui/session/number_text.h"
#include "ui/views/query_rows.h"
#include "ui/widgets/section.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

namespace {

/// With its colour: rich text keeps that of the palette it was made under.
QString link(const char* target, const QString& text, const QPalette& palette)
{
    return QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>")
        .arg(QString::fromLatin1(target), palette.color(QPalette::Link).name(), unbroken(text));
}

} // namespace

InspectBar::InspectBar(Inspector& inspector, QWidget* parent)
    : QWidget(parent)
    , m_inspector(inspector)
{
    buildScore();
    m_rows = new QueryRows(inspector, this);
    auto* first = new QHBoxLayout;
    first->setSpacing(10);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(m_score);
    texts->addWidget(m_note);
    first->addLayout(texts, 1);
    first->addWidget(m_evaluate, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(first);
    column->addWidget(m_rows);
    QWidget* before = m_score;
    setTabOrder(before, m_evaluate);
    before = m_evaluate;
    for (auto* next : m_rows->tabOrder()) {
        setTabOrder(before, next);
        before = next;
    }
    connect(&m_inspector, &Inspector::splitChanged, this, &InspectBar::showVotes);
    connect(&m_inspector, &Inspector::votesChanged, this, &InspectBar::showVotes);
    showVotes();
}

void InspectBar::buildScore()
{
    m_score = new QLabel(this);
    m_score->setWordWrap(true);
    m_score->setTextFormat(Qt::RichText);
    m_score->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_score->setAccessibleName(tr("What the whole split says"));
    m_note = Section::makeNote({}, this);
    m_evaluate = new QPushButton(tr("E&valuate"), this);
    m_evaluate->setToolTip(tr("Predict all of these images and their copies; after that copies, "
                              "vote rule and blend answer at once (E)"));
    connect(m_evaluate, &QPushButton::clicked, &m_inspector, [this] { m_inspector.evaluate(); });
    connect(m_score, &QLabel::linkActivated, this, [this](const QString& target) {
        if (target == QStringLiteral("fixed"))
            m_rows->showOnly(ImageFilter::Fixed);
        else if (target == QStringLiteral("broken"))
            m_rows->showOnly(ImageFilter::Broken);
    });
}

bool InspectBar::evaluatesThese() const
{
    const auto& session = m_inspector.session();
    return session.task() == Session::Task::Evaluate
        && session.evaluatedKind() == m_inspector.kind();
}

QString InspectBar::score() const
{
    const auto& session = m_inspector.session();
    const auto tally = m_inspector.tally();
    const auto images = QLocale().toString(static_cast<qulonglong>(m_inspector.split().size()));
    if (tally && tally->comparison) {
        const auto& c = *tally->comparison;
        const auto interval = c.liftCi95();
        const auto range = tr("(%1 … %2)").arg(pointsText(interval.low), pointsText(interval.high));
        return tr("Baseline %1 → <b>TTA %2</b>, lift %3 points %4 · %5 · %6 · %7")
            .arg(unbroken(percentText(c.baselineAccuracy())),
                unbroken(percentText(c.ttaAccuracy())), pointsText(c.lift()), unbroken(range),
                link("fixed", tr("%1 fixed").arg(QLocale().toString(c.fixed)), palette()),
                link("broken", tr("%1 broken").arg(QLocale().toString(c.broken)), palette()),
                unbroken(tr("cost %1×").arg(QLocale().toString(c.cost(), 'f', 2))));
    }
    if (tally) {
        const auto changed = std::ranges::count_if(
            tally->images, [](const ImageOutcome& image) { return image.changed(); });
        return tr("TTA changes the answer of <b>%1</b> of %2 images. They have no labels, so there "
                  "is no accuracy.")
            .arg(QLocale().toString(static_cast<qlonglong>(changed)), images);
    }
    if (evaluatesThese())
        return tr("Evaluating …");
    if (!session.model())
        return tr("Train or load a model, and every image shows how its copies vote.");
    if (m_inspector.kind() == SplitKind::Own)
        return tr("Evaluate all of these images to see whose answer TTA changes.");
    if (!session.modelFitsData())
        return tr("The model in hand is of other data: train one on these images, or load one.");
    return tr("Evaluate these %1 images to see which ones TTA fixes and which it breaks.")
        .arg(images);
}

void InspectBar::showVotes()
{
    const auto tally = m_inspector.tally();
    const auto votes = m_inspector.votes();
    m_score->setText(score());
    m_score->setForegroundRole(votes == Inspector::Votes::Outdated && tally
            ? QPalette::PlaceholderText
            : QPalette::WindowText);
    m_score->setToolTip(tally && tally->comparison
            ? tr("Accuracy on %1 images by %2; in brackets the 95 % interval of the lift. Cost: "
                 "network passes an image, of which the original alone is 1; a copy that equals "
                 "another one costs none.")
                  .arg(QLocale().toString(static_cast<qulonglong>(tally->images.size())),
                      QString::fromStdString(describeRule(tally->vote, tally->copies)))
            : QString());
    const auto note = m_inspector.votesNote();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_evaluate->setEnabled(m_inspector.canEvaluate() && votes != Inspector::Votes::Current);
}

void InspectBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_evaluate)
        showVotes();
}

QString InspectBar::countText() const
{
    return m_rows->countText();
}

QString InspectBar::scoreText() const
{
    auto text = m_score->text();
    static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    return text.remove(tags).replace(QChar(QChar::Nbsp), QLatin1Char(' '));
}

QString InspectBar::noteText() const
{
    return m_note->text();
}

} // namespace augury
