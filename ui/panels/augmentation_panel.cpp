// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/augmentation_panel.h"

#include "ui/panels/geometry_rows.h"
#include "ui/panels/pixel_rows.h"
#include "ui/panels/policy_caution.h"
#include "ui/panels/policy_problems.h"
#include "ui/panels/preset_box.h"
#include "ui/panels/views_rows.h"
#include "ui/widgets/section.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

namespace {

/// As many copies as settings may have; a list of views that is too long is a problem of its own.
int copiesLimit(const AugmentPolicy& policy)
{
    return std::clamp(mostCopies(policy), 1, 1000);
}

/// "original, flip (×2), +5° …": each in its words, with how often it is there.
QString viewsText(const std::vector<Transform>& list, const Shape& shape)
{
    QStringList words;
    QHash<QString, int> counts;
    for (const auto& view : list) {
        const auto text = QString::fromStdString(describe(view, shape));
        if (++counts[text] == 1)
            words << text;
    }
    for (auto& word : words) {
        if (const int count = counts[word]; count > 1)
            word += AugmentationPanel::tr(" (×%1)").arg(count);
    }
    return words.join(AugmentationPanel::tr("; "));
}

/// Views one by one, as a search has found them: no sets whose product they are.
bool isListed(const AugmentPolicy& policy)
{
    return policy.views && !policy.views->list.empty();
}

} // namespace

AugmentationPanel::AugmentationPanel(Settings& settings, QWidget* parent)
    : SettingsPanel(settings, parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* section = new Section(tr("Augmentation"), this);
    column->addWidget(section);

    buildPreset(*section);
    buildKind(*section);
    m_geometry = new GeometryRows(this);
    section->addWide(m_geometry);
    m_pixels = new PixelRows(this);
    section->addWide(m_pixels);
    m_viewRows = new ViewsRows(this);
    section->addWide(m_viewRows);
    m_toSets = new QPushButton(tr("Choose Views Yourself"), this);
    m_toSets->setToolTip(tr("Leaves the list that was found and starts from the image and its "
                            "mirror image. Undo brings the list back."));
    section->addWide(m_toSets);
    buildFill(*section);
    // Below the rows: their lines come and go, and must not move the row under the hand.
    m_words = Section::makeNote({}, this);
    section->addWide(m_words);
    m_caution = Section::makeNote({}, this);
    section->addWide(m_caution);
    m_problems = section->addProblemLine();
    connectRows();
    refresh();
}

/// A row of its own: its names need the room that other rows' labels take.
void AugmentationPanel::buildPreset(Section& section)
{
    auto* label = new QLabel(tr("&Preset"), this);
    m_preset = new PresetBox(this);
    m_preset->setAccessibleName(tr("Preset"));
    label->setBuddy(m_preset);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_preset, 1);
    section.addWide(row);
}

void AugmentationPanel::buildKind(Section& section)
{
    auto* kinds = new QWidget(this); // the two exclude each other as its only buttons
    auto* row = new QHBoxLayout(kinds);
    row->setContentsMargins(0, 0, 0, 0);
    m_randomKind = new QRadioButton(tr("Rando&m copies"), kinds);
    m_randomKind->setToolTip(tr("Each copy of each image is drawn anew, as the seed decides"));
    m_fixedKind = new QRadioButton(tr("Fi&xed views"), kinds);
    m_fixedKind->setToolTip(
        tr("The same list of views for every image: all combinations of what is chosen below"));
    row->addWidget(m_randomKind);
    row->addSpacing(12);
    row->addWidget(m_fixedKind);
    row->addStretch();
    section.addWide(kinds);
}

void AugmentationPanel::buildFill(Section& section)
{
    auto* label = new QLabel(tr("&Fill edges with"), this);
    m_fillMode = new QComboBox(this);
    m_fillMode->addItem(tr("Nearest pixel"), static_cast<int>(FillMode::Nearest));
    m_fillMode->addItem(tr("Constant"), static_cast<int>(FillMode::Constant));
    m_fillMode->addItem(tr("Reflect"), static_cast<int>(FillMode::Reflect));
    m_fillMode->addItem(tr("Wrap around"), static_cast<int>(FillMode::Wrap));
    m_fillMode->setAccessibleName(tr("Fill mode"));
    m_fillMode->setToolTip(
        tr("What a shifted, turned or shrunk copy shows beyond the image's edge"));
    m_fillValue = new QSpinBox(this);
    m_fillValue->setRange(0, 255);
    m_fillValue->setAccessibleName(tr("Fill value"));
    m_fillValue->setToolTip(tr("The grey level of the constant: 0 is black, 255 white"));
    label->setBuddy(m_fillMode);
    label->setToolTip(m_fillMode->toolTip());

    m_fillRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_fillRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(label);
    row->addWidget(m_fillMode, 1);
    row->addWidget(m_fillValue);
    section.addWide(m_fillRow);
}

