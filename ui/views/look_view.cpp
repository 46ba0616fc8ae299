// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/look_view.h"

#include "ui/charts/votes_chart.h"
#include "ui/session/look_document.h"
#include "ui/session/number_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/picture_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/variant_delegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QResizeEvent>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSplitter>
#include <QStyle>
#include <QTextDocument>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

// Widths of the picture.
constexpr int s_alone = 180;
constexpr int s_beside = 110; // another look

/// As tall as a label of them, whether it lays them out as a text or as a document.
int twoLines(const QFont& font)
{
    QTextDocument document;
    document.setDocumentMargin(0);
    document.setDefaultFont(font);
    document.setPlainText(QStringLiteral("x\nx"));
    return std::max(2 * QFontMetrics(font).lineSpacing(),
        static_cast<int>(std::ceil(document.size().height())));
}

VotesData votesOf(const ImageLook& look)
{
    VotesData votes;
    for (int k = 0; k < look.classes(); ++k)
        votes.classNames.push_back(look.className(k));
    votes.baseline = look.baseline;
    votes.merged = look.vote.scores;
    votes.counts = look.vote.counts;
    votes.copies = look.copies();
    votes.label = look.label;
    votes.original = look.vote.original;
    votes.winner = look.vote.merged.predicted;
    votes.tied = look.vote.merged.tied;
    return votes;
}

/// With a true minus sign.
QString level(double value)
{
    return QLocale().toString(value, 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

/// "cat 63 %, 21 points ahead of dog · agreement 5 of 7 · entropy 0.94 · mutual information 0.21"
QString figuresOf(const ImageLook& look)
{
    const auto number = [](double value) { return QLocale().toString(value, 'f', 2); };
    return LookView::tr("%1 · agreement %2 of %3 · entropy %4 · mutual information %5")
        .arg(winnerSentence(votesOf(look)), QString::number(look.agreeing()),
            QString::number(look.views()), number(look.uncertainty.predictiveEntropy),
            number(look.uncertainty.mutualInformation));
}

} // namespace

LookView::LookView(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(this))
    , m_settings(new ElidedLabel(this))
    , m_words(new QWidget(this))
    , m_sentence(new QLabel(m_words))
    , m_figures(Section::makeNote({}, m_words))
    , m_picture(new PictureView(this))
    , m_tiles(new QListView(this))
    , m_variants(new VariantsModel(this))
    , m_delegate(new VariantDelegate(this))
{
    for (auto* label : {m_title, m_settings})
        label->setForegroundRole(QPalette::PlaceholderText);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText); // class names are a user's own
    m_figures->setTextFormat(Qt::PlainText);
    m_figures->setToolTip(tr("Agreement: how many views say the commonest class. Entropy, in nats: "
                             "how spread out the mean prediction is; 0 is certain. Mutual "
                             "information: how much of that is the views contradicting each "
                             "other."));
    auto font = m_sentence->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    font.setBold(true);
    m_sentence->setFont(font);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_picture->setEmptyText(tr("No image"));
    m_picture->setBackgroundRole(QPalette::Base);
    m_picture->setAutoFillBackground(true);

    buildTiles();
    m_pictures = new QSplitter(Qt::Horizontal, this);
    m_pictures->setObjectName(QStringLiteral("pictures"));
    m_pictures->setChildrenCollapsible(false);
    m_pictures->addWidget(m_picture);
    m_pictures->addWidget(m_tiles);
    m_pictures->setStretchFactor(0, 0);
    m_pictures->setStretchFactor(1, 1);
    m_pictures->setSizes({s_alone, 400});
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setObjectName(QStringLiteral("parts"));
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_pictures);
    parts->addWidget(buildVotes());
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_settings);
    auto* words = new QVBoxLayout(m_words);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(4);
    words->addWidget(m_sentence);
    words->addWidget(m_figures);
    words->addStretch();
    column->addWidget(m_words);
    column->addWidget(parts, 1);

    showLook();
}

