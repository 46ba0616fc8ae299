// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/greedy_pane.h"

#include "ui/session/number_text.h"
#include "ui/session/plain_text.h"
#include "ui/views/tune/tune_shown.h"
#include "ui/views/tune/view_pictures.h"
#include "ui/widgets/picture_paint.h"

#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

namespace {

constexpr int s_side = 84; // logical pixels of a picture
constexpr int s_cell = 160;

/// Small images show their pixels, enlarged by a whole factor.
QIcon iconOf(const QImage& picture, double ratio)
{
    const int side = static_cast<int>(s_side * ratio);
    QPixmap pixmap(side, side);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintPicture(painter, QRectF(0, 0, s_side, s_side), picture, PictureScale::Whole);
    return QIcon(pixmap);
}

} // namespace

std::vector<TakenView> takenViews(const std::vector<Transform>& list)
{
    std::vector<TakenView> taken;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto found = std::ranges::find(taken, list[i], &TakenView::view);
        if (found == taken.end())
            taken.push_back({list[i], static_cast<int>(i) + 1, 1});
        else
            ++found->times;
    }
    return taken;
}

GreedyPane::GreedyPane(QWidget* parent)
    : TunePane(tr("Chosen views"), QStringLiteral("views"), parent)
    , m_note(new QLabel(this))
    , m_stepper(new PictureStepper(this))
    , m_list(new QListWidget(this))
{
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_list->setAccessibleName(tr("Views in the order in which they were taken"));
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setWordWrap(true);
    m_list->setIconSize({s_side, s_side});
    m_list->setGridSize({s_cell, s_side + 4 * fontMetrics().height() + 12});
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setMinimumHeight(240);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_note);
    column->addWidget(m_stepper, 0, Qt::AlignLeft);
    column->addWidget(m_list, 1);
    connect(m_stepper, &PictureStepper::stepped, this, &TunePane::pictureStepped);
}

QString GreedyPane::noteText() const
{
    return m_note->text();
}

void GreedyPane::showSearch(const TuneShown& shown)
{
    const auto* trial = shown.chosenTrial();
    const auto list = trial && trial->configuration.policy.views
        ? trial->configuration.policy.views->list
        : std::vector<Transform>();
    const auto taken = takenViews(list);
    m_note->setText(taken.empty()
            ? tr("No view was chosen yet: the first appears here once all views of the pool are "
                 "predicted.")
            : tr("After %1: %2. Choose another step on the curve to see its list.")
                  .arg(countText(static_cast<qint64>(list.size()), tr("step 1"), tr("%1 steps")),
                      countText(static_cast<qint64>(taken.size()), tr("one view"),
                          tr("%1 different views"))));
    m_stepper->setPlace(shown.picture, taken.empty() ? 0 : shown.pictures.size());
    const auto shape = shown.pictures.images           ? shown.pictures.images->shape
        : shown.run.dataset && shown.run.dataset->test ? shown.run.dataset->test->shape
                                                       : Shape{1, 32, 32};
    const int row = m_list->currentRow();
    m_list->clear();
    for (const auto& view : taken) {
        const auto words = QString::fromStdString(augury::describe(view.view, shape));
        const auto often = view.times > 1
            ? tr("%1 times, from step %2").arg(view.times).arg(view.first)
            : tr("step %1").arg(view.first);
        auto* item = new QListWidgetItem(words + QLatin1Char('\n') + often, m_list);
        item->setTextAlignment(Qt::AlignHCenter | Qt::AlignTop);
        item->setToolTip(plainToolTip(words + QLatin1Char('\n') + often));
        if (shown.hasPictures())
            item->setIcon(
                iconOf(viewPicture(shown.pictures, shown.picture, view.view), devicePixelRatioF()));
    }
    m_list->setCurrentRow(std::min(row, m_list->count() - 1));
}

} // namespace augury
