// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/inspect_view.h"

#include "ui/views/inspect_bar.h"
#include "ui/views/look_view.h"
#include "ui/views/missing_data.h"
#include "ui/views/query_rows.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/image_delegate.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/picture_view.h"
#include "ui/widgets/primary_button.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QListView>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace augury {

InspectView::InspectView(Inspector& inspector, QWidget* parent)
    : QWidget(parent)
    , m_inspector(inspector)
    , m_thumbnails(inspector.worker())
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(m_pages))
    , m_message(new MessageBar(this))
{
    m_empty->button()->setAccessibleName(tr("Try again"));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildContent());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);
    buildActions();
    connectInspector();
    themeIcons();
    refreshEmpty();
    showImages();
    showLook();
    showPin();
}

QWidget* InspectView::buildContent()
{
    auto* page = new QWidget(m_pages);
    m_bar = new InspectBar(m_inspector, page);
    buildGrid();
    auto* top = new QWidget(page);
    auto* topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins(12, 10, 12, 6);
    topColumn->setSpacing(6);
    topColumn->addWidget(m_bar);
    topColumn->addWidget(m_grid, 1);

    m_stage = new LookView(page);
    m_pinned = new LookView(page);
    m_pinned->setObjectName(QStringLiteral("pinned"));
    m_looks = new QSplitter(Qt::Horizontal, page);
    m_looks->setObjectName(QStringLiteral("looks"));
    m_looks->setChildrenCollapsible(false);
    m_looks->setHandleWidth(13);
    m_looks->addWidget(m_pinned);
    m_looks->addWidget(m_stage);
    m_tools = new QToolBar(page);
    auto* bottom = new QWidget(page);
    auto* bottomColumn = new QVBoxLayout(bottom);
    bottomColumn->setContentsMargins(12, 2, 12, 10);
    bottomColumn->setSpacing(4);
    bottomColumn->addWidget(m_tools);
    bottomColumn->addWidget(m_looks, 1);

    m_split = new QSplitter(Qt::Vertical, page);
    m_split->setObjectName(QStringLiteral("gridAndStage"));
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(top);
    m_split->addWidget(bottom);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    resetLayout();
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_split);
    return page;
}

void InspectView::buildGrid()
{
    m_grid = new QListView(this);
    m_images = new ImagesModel(m_thumbnails, this);
    m_delegate = new ImageDelegate(this);
    m_grid->setObjectName(QStringLiteral("grid"));
    m_grid->setAccessibleName(tr("Images"));
    m_grid->setModel(m_images);
    m_grid->setItemDelegate(m_delegate);
    m_grid->setFlow(QListView::LeftToRight);
    m_grid->setWrapping(true);
    m_grid->setResizeMode(QListView::Adjust);
    m_grid->setUniformItemSizes(true);
    m_grid->setGridSize(m_delegate->cellSize());
    m_grid->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_grid->setSelectionMode(QAbstractItemView::SingleSelection);
    m_grid->setMouseTracking(true);
    m_grid->setMinimumHeight(m_delegate->cellSize().height() + 8);
    m_grid->installEventFilter(this);
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) {
            if (!m_syncing && current.isValid())
                m_inspector.select(m_images->positionAt(current.row()));
        });
}

void InspectView::connectInspector()
{
    auto& session = m_inspector.session();
    connect(&m_inspector, &Inspector::splitChanged, this, &InspectView::showImages);
    connect(&m_inspector, &Inspector::votesChanged, this, &InspectView::showImages);
    connect(&m_inspector, &Inspector::positionChanged, this, &InspectView::showPosition);
    connect(&m_inspector, &Inspector::lookChanged, this, &InspectView::showLook);
    connect(&m_inspector, &Inspector::variantChanged, this,
        [this] { m_stage->selectVariant(m_inspector.variant()); });
    connect(&m_inspector, &Inspector::pinChanged, this, &InspectView::showPin);
    connect(m_stage, &LookView::variantSelected, &m_inspector, &Inspector::selectVariant);
    connect(m_bar->rows(), &QueryRows::queryChanged, this, &InspectView::onQuery);
    connect(m_bar->rows(), &QueryRows::jumpAsked, this, &InspectView::jumpTo);
    connect(m_empty, &EmptyState::clicked, this,
        [this] { m_inspector.session().openData(m_inspector.session().dataPath()); });
    connect(&session, &Session::dataChanged, this, &InspectView::refreshEmpty);
    connect(&session, &Session::taskChanged, this, &InspectView::refreshEmpty);
    connect(&session, &Session::ownImagesChanged, this, &InspectView::refreshEmpty);
    connect(&session, &Session::ownImagesOpened, this, &InspectView::tellOpened);
    connect(&session, &Session::taskEnded, this, &InspectView::onTaskEnded);
    connect(&session.settings(), &Settings::changed, this, &InspectView::refreshDrawAgain);
    m_stage->tiles()->installEventFilter(this);
    m_pinned->tiles()->installEventFilter(this);
}

