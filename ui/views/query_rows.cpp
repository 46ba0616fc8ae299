// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/query_rows.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScopedValueRollback>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace augury {

namespace {

QComboBox* combo(const QString& name, const QString& toolTip, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(5);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

/// Most interesting first: the least confident, the most divided.
bool descendsAtFirst(ImageOrder order)
{
    return order == ImageOrder::Entropy || order == ImageOrder::MutualInformation;
}

/// The predicted classes' box has two lists: the vote's classes as themselves, −1 for any, and from
/// −2 down those of the original alone.
int entryOf(int original)
{
    return -2 - original;
}

int fromEntry(int entry)
{
    return entry <= -2 ? -2 - entry : -1;
}

void add(QComboBox* box, int value, const QString& text, const QString& help)
{
    box->addItem(text, value);
    box->setItemData(box->count() - 1, help, Qt::ToolTipRole);
}

void enable(QComboBox* box, int row, bool enabled)
{
    if (auto* model = qobject_cast<QStandardItemModel*>(box->model()))
        model->item(row)->setEnabled(enabled);
}

} // namespace

template <typename Change> void QueryRows::change(Change&& change)
{
    if (m_showing)
        return;
    m_asked.reset();
    auto query = m_query;
    change(query);
    setQuery(query);
}

QueryRows::QueryRows(Inspector& inspector, QWidget* parent)
    : QWidget(parent)
    , m_inspector(inspector)
{
    buildFilters();
    buildOrder();
    buildJump();
    layOut();
    // They take letters to find an entry; the page's keys must not.
    for (auto* box : {m_split, m_filter, m_label, m_predicted, m_order})
        box->installEventFilter(this);
    const auto refresh = [this] {
        showSplits();
        showClasses();
        showVotes();
    };
    connect(&m_inspector, &Inspector::splitChanged, this, refresh);
    connect(&m_inspector, &Inspector::votesChanged, this, refresh);
    refresh();
    showQuery();
}

void QueryRows::buildFilters()
{
    m_split = combo(tr("Images"), tr("Which images to look at"), this);
    m_filter = combo(tr("Show"), tr("Which of them to show, by what TTA does to them"), this);
    const auto filter = [this](ImageFilter value, const QString& text, const QString& help) {
        add(m_filter, static_cast<int>(value), text, help);
    };
    filter(ImageFilter::All, tr("All outcomes"), tr("Every image"));
    filter(ImageFilter::Fixed, tr("Fixed"), tr("The original alone is wrong, TTA is right (F)"));
    filter(ImageFilter::Broken, tr("Broken"), tr("The original alone is right, TTA is wrong (B)"));
    filter(ImageFilter::BothWrong, tr("Both wrong"), tr("Wrong with and without TTA (W)"));
    filter(ImageFilter::BothRight, tr("Both right"), tr("Right with and without TTA"));
    filter(ImageFilter::Changed, tr("Changed"), tr("TTA gives another answer, right or wrong"));
    m_label = combo(tr("True class"), tr("Show one true class alone"), this);
    m_predicted = combo(tr("Predicted class"),
        tr("Show the images whose merged vote, or whose original alone, is taken for one "
           "class"),
        this);
    m_clear = new QToolButton(this);
    m_clear->setText(tr("Show all"));
    m_clear->setToolTip(tr("Take all filters away"));
    m_clear->setFocusPolicy(Qt::TabFocus);

    connect(m_split, &QComboBox::activated, this,
        [this] { m_inspector.setKind(static_cast<SplitKind>(m_split->currentData().toInt())); });
    connect(m_filter, &QComboBox::currentIndexChanged, this, [this] {
        change([this](ImageQuery& q) {
            q.filter = static_cast<ImageFilter>(m_filter->currentData().toInt());
        });
    });
    connect(m_label, &QComboBox::currentIndexChanged, this,
        [this] { change([this](ImageQuery& q) { q.label = m_label->currentData().toInt(); }); });
    connect(m_predicted, &QComboBox::currentIndexChanged, this, [this] {
        change([this](ImageQuery& q) {
            const int chosen = m_predicted->currentData().toInt();
            q.predicted = std::max(chosen, -1);
            q.original = fromEntry(chosen);
        });
    });
    connect(m_clear, &QToolButton::clicked, this, [this] { showOnly(ImageFilter::All); });
}

void QueryRows::buildOrder()
{
    m_order = combo(tr("Sort by"), tr("The order of the images"), this);
    m_order->setMinimumContentsLength(8);
    const auto order = [this](ImageOrder value, const QString& text, const QString& help) {
        add(m_order, static_cast<int>(value), text, help);
    };
    order(ImageOrder::Index, tr("By index"), tr("As in the data set"));
    order(ImageOrder::Confidence, tr("By confidence"), tr("Merged probability of the answer"));
    order(ImageOrder::Agreement, tr("By agreement"),
        tr("Share of the copies that say the same: lowest first are the most divided"));
    order(ImageOrder::Entropy, tr("By entropy"), tr("How spread out the mean prediction is"));
    order(ImageOrder::MutualInformation, tr("By mutual information"),
        tr("How much the copies contradict each other, beyond each one's own doubt"));
    m_direction = new QToolButton(this);
    m_direction->setFocusPolicy(Qt::TabFocus);
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] {
        change([this](ImageQuery& q) {
            q.order = static_cast<ImageOrder>(m_order->currentData().toInt());
            q.descending = descendsAtFirst(q.order);
        });
    });
    connect(m_direction, &QToolButton::clicked, this,
        [this] { change([](ImageQuery& q) { q.descending = !q.descending; }); });
}

