// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/details_dock.h"

#include "ui/panels/run_details.h"
#include "ui/session/look_document.h"
#include "ui/session/number_text.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/outcome_mark.h"
#include "ui/widgets/section.h"

#include <QClipboard>
#include <QEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr int s_rowsShown = 12;

/// A prediction with its mark, in words and colour.
QString marked(const QString& text, Mark mark, const QPalette& palette)
{
    if (mark == Mark::None)
        return text.toHtmlEscaped();
    return QStringLiteral("%1 <span style=\"color:%2\">%3</span>")
        .arg(text.toHtmlEscaped(), markColour(mark, palette).name(), markText(mark));
}

QString originText(const FittedModel::Origin& origin)
{
    const int repeat = origin.repeat + 1;
    return origin.run > 0 ? DetailsDock::tr("repeat %1 of run %2").arg(repeat).arg(origin.run)
                          : DetailsDock::tr("repeat %1 of a run").arg(repeat);
}

QString number(double value)
{
    return QLocale().toString(value, 'f', 3);
}

} // namespace

DetailsDock::DetailsDock(Inspector& inspector, RunHistory& history, QWidget* parent)
    : QDockWidget(tr("Details"), parent)
    , m_inspector(inspector)
    , m_run(new RunDetails(history))
    , m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("detailsDock"));
    setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    m_sorted->setSourceModel(&m_probabilities);
    m_sorted->setSortRole(ProbabilitiesModel::SortRole);

    m_empty = new QLabel(tr("Choose an image, and what is known of it stands here."));
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_content = buildContent();
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(12, 10, 12, 12);
    column->addWidget(m_empty);
    column->addWidget(m_content);
    column->addWidget(m_run);
    column->addStretch();
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setMinimumWidth(240);
    area->setWidget(page);
    setWidget(area);

    connect(&inspector, &Inspector::lookChanged, this, &DetailsDock::refresh);
    connect(&inspector, &Inspector::variantChanged, this, &DetailsDock::refresh);
    connect(m_run, &RunDetails::copied, this, &DetailsDock::copied);
    fitTable();
    refresh();
}

void DetailsDock::showImages()
{
    m_showsRun = false;
    refresh();
}

void DetailsDock::showRun(std::int64_t id)
{
    m_showsRun = true;
    m_run->setRun(id);
    refresh();
}