QWidget* LookView::buildVotes()
{
    auto* page = new QWidget(this);
    m_votes = new VotesChart(page);
    auto* area = new QScrollArea(page);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_votes);
    m_allClasses = new QToolButton(page);
    m_allClasses->setCheckable(true);
    m_allClasses->setAccessibleName(tr("All classes"));
    m_allClasses->setFocusPolicy(Qt::TabFocus);
    m_allClasses->setToolTip(tr("Also the classes that nobody believes in"));
    connect(m_allClasses, &QToolButton::toggled, this, [this](bool all) {
        m_votes->setShowAll(all);
        showVotes();
    });
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(area, 1);
    column->addWidget(m_allClasses, 0, Qt::AlignRight);
    return page;
}

void LookView::buildTiles()
{
    m_tiles->setObjectName(QStringLiteral("tiles"));
    m_tiles->installEventFilter(this);
    m_tiles->setAccessibleName(tr("Variants"));
    m_tiles->setModel(m_variants);
    m_tiles->setItemDelegate(m_delegate);
    m_tiles->setFlow(QListView::LeftToRight);
    m_tiles->setWrapping(true);
    m_tiles->setResizeMode(QListView::Adjust);
    m_tiles->setUniformItemSizes(true);
    m_tiles->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tiles->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tiles->setMouseTracking(true);
    m_tiles->setFrameShape(QFrame::NoFrame);
    m_tiles->setMinimumHeight(120);
    auto* copy = new QAction(tr("Copy as JSON"), m_tiles);
    connect(copy, &QAction::triggered, this, &LookView::copyVariant);
    m_tiles->addAction(copy);
    m_tiles->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_tiles->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) {
            if (!m_syncing && current.isValid())
                Q_EMIT variantSelected(current.data(VariantsModel::VariantRole).toInt());
        });
}

void LookView::copyVariant()
{
    const auto look = m_variants->look();
    const auto current = m_tiles->currentIndex();
    if (look && current.isValid())
        QGuiApplication::clipboard()->setText(QString::fromStdString(
            variantDocument(*look, current.data(VariantsModel::VariantRole).toInt())));
}

void LookView::setHeading(const QString& heading)
{
    if (heading.isEmpty() != m_heading.isEmpty())
        m_pictures->setSizes({heading.isEmpty() ? s_alone : s_beside, 400});
    m_heading = heading;
    m_words->setMinimumHeight(0);
    showTitle();
}

void LookView::setHint(const QString& hint)
{
    m_hint = hint;
    showTitle();
}

void LookView::setLook(std::shared_ptr<const ImageLook> look)
{
    {
        const QScopedValueRollback syncing(m_syncing, true);
        m_variants->setLook(std::move(look));
    }
    fitTiles();
    showLook();
}

void LookView::fitTiles()
{
    const auto look = m_variants->look();
    if (!look || look->tiles.empty())
        return;
    const auto picture = look->tiles.front().picture.size();
    const auto font = m_tiles->font();
    // The scroll bar's room is kept: whether it shows depends on the tiles.
    const int width = m_tiles->contentsRect().width()
        - style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, m_tiles);
    const int count = std::max(1, m_variants->rowCount());
    const auto columnsOf = [width](QSize tile) { return std::max(1, width / tile.width()); };
    auto natural = VariantDelegate::naturalTileSize(picture, font, false);
    int columns = columnsOf(natural);
    const int rows = (count + columns - 1) / columns;
    const bool compact = rows * natural.height() > m_tiles->contentsRect().height();
    if (compact) {
        natural = VariantDelegate::naturalTileSize(picture, font, true);
        columns = columnsOf(natural);
    }
    m_delegate->setCompact(compact);
    m_delegate->setTileWidth(std::max(natural.width(), width / columns));
    const auto tile = m_delegate->tileSize(picture, font);
    if (tile != m_tiles->gridSize())
        m_tiles->setGridSize(tile);
}

bool LookView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_tiles && event->type() == QEvent::Resize)
        fitTiles();
    return QWidget::eventFilter(watched, event);
}

