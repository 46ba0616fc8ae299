// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/setup_dock.h"

#include "ui/panels/augmentation_panel.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/model_panel.h"
#include "ui/panels/repeats_panel.h"
#include "ui/panels/voting_panel.h"
#include "ui/session/session.h"

#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace augury {

namespace {

/// Scrolls up and down alone: its content gets the width there is, and at least what it needs.
class VerticalScrollArea : public QScrollArea {
public:
    using QScrollArea::QScrollArea;

    QSize minimumSizeHint() const override
    {
        const int content = widget() ? widget()->minimumSizeHint().width() : 0;
        return {content + verticalScrollBar()->sizeHint().width() + 2 * frameWidth(), 120};
    }
    QSize sizeHint() const override { return {minimumSizeHint().width() + 10, 600}; }
};

/// A wheel turned over a spin box or slider scrolls the dock, unless that widget has the focus.
class WheelGuard : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (event->type() == QEvent::Wheel && widget && !widget->hasFocus()) {
            event->ignore();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

SetupDock::SetupDock(Session& session, QWidget* parent)
    : QDockWidget(tr("Setup"), parent)
    , m_data(new DataPanel(session))
    , m_model(new ModelPanel(session))
{
    setObjectName(QStringLiteral("setupDock"));
    setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(18);
    column->addWidget(m_data);
    column->addWidget(m_model);
    auto* augmentation = new AugmentationPanel(session.settings());
    column->addWidget(augmentation);
    column->addWidget(new VotingPanel(session.settings()));
    column->addWidget(new RepeatsPanel(session.settings()));
    column->addStretch();

    auto* area = new VerticalScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setWidget(content);
    setWidget(area);

    const auto showShape = [augmentation, &session] {
        const auto dataset = session.dataset();
        augmentation->setShape(dataset ? std::optional(dataset->shape()) : std::nullopt);
    };
    connect(&session, &Session::dataChanged, augmentation, showShape);
    showShape();
    connect(&session, &Session::dataChanged, area, [area, &session, this] {
        if (!session.dataError().isEmpty()) // its reason stands in the data panel
            area->ensureWidgetVisible(m_data);
    });

    auto* guard = new WheelGuard(this);
    for (auto* widget : content->findChildren<QWidget*>()) {
        if (widget->inherits("QAbstractSpinBox") || widget->inherits("QComboBox")
            || widget->inherits("QAbstractSlider")) {
            widget->setFocusPolicy(Qt::StrongFocus);
            widget->installEventFilter(guard);
        }
    }
}

} // namespace augury
