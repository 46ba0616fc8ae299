// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/inspect_bar.h"

#include "ui/session/number_text.h"
#include "ui/widgets/section.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScopedValueRollback>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

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

/// On one line.
QString unbroken(QString text)
{
    return text.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

/// With its colour: rich text keeps that of the palette it was made under.
QString link(const char* target, const QString& text, const QPalette& palette)
{
    return QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>")
        .arg(QString::fromLatin1(target), palette.color(QPalette::Link).name(), unbroken(text));
}

void enable(QComboBox* box, int row, bool enabled)
{
    if (auto* model = qobject_cast<QStandardItemModel*>(box->model()))
        model->item(row)->setEnabled(enabled);
}

} // namespace

InspectBar::InspectBar(Inspector& inspector, QWidget* parent)
    : QWidget(parent)
    , m_inspector(inspector)
{
    buildQuery();
    buildScore();

    auto* first = new QHBoxLayout;
    first->setSpacing(6);
    for (auto* box : {m_split, m_filter, m_label, m_predicted})
        first->addWidget(box, 1);
    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    second->addWidget(m_count, 1);
    auto* sortLabel = new QLabel(tr("Sort &by"), this);
    sortLabel->setBuddy(m_order);
    second->addWidget(sortLabel);
    second->addWidget(m_order);
    second->addWidget(m_direction);
    second->addSpacing(8);
    auto* jumpLabel = new QLabel(tr("&Go to #"), this);
    jumpLabel->setBuddy(m_jump);
    second->addWidget(jumpLabel);
    second->addWidget(m_jump);
    auto* third = new QHBoxLayout;
    third->setSpacing(10);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(m_score);
    texts->addWidget(m_note);
    third->addLayout(texts, 1);
    third->addWidget(m_evaluate, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(third);
    column->addLayout(first);
    column->addLayout(second);

    connectInspector();
    showSplits();
    showClasses();
    showVotes();
}

void InspectBar::buildQuery()
{
    m_split = combo(tr("Images"), tr("Which images to look at"), this);
    m_filter = combo(tr("Show"), tr("Which of them to show, by what TTA does to them"), this);
    const auto filter = [this](ImageFilter value, const QString& text, const QString& help) {
        m_filter->addItem(text, static_cast<int>(value));
        m_filter->setItemData(m_filter->count() - 1, help, Qt::ToolTipRole);
    };
    filter(ImageFilter::All, tr("All outcomes"), tr("Every image"));
    filter(ImageFilter::Fixed, tr("Fixed"), tr("The original alone is wrong, TTA is right (F)"));
    filter(ImageFilter::Broken, tr("Broken"), tr("The original alone is right, TTA is wrong (B)"));
    filter(ImageFilter::BothWrong, tr("Both wrong"), tr("Wrong with and without TTA (W)"));
    filter(ImageFilter::BothRight, tr("Both right"), tr("Right with and without TTA"));
    filter(ImageFilter::Changed, tr("Changed"), tr("TTA gives another answer, right or wrong"));
    m_label = combo(tr("True class"), tr("Show one true class alone"), this);
    m_predicted = combo(tr("Predicted class"), tr("Show what TTA predicts as one class"), this);

    m_order = new QComboBox(this);
    m_order->setAccessibleName(tr("Sort by"));
    m_order->setToolTip(tr("The order of the images"));
    const auto order = [this](ImageOrder value, const QString& text, const QString& help) {
        m_order->addItem(text, static_cast<int>(value));
        m_order->setItemData(m_order->count() - 1, help, Qt::ToolTipRole);
    };
    order(ImageOrder::Index, tr("Index"), tr("As in the data set"));
    order(ImageOrder::Confidence, tr("Confidence"), tr("Merged probability of the answer"));
    order(ImageOrder::Agreement, tr("Agreement"), tr("Share of the copies that say the same"));
    order(ImageOrder::Entropy, tr("Entropy"), tr("How spread out the mean prediction is"));
    order(ImageOrder::MutualInformation, tr("Mutual information"),
        tr("How much the copies contradict each other, beyond each one's own doubt"));
    m_direction = new QToolButton(this);
    m_direction->setFocusPolicy(Qt::TabFocus);
    m_direction->setAutoRaise(true);
    m_jump = new QLineEdit(this);
    m_jump->setAccessibleName(tr("Go to image number"));
    m_jump->setToolTip(tr("An image's number in the data set; Enter goes there"));
    m_jump->setValidator(new QIntValidator(0, 2'000'000'000, m_jump));
    m_jump->setMaximumWidth(
        m_jump->fontMetrics().horizontalAdvance(QStringLiteral("00000000")) + 12);
    m_count = new QLabel(this);
    m_count->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    const auto changed = [this](auto change) {
        if (m_showing)
            return;
        auto query = m_query;
        change(query);
        setQuery(query);
    };
    connect(m_filter, &QComboBox::currentIndexChanged, this, [this, changed] {
        changed([this](ImageQuery& q) {
            q.filter = static_cast<ImageFilter>(m_filter->currentData().toInt());
        });
    });
    connect(m_label, &QComboBox::currentIndexChanged, this, [this, changed] {
        changed([this](ImageQuery& q) { q.label = m_label->currentData().toInt(); });
    });
    connect(m_predicted, &QComboBox::currentIndexChanged, this, [this, changed] {
        changed([this](ImageQuery& q) { q.predicted = m_predicted->currentData().toInt(); });
    });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this, changed] {
        changed([this](ImageQuery& q) {
            q.order = static_cast<ImageOrder>(m_order->currentData().toInt());
            q.descending = descendsAtFirst(q.order);
        });
    });
    connect(m_direction, &QToolButton::clicked, this,
        [changed] { changed([](ImageQuery& q) { q.descending = !q.descending; }); });
    connect(m_jump, &QLineEdit::returnPressed, this, [this] {
        Q_EMIT jumpAsked(m_jump->text().toUInt());
        m_jump->selectAll();
    });
    connect(m_split, &QComboBox::activated, this,
        [this] { m_inspector.setKind(static_cast<SplitKind>(m_split->currentData().toInt())); });
    showQuery();
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
                              "vote rule and blend answer at once"));
    connect(m_evaluate, &QPushButton::clicked, &m_inspector, &Inspector::evaluate);
    connect(m_score, &QLabel::linkActivated, this, [this](const QString& target) {
        if (target == QStringLiteral("fixed"))
            toggleFilter(ImageFilter::Fixed);
        else if (target == QStringLiteral("broken"))
            toggleFilter(ImageFilter::Broken);
    });
}