void LookView::setSmooth(bool smooth)
{
    m_picture->setSmooth(smooth);
    m_delegate->setSmooth(smooth);
    m_tiles->viewport()->update();
}

void LookView::setAsSeen(bool asSeen)
{
    m_asSeen = asSeen;
    m_variants->setAsSeen(asSeen);
    showTitle();
    showPicture();
}

void LookView::selectVariant(int variant)
{
    const QScopedValueRollback syncing(m_syncing, true);
    const auto index = m_variants->index(m_variants->rowOfVariant(variant), 0);
    if (index.isValid())
        m_tiles->setCurrentIndex(index);
    else
        m_tiles->selectionModel()->clear();
}

void LookView::showLook()
{
    showTitle();
    showPicture();
    showVotes();
}

void LookView::showTitle()
{
    const auto look = m_variants->look();
    QStringList title;
    if (!m_heading.isEmpty())
        title << m_heading;
    if (look) {
        title << look->name;
        if (look->isLabelled())
            title << tr("labelled %1").arg(look->className(look->label));
        if (m_asSeen)
            title << tr("black is %1, white %2")
                         .arg(level(look->seenRange.first), level(look->seenRange.second));
        m_settings->setFullText(
            tr("%1 · %2 · seed %3")
                .arg(QString::fromStdString(describe(look->config.policy)),
                    QString::fromStdString(describeRule(look->config.vote, look->copies())),
                    QString::number(look->config.training.seed)));
    }
    m_settings->setVisible(look && !m_heading.isEmpty());
    m_title->setFullText(title.join(QStringLiteral(" · ")));
    m_sentence->setText(look && look->hasVotes() && m_hint.isEmpty() ? look->sentence : m_hint);
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    m_figures->setText(look && look->hasVotes() && m_hint.isEmpty() ? figuresOf(*look) : QString());
    m_figures->setVisible(!m_figures->text().isEmpty());
    keepRoom();
}

/// While one moves through images or a slider, a second line comes and goes: it keeps its room, so
/// that nothing below jumps, and two looks side by side stay in line.
void LookView::keepRoom()
{
    const int most =
        twoLines(m_sentence->font()) + m_words->layout()->spacing() + twoLines(m_figures->font());
    const bool beside = !m_heading.isEmpty();
    m_words->setVisible(!m_sentence->text().isEmpty());
    const int room = beside ? most : std::min(most, m_words->heightForWidth(width()));
    if (room > m_words->minimumHeight())
        m_words->setMinimumHeight(room);
}

void LookView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() == event->oldSize().width())
        return;
    m_words->setMinimumHeight(0);
    keepRoom();
}

void LookView::showPicture()
{
    const auto look = m_variants->look();
    if (!look || look->tiles.empty()) {
        m_picture->setPicture({});
        m_picture->setCaption({});
        return;
    }
    const auto& original = look->tiles.front();
    m_picture->setPicture(m_asSeen ? original.seen : original.picture);
    if (!look->hasVotes())
        m_picture->setCaption(tr("Original"));
    else
        m_picture->setCaption(tr("Original"),
            QStringLiteral("%1 %2").arg(
                look->className(original.predicted), percentText(original.probability, 1)),
            !look->isLabelled()  ? Mark::None
                : original.right ? Mark::Right
                                 : Mark::Wrong);
}

void LookView::showVotes()
{
    const auto look = m_variants->look();
    if (!look || !look->hasVotes()) {
        m_votes->setEmptyMessage(
            look ? tr("No votes: nothing has predicted these pictures.") : QString());
        m_votes->clear();
        m_allClasses->hide();
        return;
    }
    m_votes->setVotes(votesOf(*look));
    const int hidden = m_votes->hiddenClasses();
    m_allClasses->setVisible(hidden > 0 || m_votes->showsAll());
    m_allClasses->setText(
        m_votes->showsAll() ? tr("Fewer classes") : tr("All %1 classes").arg(look->classes()));
}

QString LookView::figures() const
{
    return m_figures->text();
}

QString LookView::sentence() const
{
    return m_sentence->text();
}

} // namespace augury