void InspectView::tellOpened()
{
    const auto own = m_inspector.session().ownImages();
    QStringList refused;
    for (const auto& one : own->refused)
        refused << QString::fromStdString(one.reason);
    const auto count = refused.size();
    if (count > 3)
        refused = refused.mid(0, 3) << tr("And %1 more.").arg(count - 3);
    if (!refused.isEmpty()) {
        m_message->showMessage(MessageBar::Kind::Warning, refused.join(QLatin1Char(' ')));
        return;
    }
    const auto& shape = own->images->shape;
    m_message->showMessage(MessageBar::Kind::Note,
        tr("Own images are brought to %1×%2 pixels%3, as the network takes them.")
            .arg(shape.width)
            .arg(shape.height)
            .arg(shape.channels == 1 ? tr(" and grey") : QString()));
}

void InspectView::onTaskEnded(Session::Task task, JobEnd end, const QString& message)
{
    if (task == Session::Task::OpenImages && end == JobEnd::Succeeded)
        return; // the refused ones are told
    if (task != Session::Task::Evaluate && task != Session::Task::OpenImages)
        return;
    m_message->showMessage(MessageBar::Kind::Error, end == JobEnd::Failed ? message : QString());
}

void InspectView::refreshEmpty()
{
    const auto& session = m_inspector.session();
    const bool images = session.dataset() || session.ownImages();
    if (!images)
        showMissingData(*m_empty, session);
    m_pages->setCurrentIndex(images ? 1 : 0);
}

void InspectView::updateThumbnailSide()
{
    m_thumbnails.setSide(static_cast<int>(std::lround(m_delegate->side() * devicePixelRatioF())));
}

void InspectView::fillImages()
{
    const QScopedValueRollback syncing(m_syncing, true);
    updateThumbnailSide();
    m_thumbnails.setSplit(m_inspector.split());
    m_images->setImages(m_inspector.kind(), m_inspector.split(), m_inspector.classNames(),
        m_inspector.names(), m_inspector.tally());
    m_bar->rows()->setCount(m_images->rowCount(), m_images->total());
}

void InspectView::showImages()
{
    fillImages();
    showPosition();
}

void InspectView::showPosition()
{
    const QScopedValueRollback syncing(m_syncing, true);
    const auto position = m_inspector.position();
    const int row = position ? m_images->rowOf(static_cast<std::uint32_t>(*position)) : -1;
    if (row < 0) {
        m_grid->selectionModel()->clear();
        return;
    }
    if (m_grid->currentIndex().row() != row)
        m_grid->setCurrentIndex(m_images->index(row, 0));
}

void InspectView::onQuery()
{
    const auto& query = m_bar->rows()->query();
    const bool reordered = query.order != m_query.order || query.descending != m_query.descending;
    m_query = query;
    {
        const QScopedValueRollback syncing(m_syncing, true);
        m_images->setQuery(query);
    }
    fillImages();
    // In another order one wants to see what comes first now.
    const auto position = m_inspector.position();
    const bool shown = position && m_images->rowOf(static_cast<std::uint32_t>(*position)) >= 0;
    if ((!shown || reordered) && m_images->rowCount() > 0)
        m_inspector.select(m_images->positionAt(0));
    showPosition();
    if (const auto current = m_grid->currentIndex(); current.isValid())
        m_grid->scrollTo(current, QAbstractItemView::PositionAtTop);
}