void QueryRows::buildJump()
{
    m_count = new QLabel(this);
    m_jump = new QLineEdit(this);
    m_jump->setAccessibleName(tr("Go to image number"));
    m_jump->setToolTip(tr("An image's number in the data set; Enter goes there"));
    m_jump->setValidator(new QIntValidator(0, 2'000'000'000, m_jump));
    m_jump->setPlaceholderText(tr("go to #"));
    m_jump->setFixedWidth(m_jump->fontMetrics().horizontalAdvance(QStringLiteral("00000000")) + 12);
    connect(m_jump, &QLineEdit::returnPressed, this, [this] {
        Q_EMIT jumpAsked(m_jump->text().toUInt());
        m_jump->selectAll();
    });
}

void QueryRows::layOut()
{
    auto* first = new QHBoxLayout;
    first->setSpacing(6);
    for (auto* box : {m_split, m_filter, m_label, m_predicted})
        first->addWidget(box, 1);
    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    second->addWidget(m_count, 1);
    second->addWidget(m_clear);
    second->addWidget(m_order);
    second->addWidget(m_direction);
    second->addSpacing(8);
    second->addWidget(m_jump);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(first);
    column->addLayout(second);
}

bool QueryRows::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool letter = !key->text().isEmpty() && key->text().front().isLetterOrNumber();
        if (letter && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)))
            event->accept();
    }
    return QWidget::eventFilter(watched, event);
}

void QueryRows::showSplits()
{
    const QScopedValueRollback showing(m_showing, true);
    struct Kind {
        SplitKind kind;
        QString text;
    };
    const std::array kinds{Kind{SplitKind::Test, tr("Test images")},
        Kind{SplitKind::Validation, tr("Validation images")},
        Kind{SplitKind::Training, tr("Training images")}, Kind{SplitKind::Own, tr("Own images")}};
    std::vector<Kind> present;
    for (const auto& kind : kinds) {
        if (kind.kind == SplitKind::Test || kind.kind == m_inspector.kind()
            || m_inspector.has(kind.kind))
            present.push_back(kind);
    }
    bool same = m_split->count() == static_cast<int>(present.size());
    for (int i = 0; same && i < m_split->count(); ++i)
        same = m_split->itemData(i).toInt()
            == static_cast<int>(present[static_cast<std::size_t>(i)].kind);
    if (!same) {
        m_split->clear();
        for (const auto& kind : present)
            m_split->addItem(kind.text, static_cast<int>(kind.kind));
    }
    m_split->setCurrentIndex(m_split->findData(static_cast<int>(m_inspector.kind())));
}

void QueryRows::showClasses()
{
    const auto names = m_inspector.classNames();
    if (names == m_classNames && m_label->count() > 0)
        return;
    m_classNames = names;
    {
        const QScopedValueRollback showing(m_showing, true);
        const auto fill = [&](QComboBox* box, const QString& any, const QString& one) {
            box->clear();
            box->addItem(any, -1);
            for (std::size_t k = 0; k < names.size(); ++k)
                box->addItem(one.arg(QString::fromStdString(names[k])), static_cast<int>(k));
        };
        fill(m_label, tr("Any true class"), tr("True: %1"));
        fill(m_predicted, tr("Any TTA answer"), tr("TTA: %1"));
        if (!names.empty())
            m_predicted->insertSeparator(m_predicted->count());
        for (std::size_t k = 0; k < names.size(); ++k)
            m_predicted->addItem(tr("Original: %1").arg(QString::fromStdString(names[k])),
                entryOf(static_cast<int>(k)));
    }
    auto query = m_query; // the classes were other data's
    query.label = query.predicted = query.original = -1;
    setQuery(query);
    showQuery();
}

