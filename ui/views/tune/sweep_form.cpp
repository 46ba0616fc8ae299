// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/sweep_form.h"

#include "ui/panels/factor_edit.h"
#include "ui/panels/rule_words.h"
#include "ui/views/tune/counts_edit.h"
#include "ui/views/tune/field_row.h"
#include "ui/views/tune/policy_checks.h"
#include "ui/widgets/section.h"
#include "ui/widgets/wrap_row.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

SweepForm::SweepForm(QWidget* parent)
    : TuneForm(TuneMethod::Sweep, parent)
    , m_policies(new PolicyChecks(PolicyChecks::Offer::Sweep, this))
    , m_copies(new CountsEdit(tr("Copies"), this))
    , m_rules(new CheckRow(tr("Vote rules"), this))
{
    addField(tr("Policies"), m_policies, {}, {QStringLiteral("policies")});
    addField(tr("Fields"), buildFields(),
        tr("Strengths of single fields, each with each, on top of every policy"),
        {QStringLiteral("fields")});
    addField(tr("Copies"), m_copies,
        tr("Numbers of copies, each once: 7, or 1, 3, 5, or 1-20. Smaller numbers take no passes "
           "of their own."),
        {QStringLiteral("copy_counts")});
    for (const auto& words : ruleWords())
        m_rules->add(words.name, words.help);
    addField(tr("Vote rules"), m_rules, {}, {QStringLiteral("rules"), QStringLiteral("vote")});
    addField(tr("Original"), buildOriginals(), {}, {QStringLiteral("originals")});
    addField({}, buildHalving(), {}, {QStringLiteral("halving")});
    connect(m_policies, &CheckRow::toggled, this, [this] { onEdited(); });
    connect(m_copies, &QLineEdit::textEdited, this, [this] { onEdited(); });
    connect(m_rules, &CheckRow::toggled, this, [this] { onEdited(); });
    finish();
}

QWidget* SweepForm::buildFields()
{
    auto* box = new QWidget(this);
    m_fieldColumn = new QVBoxLayout(box);
    m_fieldColumn->setContentsMargins(0, 0, 0, 0);
    m_fieldColumn->setSpacing(6);
    m_addField = new QPushButton(tr("Add a field"), box);
    m_addField->setToolTip(tr("Sweep rotation, shift, zoom … from off to strong"));
    m_fieldColumn->addWidget(m_addField, 0, Qt::AlignLeft);
    connect(m_addField, &QPushButton::clicked, this, [this] {
        auto* row = appendField();
        // One that is not there yet.
        const auto all = policyFields();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto taken = [&](const FieldRow* other) {
                return other != row && other->range().field == all[i].name;
            };
            if (std::ranges::none_of(m_fields, taken)) {
                row->field()->setCurrentIndex(static_cast<int>(i));
                break;
            }
        }
        onFieldsChanged();
        row->field()->setFocus();
    });
    return box;
}

FieldRow* SweepForm::appendField()
{
    auto* row = new FieldRow(FieldRow::Remove::Yes, m_addField->parentWidget());
    m_fieldColumn->insertWidget(static_cast<int>(m_fields.size()), row);
    m_fields.push_back(row);
    connect(row, &FieldRow::edited, this, [this] { onEdited(); });
    connect(row, &FieldRow::removeClicked, this, [this, row] {
        removeField(row);
        m_addField->setFocus();
        onFieldsChanged();
    });
    return row;
}

void SweepForm::removeField(FieldRow* row)
{
    std::erase(m_fields, row);
    m_fieldColumn->removeWidget(row);
    row->hide();
    row->deleteLater();
}

void SweepForm::onFieldsChanged()
{
    m_policies->setSwept(!m_fields.empty());
    onEdited();
}

QWidget* SweepForm::buildOriginals()
{
    auto* box = new QWidget(this);
    m_alone = new QCheckBox(tr("copies alone"), box);
    m_included = new QCheckBox(tr("votes too"), box);
    m_included->setToolTip(tr("The untouched image as one more view"));
    m_blended = new QCheckBox(tr("blended in, β"), box);
    m_blended->setToolTip(tr("The score is partly the original's own: 0.25 is usual"));
    m_blends = new FactorEdit(tr("Blends"), box);
    m_blends->setPlaceholderText(QStringLiteral("0.25, 0.5"));
    m_blends->setMaximumWidth(120);
    auto* wrap = new WrapRow(8);
    for (auto* widget : std::initializer_list<QWidget*>{m_alone, m_included, m_blended, m_blends})
        wrap->addWidget(widget);
    box->setLayout(wrap);
    for (auto* check : {m_alone, m_included, m_blended}) {
        connect(check, &QCheckBox::toggled, this, [this] {
            m_blends->setEnabled(m_blended->isChecked());
            onEdited();
        });
    }
    connect(m_blends, &QLineEdit::textEdited, this, [this] { onEdited(); });
    return box;
}

