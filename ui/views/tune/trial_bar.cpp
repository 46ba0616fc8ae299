// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/trial_bar.h"

#include "ui/session/eta.h"
#include "ui/session/number_text.h"
#include "ui/widgets/wrap_row.h"

#include <QCheckBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace augury {

namespace {

QLabel* makeText(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

QString trialFigures(const Trial& trial)
{
    const auto& figures = trial.comparison;
    if (figures.images == 0)
        return {};
    const auto interval = figures.liftCi95();
    const QLocale locale;
    QStringList parts;
    parts << TrialBar::tr("%1 right, lift %2 points (%3 … %4)")
                 .arg(percentText(figures.ttaAccuracy()), pointsText(figures.lift()),
                     pointsText(interval.low), pointsText(interval.high));
    parts << TrialBar::tr("%1 fixed, %2 broken of %3 images")
                 .arg(locale.toString(static_cast<qlonglong>(figures.fixed)),
                     locale.toString(static_cast<qlonglong>(figures.broken)),
                     locale.toString(static_cast<qlonglong>(figures.images)));
    parts << TrialBar::tr("NLL %1").arg(locale.toString(trial.nll.mean(figures.images), 'f', 3));
    parts << TrialBar::tr("%1× the cost, %2")
                 .arg(locale.toString(figures.cost(), 'f', 1), roughTimeText(trial.seconds));
    for (auto& part : parts)
        part = unbroken(part);
    return parts.join(QStringLiteral(" · "));
}

TrialBar::TrialBar(QWidget* parent)
    : QFrame(parent)
    , m_title(makeText(this))
    , m_figures(makeText(this))
    , m_use(new QPushButton(tr("Use in Setup"), this))
    , m_look(new QPushButton(tr("Look at it"), this))
    , m_compare(new QPushButton(tr("Repeat in Compare"), this))
    , m_project(new QPushButton(tr("Use and save as project…"), this))
    , m_confirm(new QPushButton(tr("Confirm on test"), this))
    , m_tutorial(new QCheckBox(tr("and the tutorial's seven flips beside it"), this))
{
    setFrameShape(QFrame::StyledPanel);
    auto font = m_title->font();
    font.setBold(true);
    m_title->setFont(font);
    m_title->setAccessibleDescription(tr("The chosen configuration"));
    m_use->setToolTip(tr("Policy, copies and vote into the Setup panel; Undo takes it back"));
    m_tutorial->setToolTip(
        tr("Tests seven random horizontal flips and their mean on the same images, to compare "
           "with. It counts as a use of the test images, too."));
    auto* buttons = new WrapRow(6);
    for (auto* widget :
        std::initializer_list<QWidget*>{m_confirm, m_tutorial, m_use, m_look, m_compare, m_project})
        buttons->addWidget(widget);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 10, 8);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_figures);
    column->addLayout(buttons);
    connect(m_use, &QPushButton::clicked, this, &TrialBar::useClicked);
    connect(m_look, &QPushButton::clicked, this, &TrialBar::lookClicked);
    connect(m_compare, &QPushButton::clicked, this, &TrialBar::compareClicked);
    connect(m_project, &QPushButton::clicked, this, &TrialBar::projectClicked);
    connect(m_confirm, &QPushButton::clicked, this,
        [this] { Q_EMIT confirmClicked(m_tutorial->isChecked()); });
    hide();
}

void TrialBar::setTrial(const std::optional<Trial>& trial, Standing standing)
{
    m_trial = trial;
    setVisible(trial.has_value());
    if (!trial)
        return;
    const auto words = QString::fromStdString(describe(trial->configuration));
    m_title->setText(standing == Standing::Best ? tr("Best: %1").arg(words)
            : standing == Standing::BestSoFar   ? tr("Best so far: %1").arg(words)
                                                : tr("Chosen: %1").arg(words));
    m_figures->setText(trialFigures(*trial));
    showButtons();
}

void TrialBar::setActions(const TrialActions& actions)
{
    m_actions = actions;
    showButtons();
}

void TrialBar::showButtons()
{
    const bool finished = m_trial && m_trial->state != Trial::State::Waiting;
    const bool whole = m_trial && m_trial->state == Trial::State::Finished;
    m_use->setEnabled(finished);
    const auto say = [](QPushButton* button, bool can, const QString& why, const QString& what) {
        button->setEnabled(can);
        button->setToolTip(can || why.isEmpty() ? what : why);
    };
    say(m_look, finished && m_actions.cannotLook.isEmpty(), m_actions.cannotLook,
        tr("Into the Setup panel, and its votes on single images on the Inspect page"));
    const auto busy =
        m_actions.busy ? tr("Something is at work; wait for it or stop it.") : QString();
    say(m_compare, finished && !m_actions.busy, busy,
        tr("Into the Setup panel, and repeats with it: networks trained afresh, tested with and "
           "without it"));
    say(m_project, finished, {}, tr("A project file with this configuration"));
    const auto unfinished =
        whole ? QString() : tr("Only a configuration that was tried on all images is confirmed.");
    const auto why = !unfinished.isEmpty()   ? unfinished
        : !m_actions.cannotConfirm.isEmpty() ? m_actions.cannotConfirm
                                             : busy;
    const auto what = m_actions.confirmedBefore > 0
        ? tr("Tests it and the baseline on the test images. They were used %1 already; each use "
             "is counted, and the p value corrected for all of them.")
              .arg(countText(m_actions.confirmedBefore, tr("once"), tr("%1 times")))
        : tr("Tests it and the baseline once on the test images, which nothing was chosen on.");
    say(m_confirm, why.isEmpty(), why, what);
    m_tutorial->setEnabled(why.isEmpty());
}

QString TrialBar::titleText() const
{
    return m_title->text();
}

QString TrialBar::figuresText() const
{
    return m_figures->text();
}

} // namespace augury
