// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/augmentation_panel.h"

#include "ui/panels/augment_row.h"
#include "ui/widgets/section.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace augury {

namespace {
const Range s_noZoom{1, 1};
const Range s_firstZoom{0.9, 1.1};
} // namespace

AugmentationPanel::AugmentationPanel(Settings& settings, QWidget* parent)
    : SettingsPanel(settings, parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* section = new Section(tr("Augmentation"), this);
    column->addWidget(section);

    m_words = Section::makeNote({}, this);
    section->addWide(m_words);
    m_horizontalFlip = new QCheckBox(tr("&Horizontal flip"), this);
    m_horizontalFlip->setToolTip(tr("Mirror left and right, for half of the copies"));
    m_verticalFlip = new QCheckBox(tr("&Vertical flip"), this);
    m_verticalFlip->setToolTip(tr("Mirror top and bottom, for half of the copies"));
    auto* flips = new QHBoxLayout;
    flips->addWidget(m_horizontalFlip);
    flips->addSpacing(12);
    flips->addWidget(m_verticalFlip);
    flips->addStretch();
    section->addWide(flips);
    m_rotation = new AugmentRow(tr("&Rotation ±"),
        tr("Turn each copy by a random angle of at most this much"),
        {1, 180, 1, 0, QStringLiteral("°")}, 10, this);
    m_widthShift = new AugmentRow(tr("&Width shift ±"),
        tr("Move each copy sideways by at most this share of the width"),
        {1, 100, 1, 0, QStringLiteral(" %")}, 10, this);
    m_heightShift = new AugmentRow(tr("H&eight shift ±"),
        tr("Move each copy up or down by at most this share of the height"),
        {1, 100, 1, 0, QStringLiteral(" %")}, 10, this);
    for (auto* row : {m_rotation, m_widthShift, m_heightShift})
        section->addWide(row);
    buildZoom(*section);
    buildFill(*section);
    m_problems = section->addProblemLine();

    const auto flip = [this](QCheckBox* box, bool AugmentPolicy::*field) {
        connect(box, &QCheckBox::toggled, this,
            [this, field](bool on) { edit([&](ExperimentConfig& c) { c.policy.*field = on; }); });
    };
    flip(m_horizontalFlip, &AugmentPolicy::horizontalFlip);
    flip(m_verticalFlip, &AugmentPolicy::verticalFlip);
    flip(m_zoomAxes, &AugmentPolicy::zoomIndependentAxes);
    const auto strength = [this](AugmentRow* row, double AugmentPolicy::*field, double unit) {
        connect(row, &AugmentRow::strengthChanged, this, [this, field, unit](double value) {
            edit([&](ExperimentConfig& c) { c.policy.*field = value / unit; });
        });
    };
    strength(m_rotation, &AugmentPolicy::rotationRange, 1);
    strength(m_widthShift, &AugmentPolicy::widthShiftRange, 100);
    strength(m_heightShift, &AugmentPolicy::heightShiftRange, 100);
    refresh();
}

void AugmentationPanel::buildZoom(Section& section)
{
    m_zoom = new QCheckBox(tr("&Zoom"), this);
    m_zoom->setToolTip(tr("Magnify each copy by a random factor; below 1 shrinks it"));
    m_zoomAxes = new QCheckBox(tr("&Independent axes"), this);
    m_zoomAxes->setToolTip(tr("One factor for the width and another for the height"));
    auto* first = new QHBoxLayout;
    first->addWidget(m_zoom);
    first->addSpacing(12);
    first->addWidget(m_zoomAxes);
    first->addStretch();
    section.addWide(first);

    // Most zooms lie near 1; the spin boxes take all that the policy allows.
    const SliderSpin::Scale scale{0.5, 2, 0.01, 2, QStringLiteral("×"), 100};
    m_zoomLow = new SliderSpin(scale, tr("Smallest zoom"), this);
    m_zoomHigh = new SliderSpin(scale, tr("Largest zoom"), this);
    m_zoomLow->spinBox()->setMinimum(0.01);
    m_zoomHigh->spinBox()->setMinimum(0.01);
    m_zoomLow->setValue(s_firstZoom.low);
    m_zoomHigh->setValue(s_firstZoom.high);
    const auto indented = [&](const QString& label, SliderSpin* field) {
        auto* row = new QHBoxLayout;
        row->addSpacing(24);
        auto* text = new QLabel(label, this);
        text->setBuddy(field->spinBox());
        text->setMinimumWidth(text->fontMetrics().horizontalAdvance(tr("from")) + 8);
        row->addWidget(text);
        row->addWidget(field, 1);
        section.addWide(row);
    };
    indented(tr("from"), m_zoomLow);
    indented(tr("to"), m_zoomHigh);

    connect(m_zoom, &QCheckBox::toggled, this, &AugmentationPanel::editZoom);
    // The ends push each other along, so that low ≤ high always holds.
    connect(m_zoomLow, &SliderSpin::valueChanged, this, [this](double low) {
        if (m_zoomHigh->value() < low)
            m_zoomHigh->setValue(low);
        editZoom();
    });
    connect(m_zoomHigh, &SliderSpin::valueChanged, this, [this](double high) {
        if (m_zoomLow->value() > high)
            m_zoomLow->setValue(high);
        editZoom();
    });
}

