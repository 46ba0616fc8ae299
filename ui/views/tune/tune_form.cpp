// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/tune_form.h"

#include "ui/widgets/section.h"
#include "ui/widgets/wrap_row.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

namespace {

/// Of a fragment such as "must be distinct, but one is there twice".
std::string sentence(const Problem& problem)
{
    auto name = problem.field;
    std::ranges::replace(name, '_', ' ');
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name + " " + problem.message + ".";
}

} // namespace

TuneForm::TuneForm(TuneMethod method, QWidget* parent)
    : QWidget(parent)
    , m_method(method)
    , m_spec(defaultSpec(method))
    , m_section(new Section({}, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_section);
}

void TuneForm::addField(
    const QString& label, QWidget* field, const QString& toolTip, const std::vector<QString>& keys)
{
    m_section->addRow(label, field, toolTip);
    auto* line = m_section->addProblemLine();
    m_lines.emplace_back(keys, line);
}

void TuneForm::addNote(const QString& text)
{
    m_section->addWide(Section::makeNote(text, this));
}

void TuneForm::finish()
{
    auto* row = new QWidget(this);
    m_images = new QSpinBox(row);
    m_images->setAccessibleName(tr("Validation images"));
    m_images->setRange(0, 100'000'000);
    m_images->setSingleStep(500);
    m_images->setSpecialValueText(tr("all"));
    m_images->setGroupSeparatorShown(true);
    m_images->setToolTip(tr("How many of the validation images each configuration is tried on; a "
                            "fair sample of them. Fewer are faster and tell less."));
    auto* label = new QLabel(tr("Seed"), row);
    m_seed = new QDoubleSpinBox(row);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setDecimals(0);
    m_seed->setRange(0, 4294967295.0);
    m_seed->setToolTip(
        tr("Decides what the random copies are drawn with and the order of the images. The same "
           "seed and settings give the same result."));
    auto* wrap = new WrapRow(8);
    wrap->addWidget(m_images);
    wrap->addWidget(label);
    wrap->addWidget(m_seed);
    row->setLayout(wrap);
    addField(tr("Images"), row, {}, {QStringLiteral("images"), QStringLiteral("seed")});
    connect(m_images, &QSpinBox::valueChanged, this, &TuneForm::onEdited);
    connect(m_seed, &QDoubleSpinBox::valueChanged, this, &TuneForm::onEdited);
    showSpec(m_spec);
}

TuneSpec TuneForm::spec() const
{
    auto spec = m_spec;
    spec.images = static_cast<std::size_t>(m_images->value());
    spec.seed = static_cast<std::uint64_t>(m_seed->value());
    read(spec);
    return spec;
}

void TuneForm::showSpec(const TuneSpec& spec)
{
    m_spec = spec;
    const QSignalBlocker quietImages(m_images);
    const QSignalBlocker quietSeed(m_seed);
    m_images->setValue(static_cast<int>(spec.images));
    m_seed->setValue(static_cast<double>(spec.seed));
    showFields(spec);
    check();
}

void TuneForm::setContext(const FormContext& context)
{
    m_context = context;
    const auto most = context.validationImages;
    m_images->setSuffix(
        most > 0 ? tr(" of %1").arg(QLocale().toString(static_cast<qulonglong>(most))) : QString());
    m_images->setSpecialValueText(
        most > 0 ? tr("all %1").arg(QLocale().toString(static_cast<qulonglong>(most))) : tr("all"));
    showContext(context);
    check();
}

void TuneForm::onEdited()
{
    check();
    Q_EMIT edited();
}

void TuneForm::check()
{
    auto problems = textProblems();
    const auto spec = this->spec();
    if (problems.empty()) {
        for (auto& problem : spec.validate())
            problems.push_back({problem.field, sentence(problem)});
    }
    if (problems.empty() && m_context.validationImages > 0
        && spec.images > m_context.validationImages)
        problems.push_back({"images",
            tr("There are only %1 validation images.")
                .arg(QLocale().toString(static_cast<qulonglong>(m_context.validationImages)))
                .toStdString()});
    m_problems.clear();
    std::vector<QStringList> texts(m_lines.size());
    for (const auto& problem : problems) {
        const auto text = QString::fromStdString(problem.message);
        const auto field = QString::fromStdString(problem.field);
        const auto line = std::ranges::find_if(m_lines, [&field](const auto& each) {
            return std::ranges::any_of(
                each.first, [&field](const QString& key) { return field.contains(key); });
        });
        m_problems << text;
        if (line != m_lines.end())
            texts[static_cast<std::size_t>(line - m_lines.begin())] << text;
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].second->setText(texts[i].join(QLatin1Char('\n')));
        m_lines[i].second->setVisible(!texts[i].isEmpty());
    }
}

} // namespace augury