void InspectBar::connectInspector()
{
    connect(&m_inspector, &Inspector::splitChanged, this, [this] {
        showSplits();
        showClasses();
    });
    connect(&m_inspector, &Inspector::votesChanged, this, [this] {
        showSplits();
        showClasses();
        showVotes();
    });
}

void InspectBar::showSplits()
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

void InspectBar::showClasses()
{
    const auto names = m_inspector.classNames();
    const auto fill = [&](QComboBox* box, const QString& any, const QString& one) {
        bool same = box->count() == static_cast<int>(names.size()) + 1;
        for (std::size_t k = 0; same && k < names.size(); ++k)
            same = box->itemData(static_cast<int>(k) + 1, Qt::UserRole + 1).toString()
                == QString::fromStdString(names[k]);
        if (same)
            return;
        const QScopedValueRollback showing(m_showing, true);
        box->clear();
        box->addItem(any, -1);
        for (std::size_t k = 0; k < names.size(); ++k) {
            const auto name = QString::fromStdString(names[k]);
            box->addItem(one.arg(name), static_cast<int>(k));
            box->setItemData(box->count() - 1, name, Qt::UserRole + 1);
        }
    };
    const auto before = m_label->count();
    fill(m_label, tr("Any true class"), tr("True: %1"));
    fill(m_predicted, tr("Any prediction"), tr("Predicted: %1"));
    if (m_label->count() != before && (m_query.label >= 0 || m_query.predicted >= 0)) {
        auto query = m_query;
        query.label = query.predicted = -1; // classes of other data
        setQuery(query);
    }
    showQuery();
}