void AugmentationPanel::connectRows()
{
    connect(
        m_preset, &PresetBox::chosen, this, qOverload<const Preset&>(&AugmentationPanel::choose));
    connect(m_fixedKind, &QRadioButton::toggled, this, qOverload<bool>(&AugmentationPanel::choose));
    const auto follow = [this](const PolicyGroup::Change& change) { editPolicy(change); };
    connect(m_geometry, &PolicyGroup::edited, this, follow);
    connect(m_pixels, &PolicyGroup::edited, this, follow);
    connect(m_viewRows, &ViewsRows::edited, this, [this](const ViewsRows::Change& change) {
        editPolicy([&change](AugmentPolicy& policy) {
            if (policy.views)
                change(*policy.views);
        });
    });
    connect(m_toSets, &QPushButton::clicked, this, [this] {
        m_views = ViewSets{.horizontalFlip = true};
        choose(true);
    });
    connect(m_viewRows, &ViewsRows::textProblemChanged, this,
        [this] { showDerived(settings().config()); });
    connect(m_fillMode, &QComboBox::currentIndexChanged, this, [this] {
        const auto mode = static_cast<FillMode>(m_fillMode->currentData().toInt());
        editPolicy([mode](AugmentPolicy& policy) { policy.fillMode = mode; });
    });
    connect(m_fillValue, &QSpinBox::valueChanged, this,
        [this](int value) { editPolicy([value](AugmentPolicy& p) { p.fillValue = value; }); });
}

/// One edit for policy and copies: there is no moment with more copies than views.
template <typename Change> void AugmentationPanel::editPolicy(Change&& change)
{
    edit([&](ExperimentConfig& c) {
        const bool allVote = c.policy.views && c.copies >= copiesLimit(c.policy);
        change(c.policy);
        if (c.policy.views) // all views go on to vote where all did
            c.copies = allVote ? copiesLimit(c.policy) : std::min(c.copies, copiesLimit(c.policy));
    });
}

void AugmentationPanel::choose(const Preset& preset)
{
    edit([&](ExperimentConfig& c) {
        c.policy = preset.policy;
        c.copies = preset.copies;
    });
    m_viewRows->discardTexts();
    refresh();
}

void AugmentationPanel::choose(bool fixed)
{
    edit([&](ExperimentConfig& c) {
        auto policy = fixed ? AugmentPolicy{} : m_random;
        if (fixed)
            policy.views = m_views;
        policy.fillMode = c.policy.fillMode;
        policy.fillValue = c.policy.fillValue;
        c.policy = policy;
        c.copies = fixed ? copiesLimit(policy) : m_randomCopies;
    });
    m_viewRows->discardTexts();
    refresh();
}

void AugmentationPanel::setShape(const std::optional<Shape>& shape)
{
    m_shape = shape;
    showDerived(settings().config());
}

void AugmentationPanel::show(const ExperimentConfig& config)
{
    const auto& policy = config.policy;
    m_randomKind->setChecked(!policy.views);
    m_fixedKind->setChecked(policy.views.has_value());
    if (isListed(policy)) {
        // the words say all there is
    } else if (policy.views) {
        m_viewRows->showViews(*policy.views);
    } else {
        m_geometry->showPolicy(policy);
        m_pixels->showPolicy(policy);
    }
    m_fillMode->setCurrentIndex(m_fillMode->findData(static_cast<int>(policy.fillMode)));
    m_fillValue->setValue(policy.fillValue);
}

void AugmentationPanel::remember(const ExperimentConfig& config)
{
    if (config.policy.views) {
        m_views = *config.policy.views;
    } else {
        m_random = config.policy;
        m_randomCopies = config.copies;
    }
}

void AugmentationPanel::showWords(const ExperimentConfig& config)
{
    const auto& policy = config.policy;
    const auto words = QString::fromStdString(describe(policy));
    if (policy.isIdentity()) {
        m_words->setText(policy.views
                ? tr("One view, the image itself, so nothing can change.")
                : tr("No augmentation: every copy is the image itself, so nothing can "
                     "change."));
    } else if (policy.views) {
        auto text = tr("The same for every image: %1.").arg(words);
        if (isListed(policy))
            text += QLatin1Char('\n')
                + viewsText(policy.views->list, m_shape.value_or(Shape{3, 32, 32}));
        if (config.copies < mostCopies(policy))
            text += QLatin1Char(' ')
                + (config.copies == 1 ? tr("Only the first votes.")
                                      : tr("The first %1 vote.").arg(config.copies));
        m_words->setText(text);
    } else {
        m_words->setText(tr("Each copy is drawn with: %1.").arg(words));
    }
}

void AugmentationPanel::showDerived(const ExperimentConfig& config)
{
    const auto& policy = config.policy;
    remember(config);
    m_preset->showMatch(policy, config.copies);
    showWords(config);
    m_caution->setText(policyCaution(policy));
    m_caution->setVisible(!m_caution->text().isEmpty());

    const bool fixed = policy.views.has_value();
    m_geometry->setVisible(!fixed);
    m_pixels->setVisible(!fixed);
    const bool listed = isListed(policy);
    m_viewRows->setVisible(fixed && !listed);
    m_toSets->setVisible(listed);
    m_fillRow->setVisible(!listed);
    m_fillValue->setVisible(policy.fillMode == FillMode::Constant);

    auto problems = policyProblems(policy, m_shape);
    if (const auto typed = fixed && !listed ? m_viewRows->textProblem() : QString();
        !typed.isEmpty())
        problems += (problems.isEmpty() ? QString() : QStringLiteral("\n")) + typed;
    m_problems->setText(problems);
    m_problems->setVisible(!problems.isEmpty());
}

} // namespace augury
