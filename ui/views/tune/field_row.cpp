// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/field_row.h"

#include "ui/widgets/section.h"
#include "ui/widgets/wrap_row.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr int s_usualSteps = 5;
constexpr int s_mostSteps = 101;

bool isShare(const PolicyField& field)
{
    return QString::fromUtf8(field.unit) == QStringLiteral("%");
}

double shownUnit(const PolicyField& field)
{
    return isShare(field) ? 100 : 1;
}

/// Strengths that sums of steps would give the digits of a machine are rounded as they are shown.
double rounded(double strength)
{
    return std::round(strength * 1e6) / 1e6;
}

} // namespace

std::vector<double> evenStrengths(double low, double high, int count)
{
    if (count <= 1)
        return {high};
    std::vector<double> strengths;
    for (int i = 0; i < count; ++i)
        strengths.push_back(rounded(low + (high - low) * i / (count - 1)));
    return strengths;
}

FieldRow::FieldRow(Remove remove, QWidget* parent)
    : QWidget(parent)
    , m_field(new QComboBox(this))
    , m_fromLabel(new QLabel(tr("from"), this))
    , m_from(new QDoubleSpinBox(this))
    , m_toLabel(new QLabel(tr("to"), this))
    , m_to(new QDoubleSpinBox(this))
    , m_stepsLabel(new QLabel(tr("strengths"), this))
    , m_steps(new QSpinBox(this))
    , m_remove(new QToolButton(this))
    , m_strengths(Section::makeNote({}, this))
{
    for (const auto& field : policyFields())
        m_field->addItem(tr(field.label), QString::fromLatin1(field.name));
    m_field->setAccessibleName(tr("Field"));
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    m_steps->setAccessibleName(tr("How many strengths"));
    m_steps->setRange(1, s_mostSteps);
    m_steps->setValue(s_usualSteps);
    m_remove->setText(QStringLiteral("✕"));
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_remove->setAccessibleName(tr("Remove this field"));
    m_remove->setToolTip(tr("Remove this field"));
    m_remove->setVisible(remove == Remove::Yes);
    auto* row = new WrapRow(6);
    for (auto* widget : std::initializer_list<QWidget*>{
             m_field, m_fromLabel, m_from, m_toLabel, m_to, m_steps, m_stepsLabel, m_remove})
        row->addWidget(widget);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_strengths);
    chooseField();
    connect(m_field, &QComboBox::currentIndexChanged, this, [this] {
        chooseField();
        Q_EMIT edited();
    });
    connect(m_from, &QDoubleSpinBox::valueChanged, this, &FieldRow::onEdited);
    connect(m_to, &QDoubleSpinBox::valueChanged, this, &FieldRow::onEdited);
    connect(m_steps, &QSpinBox::valueChanged, this, &FieldRow::onEdited);
    connect(m_remove, &QToolButton::clicked, this, &FieldRow::removeClicked);
}

const PolicyField& FieldRow::chosen() const
{
    const auto all = policyFields();
    return all[static_cast<std::size_t>(std::max(0, m_field->currentIndex()))];
}

void FieldRow::showField()
{
    const auto& field = chosen();
    const auto suffix = field.isSwitch || !*field.unit
        ? QString()
        : (QString::fromUtf8(field.unit) == QStringLiteral("°") ? QStringLiteral("%1")
                                                                : QStringLiteral(" %1"))
              .arg(QString::fromUtf8(field.unit));
    for (auto* box : {m_from, m_to}) {
        const QSignalBlocker quiet(box);
        box->setDecimals(field.most * shownUnit(field) <= 10 ? 2 : 1);
        box->setRange(0, field.most * shownUnit(field));
        box->setSuffix(suffix);
    }
    for (auto* widget : std::initializer_list<QWidget*>{
             m_fromLabel, m_from, m_toLabel, m_to, m_steps, m_stepsLabel})
        widget->setVisible(!field.isSwitch);
}

void FieldRow::chooseField()
{
    m_kept.clear();
    showField();
    const QSignalBlocker quietFrom(m_from);
    const QSignalBlocker quietTo(m_to);
    m_from->setValue(0);
    m_to->setValue(chosen().suggested * shownUnit(chosen()));
    showStrengths();
}

FieldRange FieldRow::range() const
{
    const auto& field = chosen();
    if (!m_kept.empty())
        return {field.name, m_kept};
    if (field.isSwitch)
        return {field.name, {0, 1}};
    const double unit = shownUnit(field);
    return {
        field.name, evenStrengths(m_from->value() / unit, m_to->value() / unit, m_steps->value())};
}

void FieldRow::setRange(const FieldRange& range)
{
    const QSignalBlocker quietField(m_field);
    const QSignalBlocker quietSteps(m_steps);
    m_field->setCurrentIndex(std::max(0, m_field->findData(QString::fromStdString(range.field))));
    chooseField();
    if (!range.strengths.empty()) {
        const QSignalBlocker quietFrom(m_from);
        const QSignalBlocker quietTo(m_to);
        const double unit = shownUnit(chosen());
        m_from->setValue(range.strengths.front() * unit);
        m_to->setValue(range.strengths.back() * unit);
        m_steps->setValue(static_cast<int>(range.strengths.size()));
        m_kept = range.strengths;
    }
    showStrengths();
}

void FieldRow::onEdited()
{
    m_kept.clear();
    showStrengths();
    Q_EMIT edited();
}

void FieldRow::showStrengths()
{
    constexpr std::size_t most = 8;
    const auto strengths = range().strengths;
    QStringList texts;
    for (std::size_t i = 0; i < strengths.size(); ++i) {
        if (strengths.size() > most && i == most - 2) {
            texts << QStringLiteral("…");
            i = strengths.size() - 2;
            continue;
        }
        texts << QString::fromStdString(strengthText(chosen(), strengths[i]));
    }
    m_strengths->setText(texts.join(QStringLiteral(", ")));
}

} // namespace augury
