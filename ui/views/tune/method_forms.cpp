// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/method_forms.h"

#include "core/tune/configuration.h"
#include "ui/views/tune/field_row.h"
#include "ui/views/tune/policy_checks.h"
#include "ui/views/tune/vote_fields.h"
#include "ui/widgets/section.h"
#include "ui/widgets/wrap_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace augury {

namespace {

constexpr int s_mostCopies = 1000;

QWidget* sideBySide(QWidget* parent, std::initializer_list<QWidget*> widgets)
{
    auto* row = new QWidget(parent);
    auto* wrap = new WrapRow(8);
    for (auto* widget : widgets)
        wrap->addWidget(widget);
    row->setLayout(wrap);
    return row;
}

Problem noPolicy(const QString& sentence)
{
    return {"policies", sentence.toStdString()};
}

struct PoolKind {
    const char* label;
    const char* help;
    bool ViewPool::*field;
};
constexpr PoolKind s_kinds[] = {
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Horizontal flip"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "The mirror image"), &ViewPool::flips},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Vertical flip"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "Upside down, and with it half a turn"),
        &ViewPool::verticalFlips},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Quarter turns"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "90°, 180° and 270°; of square images alone"),
        &ViewPool::quarterTurns},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Shifts"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "By 1 and 2 pixels to all eight sides"),
        &ViewPool::shifts},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Rotations"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "±5°, ±10° and ±15°"), &ViewPool::rotations},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Zooms"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "By 0.9, 0.95, 1.05, 1.1 and 1.2"),
        &ViewPool::zooms},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Crops"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "The centre and the corners, 87.5 % of each side"),
        &ViewPool::crops},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Brightness and contrast"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "By 0.8, 0.9, 1.1 and 1.2"), &ViewPool::brightness},
    {QT_TRANSLATE_NOOP("augury::GreedyForm", "Blur"),
        QT_TRANSLATE_NOOP("augury::GreedyForm", "By 0.5 and 1 pixel"), &ViewPool::blur},
};

} // namespace

QSpinBox* makeCopiesBox(const QString& prefix, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(1, s_mostCopies);
    box->setPrefix(prefix);
    box->setAccessibleName(TuneForm::tr("Copies"));
    return box;
}

CopiesForm::CopiesForm(QWidget* parent)
    : TuneForm(TuneMethod::Copies, parent)
    , m_policies(new PolicyChecks(PolicyChecks::Offer::All, this))
    , m_copies(makeCopiesBox(tr("1 to "), this))
    , m_vote(new VoteFields(VoteFields::Offer::All, this))
{
    addField(tr("Policies"), m_policies, {}, {QStringLiteral("policies")});
    addField(tr("Copies"), sideBySide(this, {m_copies}),
        tr("Every number of copies up to this one is tried; of a policy of fixed views, up to "
           "all of them. It takes no more passes than the largest number alone."),
        {QStringLiteral("copies")});
    addField(tr("Vote"), m_vote, {}, {QStringLiteral("vote")});
    connect(m_policies, &CheckRow::toggled, this, [this] { onEdited(); });
    connect(m_copies, &QSpinBox::valueChanged, this, [this] { onEdited(); });
    connect(m_vote, &VoteFields::edited, this, [this] { onEdited(); });
    finish();
}

void CopiesForm::read(TuneSpec& spec) const
{
    spec.policies = m_policies->policies();
    spec.copies = m_copies->value();
    spec.vote = m_vote->vote();
}

void CopiesForm::showFields(const TuneSpec& spec)
{
    const QSignalBlocker quiet(m_copies);
    m_policies->setPolicies(spec.policies);
    m_copies->setValue(spec.copies);
    m_vote->setVote(spec.vote);
}

void CopiesForm::showContext(const FormContext& context)
{
    m_policies->setSetup(context.config.policy, context.shape);
}

std::vector<Problem> CopiesForm::textProblems() const
{
    if (m_policies->policies().empty())
        return {noPolicy(tr("Choose at least one policy."))};
    return {};
}