void InspectView::jumpTo(std::uint32_t index)
{
    const auto& indices = m_inspector.split().indices;
    const auto found = std::ranges::find(indices, index);
    if (found == indices.end()) {
        showError(tr("There is no image %1 among these %2 images.")
                      .arg(index)
                      .arg(QLocale().toString(static_cast<qulonglong>(indices.size()))));
        return;
    }
    m_message->clear();
    const auto position = static_cast<std::uint32_t>(found - indices.begin());
    m_inspector.select(position);
    if (m_images->rowOf(position) < 0)
        m_message->showMessage(MessageBar::Kind::Note,
            tr("Image %1 is shown below; the filter keeps it out of the list.").arg(index));
    if (const auto current = m_grid->currentIndex(); current.isValid())
        m_grid->scrollTo(current, QAbstractItemView::PositionAtCenter);
}

void InspectView::showLook()
{
    const auto look = m_inspector.look();
    auto hint = m_inspector.lookError();
    if (hint.isEmpty() && look && !look->hasVotes())
        hint = tr("These are the copies. Train a model (Ctrl+T) or load one (Ctrl+L), and each "
                  "shows its vote.");
    m_stage->setHint(hint);
    m_stage->setLook(look);
    m_stage->selectVariant(m_inspector.variant());
    for (auto* action : {m_pinImage, m_pinSettings, m_asSeen, m_smooth})
        action->setEnabled(look != nullptr);
    refreshDrawAgain();
    Q_EMIT resultsChanged();
}

void InspectView::refreshDrawAgain()
{
    const bool fixed = m_inspector.session().settings().config().policy.views.has_value();
    m_drawAgain->setEnabled(m_inspector.look() && !fixed);
    m_drawAgain->setToolTip(fixed ? tr("Fixed views are the same for every seed")
                                  : tr("Other copies: another seed (D)"));
}

void InspectView::showPin()
{
    const auto pin = m_inspector.pin();
    m_pinImage->setChecked(pin == Inspector::Pin::Image);
    m_pinSettings->setChecked(pin == Inspector::Pin::Settings);
    m_pinned->setVisible(pin != Inspector::Pin::None);
    m_pinned->setHeading(
        pin == Inspector::Pin::Settings ? tr("Pinned settings") : tr("Pinned image"));
    m_pinned->setLook(m_inspector.pinned());
    m_stage->setHeading(pin == Inspector::Pin::None ? QString() : tr("Now"));
}

bool InspectView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_grid && event->type() == QEvent::Resize)
        QTimer::singleShot(0, m_grid, [this] {
            // The images are in other rows now.
            if (const auto current = m_grid->currentIndex(); current.isValid())
                m_grid->scrollTo(current, QAbstractItemView::EnsureVisible);
        });
    // Item views have a meaning of their own for Space and Enter.
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool zoom =
        key->key() == Qt::Key_Plus || key->key() == Qt::Key_Minus || key->key() == Qt::Key_0;
    if (zoom && !(key->modifiers() & Qt::ControlModifier)) {
        if (event->type() == QEvent::KeyPress)
            QCoreApplication::sendEvent(m_stage->picture(), event);
        event->accept();
        return true;
    }
    const bool space = key->key() == Qt::Key_Space;
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!space && !enter)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (space)
        (key->modifiers() & Qt::ShiftModifier ? m_pinSettings : m_pinImage)->trigger();
    else if (watched == m_grid)
        m_stage->tiles()->setFocus(Qt::ShortcutFocusReason);
    else
        m_grid->setFocus(Qt::ShortcutFocusReason);
    return true;
}

void InspectView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_tools)
        themeIcons();
}

void InspectView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    updateThumbnailSide();
}

QString InspectView::messageText() const
{
    return m_message->text();
}

void InspectView::showError(const QString& message)
{
    m_message->showMessage(MessageBar::Kind::Error, message);
}

void InspectView::showQuery(const ImageQuery& query, const QString& note)
{
    m_inspector.setKind(SplitKind::Test);
    m_bar->rows()->ask(query);
    m_message->showNoteUntil(&m_inspector.session().settings(), &Settings::changed, note);
}

QByteArray InspectView::saveLayout() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_split->saveState() << m_looks->saveState();
    return state;
}

void InspectView::restoreLayout(const QByteArray& state)
{
    QDataStream stream(state);
    QByteArray split;
    QByteArray looks;
    stream >> split >> looks;
    if (stream.status() != QDataStream::Ok)
        return;
    m_split->restoreState(split);
    m_looks->restoreState(looks);
}

void InspectView::resetLayout()
{
    m_split->setSizes({210, 480});
    m_looks->setSizes({400, 400});
}

} // namespace augury