QWidget* SweepForm::buildHalving()
{
    auto* box = new QWidget(this);
    m_halving = new QCheckBox(tr("Stop hopeless ones early"), box);
    m_halvingStart = new QSpinBox(box);
    m_halvingStart->setAccessibleName(tr("Images of the first round"));
    m_halvingStart->setRange(50, 1'000'000);
    m_halvingStart->setSingleStep(50);
    m_halvingStart->setGroupSeparatorShown(true);
    m_halvingStart->setPrefix(tr("first on "));
    m_halvingStart->setSuffix(tr(" images"));
    auto* note = Section::makeNote(
        tr("Successive halving: all are tried on these few images, the better half on twice as "
           "many, and so on. Saves passes; figures of what was dropped are of fewer images."),
        box);
    auto* wrap = new WrapRow(8);
    wrap->addWidget(m_halving);
    wrap->addWidget(m_halvingStart);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(wrap);
    column->addWidget(note);
    connect(m_halving, &QCheckBox::toggled, this, [this](bool on) {
        m_halvingStart->setEnabled(on);
        onEdited();
    });
    connect(m_halvingStart, &QSpinBox::valueChanged, this, [this] { onEdited(); });
    return box;
}

void SweepForm::read(TuneSpec& spec) const
{
    spec.policies = m_policies->policies();
    spec.fields.clear();
    for (const auto* row : m_fields)
        spec.fields.push_back(row->range());
    spec.copyCounts = m_copies->counts();
    spec.rules.clear();
    for (std::size_t i = 0; i < m_rules->count(); ++i) {
        if (m_rules->isChecked(i))
            spec.rules.push_back(ruleWords()[i].rule);
    }
    spec.originals.clear();
    if (m_alone->isChecked())
        spec.originals.push_back({});
    if (m_included->isChecked())
        spec.originals.push_back({.included = true});
    if (m_blended->isChecked()) {
        for (const double blend : m_blends->factors().value_or(std::vector<double>()))
            spec.originals.push_back({.blend = blend});
    }
    spec.halving = m_halving->isChecked();
    spec.halvingStart = m_halvingStart->value();
}

void SweepForm::showFields(const TuneSpec& spec)
{
    while (!m_fields.empty())
        removeField(m_fields.back());
    for (const auto& field : spec.fields)
        appendField()->setRange(field);
    m_policies->setSwept(!m_fields.empty());
    m_policies->setPolicies(spec.policies);
    m_copies->setCounts(spec.copyCounts);
    for (std::size_t i = 0; i < m_rules->count(); ++i)
        m_rules->setChecked(
            i, std::ranges::find(spec.rules, ruleWords()[i].rule) != spec.rules.end());
    std::vector<double> blends;
    bool alone = false;
    bool included = false;
    for (const auto& original : spec.originals) {
        included = included || original.included;
        alone = alone || (!original.included && original.blend == 0);
        if (original.blend > 0)
            blends.push_back(original.blend);
    }
    const QSignalBlocker quietAlone(m_alone);
    const QSignalBlocker quietIncluded(m_included);
    const QSignalBlocker quietBlended(m_blended);
    const QSignalBlocker quietHalving(m_halving);
    const QSignalBlocker quietStart(m_halvingStart);
    m_alone->setChecked(alone);
    m_included->setChecked(included);
    m_blended->setChecked(!blends.empty());
    m_blends->setFactors(blends.empty() ? std::vector<double>{0.25} : blends);
    m_blends->setEnabled(m_blended->isChecked());
    m_halving->setChecked(spec.halving);
    m_halvingStart->setValue(spec.halvingStart);
    m_halvingStart->setEnabled(spec.halving);
}

void SweepForm::showContext(const FormContext& context)
{
    m_policies->setSetup(context.config.policy, context.shape);
}

std::vector<Problem> SweepForm::textProblems() const
{
    std::vector<Problem> problems;
    const auto add = [&problems](const char* field, const QString& sentence) {
        problems.push_back({field, sentence.toStdString()});
    };
    if (m_policies->policies().empty())
        add("policies", tr("Choose at least one policy."));
    if (const auto problem = m_copies->problem(); !problem.isEmpty())
        add("copy_counts", problem);
    bool anyRule = false;
    for (std::size_t i = 0; i < m_rules->count(); ++i)
        anyRule = anyRule || m_rules->isChecked(i);
    if (!anyRule)
        add("rules", tr("Choose at least one vote rule."));
    if (!m_alone->isChecked() && !m_included->isChecked() && !m_blended->isChecked())
        add("originals", tr("Choose at least one way for the original to take part, or not to."));
    if (m_blended->isChecked() && !m_blends->problem().isEmpty())
        add("originals", m_blends->problem());
    return problems;
}

} // namespace augury