void AugmentationPanel::buildFill(Section& section)
{
    m_fillMode = new QComboBox(this);
    m_fillMode->addItem(tr("Nearest pixel"), static_cast<int>(FillMode::Nearest));
    m_fillMode->addItem(tr("Constant"), static_cast<int>(FillMode::Constant));
    m_fillMode->addItem(tr("Reflect"), static_cast<int>(FillMode::Reflect));
    m_fillMode->addItem(tr("Wrap around"), static_cast<int>(FillMode::Wrap));
    m_fillMode->setAccessibleName(tr("Fill mode"));
    m_fillValue = new QSpinBox(this);
    m_fillValue->setRange(0, 255);
    m_fillValue->setAccessibleName(tr("Fill value"));
    m_fillValue->setToolTip(tr("The grey level of the constant: 0 is black, 255 white"));

    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("&Fill edges with"), this);
    label->setBuddy(m_fillMode);
    label->setToolTip(tr("What a shifted, turned or shrunk copy shows beyond the image's edge"));
    m_fillMode->setToolTip(label->toolTip());
    row->addWidget(label);
    row->addWidget(m_fillMode, 1);
    row->addWidget(m_fillValue);
    section.addWide(row);

    connect(m_fillMode, &QComboBox::currentIndexChanged, this, [this] {
        edit([&](ExperimentConfig& c) {
            c.policy.fillMode = static_cast<FillMode>(m_fillMode->currentData().toInt());
        });
    });
    connect(m_fillValue, &QSpinBox::valueChanged, this,
        [this](int value) { edit([&](ExperimentConfig& c) { c.policy.fillValue = value; }); });
}

void AugmentationPanel::editZoom()
{
    edit([&](ExperimentConfig& c) {
        c.policy.zoomRange =
            m_zoom->isChecked() ? Range{m_zoomLow->value(), m_zoomHigh->value()} : s_noZoom;
    });
}

void AugmentationPanel::show(const ExperimentConfig& config)
{
    const auto& policy = config.policy;
    m_horizontalFlip->setChecked(policy.horizontalFlip);
    m_verticalFlip->setChecked(policy.verticalFlip);
    m_rotation->setStrength(policy.rotationRange);
    m_widthShift->setStrength(policy.widthShiftRange * 100);
    m_heightShift->setStrength(policy.heightShiftRange * 100);
    m_zoom->setChecked(policy.zoomRange != s_noZoom);
    if (policy.zoomRange != s_noZoom) {
        m_zoomLow->setValue(policy.zoomRange.low);
        m_zoomHigh->setValue(policy.zoomRange.high);
    }
    m_zoomAxes->setChecked(policy.zoomIndependentAxes);
    m_fillMode->setCurrentIndex(m_fillMode->findData(static_cast<int>(policy.fillMode)));
    m_fillValue->setValue(policy.fillValue);
}

void AugmentationPanel::showDerived(const ExperimentConfig& config)
{
    const auto& policy = config.policy;
    m_words->setText(policy.isIdentity()
            ? tr("No augmentation: every copy is the image itself, so nothing can change.")
            : tr("Each copy is drawn with: %1.").arg(QString::fromStdString(describe(policy))));
    for (QWidget* widget : {static_cast<QWidget*>(m_zoomLow), static_cast<QWidget*>(m_zoomHigh),
             static_cast<QWidget*>(m_zoomAxes)})
        widget->setEnabled(m_zoom->isChecked());
    m_fillValue->setVisible(policy.fillMode == FillMode::Constant);
    showProblems(m_problems,
        {"horizontal_flip", "vertical_flip", "rotation_range", "width_shift_range",
            "height_shift_range", "zoom_range", "zoom_independent_axes", "fill_mode",
            "fill_value"});
}

} // namespace augury