QWidget* DetailsDock::buildContent()
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);

    auto* image = new Section(tr("Image"), content);
    m_image = makeFactsLabel(tr("Facts about the image"), content);
    image->addWide(m_image);
    column->addWidget(image);

    m_variantSection = new Section(tr("Chosen variant"), content);
    m_variant = makeFactsLabel(tr("Facts about the chosen variant"), content);
    m_variantSection->addWide(m_variant);
    auto* copyVariant = new QPushButton(tr("Copy variant as &JSON"), content);
    copyVariant->setToolTip(tr("Its exact parameters and probabilities, to the clipboard"));
    connect(copyVariant, &QPushButton::clicked, this, &DetailsDock::copyVariant);
    m_variantSection->addWide(copyVariant);
    column->addWidget(m_variantSection);

    auto* classes = new Section(tr("All classes, in %"), content);
    m_table = new QTableView(content);
    m_table->setModel(m_sorted);
    m_table->setAccessibleName(tr("Probabilities of all classes"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ProbabilitiesModel::Merged, Qt::DescendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setTextElideMode(Qt::ElideMiddle); // "species 1" and "species 100" differ at the end
    classes->addWide(m_table);
    column->addWidget(classes);

    auto* provenance = new Section(tr("Where this comes from"), content);
    m_provenance = makeFactsLabel(tr("Data, model, augmentation and vote"), content);
    provenance->addWide(m_provenance);
    auto* copyImage = new QPushButton(tr("&Copy all as JSON"), content);
    copyImage->setToolTip(tr("The image, every variant, its votes and settings, to the clipboard"));
    connect(copyImage, &QPushButton::clicked, this, &DetailsDock::copyImage);
    provenance->addWide(copyImage);
    column->addWidget(provenance);
    QWidget::setTabOrder(copyVariant, m_table);
    QWidget::setTabOrder(m_table, copyImage);
    return content;
}

void DetailsDock::refresh()
{
    const auto look = m_inspector.look();
    m_run->setVisible(m_showsRun);
    m_empty->setVisible(!look && !m_showsRun);
    m_content->setVisible(look && !m_showsRun);
    const int variant = look ? m_inspector.variant() : -1;
    const int columns = m_probabilities.columnCount();
    const int rows = m_probabilities.rowCount();
    m_probabilities.setLook(look, variant);
    if (columns != m_probabilities.columnCount() || rows != m_probabilities.rowCount())
        fitTable();
    if (!look)
        return;
    showImage(*look);
    m_variantSection->setVisible(variant >= 0);
    if (variant >= 0)
        showVariant(*look, variant);
    showProvenance(*look);
}

void DetailsDock::fitTable()
{
    const int rows = m_probabilities.rowCount();
    m_table->parentWidget()->setVisible(rows > 0);
    auto* header = m_table->horizontalHeader();
    // Numbers get what they need, names the rest; a chosen view takes the deviation's place.
    m_table->setColumnHidden(
        ProbabilitiesModel::Deviation, m_probabilities.columnCount() > ProbabilitiesModel::Chosen);
    QFont bold = m_table->font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    header->setMinimumSectionSize(metrics.horizontalAdvance(QStringLiteral("100")) + 8);
    for (int column = 0; column < m_probabilities.columnCount(); ++column) {
        const bool name = column == ProbabilitiesModel::Class;
        header->setSectionResizeMode(column, name ? QHeaderView::Stretch : QHeaderView::Fixed);
        const auto title = m_probabilities.headerData(column, Qt::Horizontal, Qt::DisplayRole);
        const int words = metrics.horizontalAdvance(title.toString());
        const int numbers =
            metrics.horizontalAdvance(column == ProbabilitiesModel::Copies ? QStringLiteral("100")
                    : column == ProbabilitiesModel::Deviation              ? QStringLiteral("10.0")
                                                              : QStringLiteral("100.0"));
        if (!name)
            header->resizeSection(column, std::max(words, numbers) + 10);
    }
    const int height = m_table->verticalHeader()->defaultSectionSize() * std::min(rows, s_rowsShown)
        + header->sizeHint().height() + 2 * m_table->frameWidth();
    m_table->setFixedHeight(height);
}

void DetailsDock::showImage(const ImageLook& look)
{
    Facts facts;
    facts.add(tr("Image"), look.name.toHtmlEscaped());
    facts.add(
        tr("Label"), look.isLabelled() ? look.className(look.label).toHtmlEscaped() : tr("none"));
    if (look.hasVotes()) {
        const auto mark = [&](int predicted) {
            return !look.isLabelled()     ? Mark::None
                : predicted == look.label ? Mark::Right
                                          : Mark::Wrong;
        };
        const auto said = [&](int k, double p) {
            return QStringLiteral("%1 %2").arg(look.className(k), unbroken(percentText(p, 1)));
        };
        const auto& vote = look.vote;
        const auto at = [](const std::vector<double>& values, int k) {
            return values[static_cast<std::size_t>(k)];
        };
        facts.add(tr("Original"),
            marked(said(vote.original, at(look.baseline, vote.original)), mark(vote.original),
                palette()));
        const int merged = vote.merged.predicted;
        facts.add(
            tr("Merged"), marked(said(merged, at(vote.scores, merged)), mark(merged), palette()));
        auto scores = vote.scores;
        std::ranges::sort(scores, std::greater());
        facts.add(tr("Margin"),
            vote.merged.tied ? tr("none: a tie")
                : scores.size() > 1
                ? tr("%1 points").arg(pointsText(scores[0] - scores[1], 1).remove(QLatin1Char('+')))
                : tr("the only class"));
        const auto views =
            look.config.vote.includeOriginal ? tr("%1 of %2 views") : tr("%1 of %2 copies");
        facts.add(tr("Agreement"), views.arg(look.agreeing()).arg(look.views()));
        facts.add(tr("Entropy"), tr("%1 nats").arg(number(look.uncertainty.predictiveEntropy)));
        facts.add(tr("Mutual information"),
            tr("%1 nats").arg(number(look.uncertainty.mutualInformation)));
        facts.add(tr("Network passes"), QLocale().toString(look.passes()));
    }
    m_image->setText(facts.html());
    m_image->setToolTip(
        tr("Margin: how far the winner is ahead of the runner-up. Agreement: the copies that say "
           "the commonest class. Entropy: how spread out the mean prediction is, 0 is certain. "
           "Mutual information: how much of that is the copies contradicting each other."));
}

void DetailsDock::showVariant(const ImageLook& look, int variant)
{
    const auto& tile = look.tiles[static_cast<std::size_t>(variant)];
    const auto& transform = look.variants.variants[static_cast<std::size_t>(variant)].transform;
    Facts facts;
    facts.add(tr("Is"), tile.slotWords.toHtmlEscaped());
    facts.add(tr("Drawn"), tile.words.toHtmlEscaped());
    if (tile.predicted >= 0)
        facts.add(tr("Says"),
            marked(QStringLiteral("%1 %2").arg(
                       look.className(tile.predicted), unbroken(percentText(tile.probability, 1))),
                !look.isLabelled() ? Mark::None
                    : tile.right   ? Mark::Right
                                   : Mark::Wrong,
                palette()));
    for (const auto& [name, value] : exactParameters(transform))
        facts.add(name, value.toHtmlEscaped());
    m_variant->setText(facts.html());
}

void DetailsDock::showProvenance(const ImageLook& look)
{
    Facts facts;
    if (!look.dataName.empty())
        facts.add(tr("Data"), QString::fromStdString(look.dataName).toHtmlEscaped());
    if (look.model)
        facts.add(tr("Model"),
            look.model->isSample() ? tr("the sample model")
                : !look.model->path.isEmpty()
                ? QFileInfo(look.model->path).fileName().toHtmlEscaped()
                : look.model->origin ? originText(*look.model->origin)
                                     : tr("trained here, not saved"));
    auto copies = QString::fromStdString(describe(look.config.policy)).toHtmlEscaped();
    facts.add(tr("Copies"), copies.replace(QStringLiteral(" %"), unbroken(QStringLiteral(" %"))));
    facts.add(tr("Vote"),
        QString::fromStdString(describeRule(look.config.vote, look.copies())).toHtmlEscaped());
    facts.add(tr("Seed"), QString::number(look.config.training.seed));
    m_provenance->setText(facts.html());
}

void DetailsDock::copy(const std::string& document, const QString& what)
{
    QGuiApplication::clipboard()->setText(QString::fromStdString(document));
    Q_EMIT copied(tr("Copied %1 as JSON").arg(what));
}

void DetailsDock::copyImage()
{
    if (const auto look = m_inspector.look())
        copy(lookDocument(*look), look->name);
}

void DetailsDock::copyVariant()
{
    const auto look = m_inspector.look();
    const int variant = m_inspector.variant();
    if (look && variant >= 0)
        copy(variantDocument(*look, variant),
            look->tiles[static_cast<std::size_t>(variant)].slotWords);
}

void DetailsDock::changeEvent(QEvent* event)
{
    QDockWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_provenance)
        refresh();
}

QString DetailsDock::imageText() const
{
    return plainFacts(m_image);
}

QString DetailsDock::variantText() const
{
    return m_inspector.variant() >= 0 ? plainFacts(m_variant) : QString();
}

QString DetailsDock::provenanceText() const
{
    return plainFacts(m_provenance);
}

} // namespace augury