GreedyForm::GreedyForm(QWidget* parent)
    : TuneForm(TuneMethod::Greedy, parent)
    , m_pool(new CheckRow(tr("Views to choose from"), this))
    , m_random(new QSpinBox(this))
    , m_source(new QComboBox(this))
    , m_sources{defaultSpec(TuneMethod::Greedy).pool.policy, AugmentPolicy()}
    , m_steps(new QSpinBox(this))
{
    for (const auto& kind : s_kinds)
        m_pool->add(tr(kind.label), tr(kind.help));
    m_random->setRange(0, 500);
    m_random->setAccessibleName(tr("Random views"));
    m_source->setAccessibleName(tr("What random views are drawn from"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_source->setMinimumContentsLength(34);
    m_source->addItem(
        tr("drawn from: %1").arg(QString::fromStdString(augury::describe(m_sources[0]))));
    m_source->addItem(tr("drawn from Setup's policy"));
    m_steps->setRange(1, 100);
    m_steps->setAccessibleName(tr("Steps"));
    addField(tr("Views"), m_pool, {}, {});
    addField(tr("Random views"), sideBySide(this, {m_random, m_source}),
        tr("So many more, drawn once; each is the same for every image."),
        {QStringLiteral("random"), QStringLiteral("pool")});
    addField(tr("Steps"), sideBySide(this, {m_steps}),
        tr("At each step the view joins the list that helps it most; a view may be taken again "
           "and then has several votes."),
        {QStringLiteral("steps")});
    connect(m_pool, &CheckRow::toggled, this, [this] { onEdited(); });
    connect(m_random, &QSpinBox::valueChanged, this, [this] { onEdited(); });
    connect(m_source, &QComboBox::currentIndexChanged, this, [this] { onEdited(); });
    connect(m_steps, &QSpinBox::valueChanged, this, [this] { onEdited(); });
    finish();
}

void GreedyForm::read(TuneSpec& spec) const
{
    for (std::size_t i = 0; i < std::size(s_kinds); ++i)
        spec.pool.*s_kinds[i].field = m_pool->isChecked(i);
    spec.pool.random = m_random->value();
    spec.pool.policy = m_sources[static_cast<std::size_t>(std::max(0, m_source->currentIndex()))];
    spec.steps = m_steps->value();
}

void GreedyForm::showFields(const TuneSpec& spec)
{
    for (std::size_t i = 0; i < std::size(s_kinds); ++i)
        m_pool->setChecked(i, spec.pool.*s_kinds[i].field);
    const QSignalBlocker quietRandom(m_random);
    const QSignalBlocker quietSource(m_source);
    const QSignalBlocker quietSteps(m_steps);
    m_random->setValue(spec.pool.random);
    m_steps->setValue(spec.steps);
    // One of a search of the history takes the usual one's place.
    const bool isSetups = spec.pool.policy == m_sources[1] && spec.pool.policy != m_sources[0];
    if (!isSetups) {
        m_sources[0] = spec.pool.policy;
        m_source->setItemText(
            0, tr("drawn from: %1").arg(QString::fromStdString(augury::describe(m_sources[0]))));
    }
    m_source->setCurrentIndex(isSetups ? 1 : 0);
}

void GreedyForm::showContext(const FormContext& context)
{
    m_sources[1] = context.config.policy;
    m_source->setItemText(1,
        tr("drawn from Setup's policy: %1")
            .arg(QString::fromStdString(shortName(context.config.policy))));
}

std::vector<Problem> GreedyForm::textProblems() const
{
    bool any = m_random->value() > 0;
    for (std::size_t i = 0; i < m_pool->count(); ++i)
        any = any || m_pool->isChecked(i);
    const auto& drawnFrom =
        m_sources[static_cast<std::size_t>(std::max(0, m_source->currentIndex()))];
    if (m_random->value() > 0 && drawnFrom.views)
        return {{"random",
            tr("Setup has a fixed list of views, which nothing is drawn from: choose the other "
               "policy, or no random views.")
                .toStdString()}};
    if (m_random->value() > 0 && drawnFrom.noiseStd > 0)
        return {{"random",
            tr("Setup's policy adds noise, which would be the same on every image: choose the "
               "other policy, or no random views.")
                .toStdString()}};
    if (!any)
        return {{"pool", tr("Choose at least one kind of view.").toStdString()}};
    return {};
}

WeightsForm::WeightsForm(QWidget* parent)
    : TuneForm(TuneMethod::Weights, parent)
    , m_policies(new PolicyChecks(PolicyChecks::Offer::FixedViews, this))
    , m_vote(new VoteFields(VoteFields::Offer::OriginalOnly, this))
{
    addField(tr("Views"), m_policies, {}, {QStringLiteral("policies"), QStringLiteral("copies")});
    addField(tr("Vote"), m_vote, {}, {QStringLiteral("vote")});
    connect(m_policies, &CheckRow::toggled, this, [this] { onEdited(); });
    connect(m_vote, &VoteFields::edited, this, [this] { onEdited(); });
    finish();
}

void WeightsForm::read(TuneSpec& spec) const
{
    spec.policies = m_policies->policies();
    spec.vote = m_vote->vote();
}

void WeightsForm::showFields(const TuneSpec& spec)
{
    m_policies->setPolicies(spec.policies);
    m_vote->setVote(spec.vote);
}

void WeightsForm::showContext(const FormContext& context)
{
    m_policies->setSetup(context.config.policy, context.shape);
}

std::vector<Problem> WeightsForm::textProblems() const
{
    if (m_policies->policies().empty())
        return {noPolicy(tr("Choose at least one list of views."))};
    return {};
}

SensitivityForm::SensitivityForm(QWidget* parent)
    : TuneForm(TuneMethod::Sensitivity, parent)
    , m_field(new FieldRow(FieldRow::Remove::No, this))
    , m_copies(makeCopiesBox({}, this))
    , m_vote(new VoteFields(VoteFields::Offer::All, this))
    , m_base(new QComboBox(this))
{
    m_base->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_base->setMinimumContentsLength(24);
    m_base->setAccessibleName(tr("On top of"));
    addField(tr("Field"), m_field, {}, {QStringLiteral("swept")});
    addField(tr("On top of"), sideBySide(this, {m_base}),
        tr("What every copy is drawn with besides the field that is swept"),
        {QStringLiteral("policies")});
    addField(tr("Copies"), sideBySide(this, {m_copies}), tr("How many copies look at each image"),
        {QStringLiteral("copies")});
    addField(tr("Vote"), m_vote, {}, {QStringLiteral("vote")});
    m_bases = {AugmentPolicy(), AugmentPolicy()};
    m_base->addItem(tr("nothing: this field alone"));
    m_base->addItem(tr("Setup's policy"));
    connect(m_field, &FieldRow::edited, this, [this] { onEdited(); });
    connect(m_base, &QComboBox::currentIndexChanged, this, [this] { onEdited(); });
    connect(m_copies, &QSpinBox::valueChanged, this, [this] { onEdited(); });
    connect(m_vote, &VoteFields::edited, this, [this] { onEdited(); });
    finish();
}

void SensitivityForm::read(TuneSpec& spec) const
{
    spec.swept = m_field->range();
    spec.copies = m_copies->value();
    spec.vote = m_vote->vote();
    spec.policies = {m_bases[static_cast<std::size_t>(std::max(0, m_base->currentIndex()))]};
}

void SensitivityForm::showFields(const TuneSpec& spec)
{
    const QSignalBlocker quietCopies(m_copies);
    const QSignalBlocker quietBase(m_base);
    m_field->setRange(spec.swept);
    m_copies->setValue(spec.copies);
    m_vote->setVote(spec.vote);
    const auto base = spec.policies.empty() ? AugmentPolicy() : spec.policies.front();
    m_bases.resize(2);
    while (m_base->count() > 2)
        m_base->removeItem(2);
    const auto found = std::ranges::find(m_bases, base);
    const auto place = static_cast<int>(found - m_bases.begin());
    if (found == m_bases.end()) {
        m_bases.push_back(base);
        m_base->addItem(QString::fromStdString(shortName(base)));
    }
    m_base->setCurrentIndex(place);
}

void SensitivityForm::showContext(const FormContext& context)
{
    m_bases[1] = context.config.policy;
    m_base->setItemText(
        1, tr("Setup's policy: %1").arg(QString::fromStdString(shortName(context.config.policy))));
}

std::vector<Problem> SensitivityForm::textProblems() const
{
    if (m_bases[static_cast<std::size_t>(std::max(0, m_base->currentIndex()))].views)
        return {noPolicy(
            tr("Setup has a fixed list of views, which has no strengths: choose nothing instead, "
               "or random copies in Setup."))};
    return {};
}

} // namespace augury