bool QueryRows::answers(ImageFilter filter) const
{
    const auto tally = m_inspector.tally();
    switch (filter) {
    case ImageFilter::All:
        return true;
    case ImageFilter::Changed:
        return tally != nullptr;
    default:
        return tally && tally->comparison;
    }
}

void QueryRows::showVotes()
{
    const bool any = m_inspector.tally() != nullptr;
    for (int row = 1; row < m_filter->count(); ++row)
        enable(m_filter, row, answers(static_cast<ImageFilter>(m_filter->itemData(row).toInt())));
    for (int row = 1; row < m_order->count(); ++row)
        enable(m_order, row, any);
    m_predicted->setEnabled(any);
    m_label->setEnabled(m_inspector.kind() != SplitKind::Own);
    auto query = m_query;
    if (!answers(query.filter))
        query.filter = ImageFilter::All;
    if (m_inspector.kind() == SplitKind::Own)
        query.label = -1;
    if (!any && query.needsVotes()) {
        query.predicted = query.original = -1;
        query.order = ImageOrder::Index;
        query.descending = false;
    }
    const bool current = m_inspector.votes() == Inspector::Votes::Current;
    if (m_asked && any && current && answers(m_asked->filter)
        && m_inspector.tally()->evaluation
            == m_inspector.session().evaluation(m_inspector.kind())) {
        query = *m_asked;
        m_asked.reset();
    }
    setQuery(query);
}

void QueryRows::toggleFilter(ImageFilter filter)
{
    if (m_query.filter != filter && !answers(filter))
        return;
    m_asked.reset();
    auto query = m_query;
    query.filter = query.filter == filter ? ImageFilter::All : filter;
    setQuery(query);
}

void QueryRows::ask(const ImageQuery& query)
{
    m_asked = query;
    showVotes();
}

void QueryRows::showOnly(ImageFilter filter)
{
    if (!answers(filter))
        return;
    m_asked.reset();
    auto query = m_query;
    query.filter = filter;
    query.label = query.predicted = query.original = -1;
    if (query == m_query) // shown already
        query.filter = ImageFilter::All;
    setQuery(query);
}

void QueryRows::setQuery(const ImageQuery& query)
{
    if (query == m_query)
        return;
    m_query = query;
    showQuery();
    Q_EMIT queryChanged();
}

void QueryRows::showQuery()
{
    const QScopedValueRollback showing(m_showing, true);
    m_filter->setCurrentIndex(m_filter->findData(static_cast<int>(m_query.filter)));
    m_label->setCurrentIndex(std::max(0, m_label->findData(m_query.label)));
    m_predicted->setCurrentIndex(std::max(0,
        m_predicted->findData(
            m_query.original >= 0 ? entryOf(m_query.original) : m_query.predicted)));
    m_order->setCurrentIndex(m_order->findData(static_cast<int>(m_query.order)));
    m_clear->setVisible(m_query.filter != ImageFilter::All || m_query.label >= 0
        || m_query.predicted >= 0 || m_query.original >= 0);
    m_direction->setArrowType(m_query.descending ? Qt::DownArrow : Qt::UpArrow);
    const auto what = m_query.descending ? tr("Highest first") : tr("Lowest first");
    m_direction->setToolTip(tr("%1; click to turn the order round").arg(what));
    m_direction->setAccessibleName(what);
}

void QueryRows::setCount(int shown, std::size_t total)
{
    const QLocale locale;
    const auto all = locale.toString(static_cast<qulonglong>(total));
    m_count->setText(static_cast<std::size_t>(shown) == total
            ? (total == 1 ? tr("1 image") : tr("%1 images").arg(all))
            : tr("%1 of %2 images").arg(locale.toString(shown), all));
}

QString QueryRows::countText() const
{
    return m_count->text();
}

std::vector<QWidget*> QueryRows::tabOrder() const
{
    return {m_split, m_filter, m_label, m_predicted, m_clear, m_order, m_direction, m_jump};
}

} // namespace augury
