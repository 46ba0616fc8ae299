// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scroll_page.h"

#include <QEvent>
#include <QLayout>
#include <QScrollArea>

#include <algorithm>

namespace augury {

namespace {

/// Gives its content all the room there is and asks for the least that it needs at this width. (A
/// scroll area would ask a layout with wrapped text for the height it likes best, and scroll
/// although there is room enough.)
class Holder : public QWidget {
public:
    explicit Holder(QWidget* content)
        : m_content(content)
    {
        content->setParent(this);
        content->installEventFilter(this);
    }

    QSize minimumSizeHint() const override
    {
        const auto least = m_content->minimumSizeHint();
        const auto* layout = m_content->layout();
        const int width = std::max(m_content->width(), least.width());
        return {least.width(),
            layout->hasHeightForWidth() ? layout->totalMinimumHeightForWidth(width)
                                        : least.height()};
    }
    QSize sizeHint() const override { return minimumSizeHint(); }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QWidget::resizeEvent(event);
        m_content->resize(size());
        updateGeometry();
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QWidget::eventFilter(watched, event);
    }

private:
    QWidget* m_content;
};

} // namespace

QScrollArea* makeScrollable(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus); // its content has the focus
    area->setWidget(new Holder(content));
    area->viewport()->setAutoFillBackground(false);
    area->widget()->setAutoFillBackground(false);
    return area;
}

} // namespace augury