void InspectBar::showVotes()
{
    const auto tally = m_inspector.tally();
    const bool labelled = tally && tally->comparison;
    for (int row = 1; row < m_filter->count(); ++row) {
        const auto filter = static_cast<ImageFilter>(m_filter->itemData(row).toInt());
        enable(m_filter, row, filter == ImageFilter::Changed ? tally != nullptr : labelled);
    }
    for (int row = 1; row < m_order->count(); ++row)
        enable(m_order, row, tally != nullptr);
    m_predicted->setEnabled(tally != nullptr);
    m_label->setEnabled(m_inspector.kind() != SplitKind::Own);

    const auto images = QLocale().toString(static_cast<qulonglong>(m_inspector.split().size()));
    QString score;
    if (labelled) {
        const auto& c = *tally->comparison;
        const auto interval = c.liftCi95();
        score =
            tr("Baseline %1 → <b>TTA %2</b>, lift %3 points %4 · %5 · %6 · %7")
                .arg(unbroken(percentText(c.baselineAccuracy())),
                    unbroken(percentText(c.ttaAccuracy())), pointsText(c.lift()),
                    unbroken(
                        tr("(%1 … %2)").arg(pointsText(interval.low), pointsText(interval.high))),
                    link("fixed", tr("%1 fixed").arg(QLocale().toString(c.fixed)), palette()),
                    link("broken", tr("%1 broken").arg(QLocale().toString(c.broken)), palette()),
                    unbroken(tr("cost %1×").arg(QLocale().toString(c.cost(), 'f', 2))));
        m_score->setToolTip(
            tr("Accuracy on %1 images by %2; in brackets the 95 % interval of the "
               "lift. Cost: network passes an image; the baseline alone is 1.")
                .arg(images, QString::fromStdString(describeRule(tally->vote, tally->copies))));
    } else if (tally) {
        qint64 changed = 0;
        for (const auto& image : tally->images)
            changed += image.changed() ? 1 : 0;
        score =
            tr("TTA changes the answer of <b>%1</b> of %2 images. They have no labels, so there "
               "is no accuracy.")
                .arg(QLocale().toString(changed), images);
        m_score->setToolTip({});
    } else if (m_inspector.session().task() == Session::Task::Evaluate) {
        score = tr("Evaluating …");
    } else if (!m_inspector.session().model()) {
        score = tr("Train or load a model, and every image shows how its copies vote.");
    } else {
        score = m_inspector.kind() == SplitKind::Own
            ? tr("Evaluate all of these images to see whose answer TTA changes.")
            : tr("Evaluate these %1 images to see which ones TTA fixes and which it breaks.")
                  .arg(images);
    }
    m_score->setText(score);
    const auto note = m_inspector.votesNote();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_evaluate->setEnabled(
        m_inspector.canEvaluate() && m_inspector.votes() != Inspector::Votes::Current);
}

void InspectBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_evaluate)
        showVotes();
}

void InspectBar::toggleFilter(ImageFilter filter)
{
    if (m_query.filter != filter && !m_inspector.tally())
        return;
    auto query = m_query;
    query.filter = query.filter == filter ? ImageFilter::All : filter;
    setQuery(query);
}

void InspectBar::setQuery(const ImageQuery& query)
{
    if (query == m_query)
        return;
    m_query = query;
    showQuery();
    Q_EMIT queryChanged();
}

void InspectBar::showQuery()
{
    const QScopedValueRollback showing(m_showing, true);
    m_filter->setCurrentIndex(m_filter->findData(static_cast<int>(m_query.filter)));
    m_label->setCurrentIndex(std::max(0, m_label->findData(m_query.label)));
    m_predicted->setCurrentIndex(std::max(0, m_predicted->findData(m_query.predicted)));
    m_order->setCurrentIndex(m_order->findData(static_cast<int>(m_query.order)));
    m_direction->setArrowType(m_query.descending ? Qt::DownArrow : Qt::UpArrow);
    const auto what = m_query.descending ? tr("Highest first") : tr("Lowest first");
    m_direction->setToolTip(tr("%1; click to turn the order round").arg(what));
    m_direction->setAccessibleName(what);
}

void InspectBar::setCount(int shown, std::size_t total)
{
    const QLocale locale;
    const auto all = locale.toString(static_cast<qulonglong>(total));
    m_count->setText(static_cast<std::size_t>(shown) == total
            ? (total == 1 ? tr("1 image") : tr("%1 images").arg(all))
            : tr("%1 of %2 images").arg(locale.toString(shown), all));
}

QString InspectBar::countText() const
{
    return m_count->text();
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
