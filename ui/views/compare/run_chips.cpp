// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/run_chips.h"

#include "ui/session/plain_text.h"
#include "ui/widgets/cached_style.h"
#include "ui/widgets/wrap_row.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

#include <algorithm>

namespace augury {

namespace {

constexpr int s_nameWidth = 260;
constexpr int s_mark = 16;

QIcon markIcon(const RunLook& look, const QPalette& palette, double ratio)
{
    QPixmap pixmap(QSize(s_mark, s_mark) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& style = cachedStyle(palette);
    const auto colour = look.colourIn(style);
    paintMarker(
        painter, look.marker, QPointF(s_mark / 2.0, s_mark / 2.0), s_mark * 0.72, colour, colour);
    return pixmap;
}

} // namespace

/// A run's button and its cross.
class RunChips::Chip : public QFrame {
public:
    Chip(RunChips& chips, std::int64_t id)
        : QFrame(&chips)
        , m_id(id)
        , m_name(new QToolButton(this))
        , m_cross(new QToolButton(this))
    {
        setFrameShape(QFrame::StyledPanel);
        m_name->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        m_name->setIconSize({s_mark, s_mark});
        m_name->setCheckable(true);
        m_name->setAutoRaise(true);
        m_name->setFocusPolicy(Qt::StrongFocus);
        m_cross->setText(QStringLiteral("✕"));
        m_cross->setAutoRaise(true);
        m_cross->setFocusPolicy(Qt::StrongFocus);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(1, 1, 1, 1);
        row->setSpacing(0);
        row->addWidget(m_name);
        row->addWidget(m_cross);
        connect(m_name, &QToolButton::clicked, &chips, [this, &chips] {
            m_name->setChecked(m_front); // the page decides
            Q_EMIT chips.chosen(m_id);
        });
        connect(
            m_cross, &QToolButton::clicked, &chips, [this, &chips] { Q_EMIT chips.removed(m_id); });
    }

    void setRun(const RunChip& run)
    {
        m_front = run.front;
        m_look = run.look;
        auto font = m_name->font();
        font.setBold(run.front);
        m_name->setFont(font);
        const auto name = QFontMetrics(font)
                              .elidedText(run.name, Qt::ElideMiddle, s_nameWidth)
                              .replace(QLatin1Char('&'), QStringLiteral("&&"));
        m_name->setText(run.state.isEmpty() ? name : RunChips::tr("%1 (%2)").arg(name, run.state));
        m_name->setChecked(run.front);
        m_name->setAccessibleName(run.front ? RunChips::tr("%1, in front").arg(run.name)
                                            : RunChips::tr("Bring %1 to the front").arg(run.name));
        m_name->setToolTip(plainToolTip(run.toolTip));
        const auto away = RunChips::tr("Take %1 off this page; the history keeps it").arg(run.name);
        m_cross->setAccessibleName(away);
        m_cross->setToolTip(plainToolTip(away));
        paintMark();
    }

    void changeEvent(QEvent* event) override
    {
        QFrame::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            paintMark();
    }

    void paintMark() { m_name->setIcon(markIcon(m_look, palette(), devicePixelRatioF())); }

    std::int64_t id() const { return m_id; }
    QToolButton* name() const { return m_name; }
    QToolButton* cross() const { return m_cross; }

private:
    std::int64_t m_id;
    bool m_front = false;
    RunLook m_look;
    QToolButton* m_name;
    QToolButton* m_cross;
};

RunChips::RunChips(QWidget* parent)
    : QWidget(parent)
    , m_row(new WrapRow(6))
{
    setLayout(m_row);
    setAccessibleName(tr("Runs on this page"));
}

void RunChips::setRuns(const std::vector<RunChip>& runs)
{
    if (runs == m_runs)
        return;
    const bool same = std::ranges::equal(runs, m_runs, {}, &RunChip::id, &RunChip::id);
    m_runs = runs;
    if (!same) {
        // Those that stay keep their buttons, and the focus.
        std::vector<Chip*> chips;
        for (const auto& run : m_runs) {
            const auto found = std::ranges::find(m_chips, run.id, &Chip::id);
            chips.push_back(found != m_chips.end() ? *found : new Chip(*this, run.id));
        }
        for (auto* chip : m_chips) {
            m_row->removeWidget(chip);
            if (std::ranges::find(chips, chip) == chips.end()) {
                chip->hide();
                chip->deleteLater(); // its own click may have removed it
            }
        }
        QWidget* before = nullptr;
        for (auto* chip : chips) {
            m_row->addWidget(chip);
            chip->setVisible(true);
            if (before)
                setTabOrder(before, chip->name());
            setTabOrder(chip->name(), chip->cross());
            before = chip->cross();
        }
        m_chips = std::move(chips);
    }
    showRuns();
}

void RunChips::showRuns()
{
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        m_chips[i]->setRun(m_runs[i]);
    updateGeometry();
}

QToolButton* RunChips::button(std::int64_t id) const
{
    const auto found = std::ranges::find(m_chips, id, &Chip::id);
    return found == m_chips.end() ? nullptr : (*found)->name();
}

QToolButton* RunChips::cross(std::int64_t id) const
{
    const auto found = std::ranges::find(m_chips, id, &Chip::id);
    return found == m_chips.end() ? nullptr : (*found)->cross();
}

} // namespace augury
