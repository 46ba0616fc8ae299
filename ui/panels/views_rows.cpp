// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/views_rows.h"

#include "ui/panels/factor_edit.h"
#include "ui/panels/shown_number.h"
#include "ui/widgets/section.h"
#include "ui/widgets/slider_spin.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace augury {

ViewsRows::ViewsRows(QWidget* parent)
    : QWidget(parent)
    , m_horizontalFlip(addFlag(tr("&Horizontal flip"), tr("Horizontal flip, views"),
          tr("Every view also mirrored left and right"), &ViewSets::horizontalFlip))
    , m_verticalFlip(addFlag(tr("&Vertical flip"), tr("Vertical flip, views"),
          tr("Every view also mirrored top and bottom"), &ViewSets::verticalFlip))
    , m_quarterTurns(addFlag(tr("&Quarter turns"), tr("Quarter turns, views"),
          tr("Every view also turned by 90, 180 and 270°; for square images only"),
          &ViewSets::quarterTurns))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* flips = new QHBoxLayout;
    flips->addWidget(m_horizontalFlip);
    flips->addSpacing(12);
    flips->addWidget(m_verticalFlip);
    flips->addStretch();
    column->addLayout(flips);
    column->addWidget(m_quarterTurns);
    m_form = new QFormLayout;
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(Section::s_labelGap);
    m_form->setVerticalSpacing(6);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    column->addLayout(m_form);

    m_scales = addFactors(tr("&Zoom factors"), tr("Zoom factors"),
        tr("Every view once for each of these factors, parted by commas: 1 keeps the size, above "
           "1 magnifies, below 1 shrinks"),
        &ViewSets::scales);
    addCrops();
    m_brightness = addFactors(tr("Bri&ghtness"), tr("Brightness factors"),
        tr("Every view once for each of these factors, parted by commas: 1 keeps the pixels, "
           "below 1 darkens"),
        &ViewSets::brightness);
}

QCheckBox* ViewsRows::addFlag(
    const QString& label, const QString& name, const QString& toolTip, bool ViewSets::*field)
{
    auto* box = new QCheckBox(label, this);
    box->setAccessibleName(name); // the random copies have a box of the same words
    box->setToolTip(toolTip);
    connect(box, &QCheckBox::toggled, this, [this, field](bool on) {
        Q_EMIT edited([field, on](ViewSets& views) { views.*field = on; });
    });
    return box;
}

FactorEdit* ViewsRows::addFactors(const QString& label, const QString& name, const QString& toolTip,
    std::vector<double> ViewSets::*field)
{
    auto* edit = new FactorEdit(name, this);
    addRow(label, edit, toolTip, edit);
    connect(edit, &QLineEdit::textEdited, this, [this, edit, field] {
        if (const auto factors = edit->factors())
            Q_EMIT edited([field, factors](ViewSets& views) { views.*field = *factors; });
        Q_EMIT textProblemChanged();
    });
    return edit;
}

void ViewsRows::addRow(
    const QString& label, QWidget* field, const QString& toolTip, QWidget* target)
{
    auto* text = new QLabel(label, this);
    text->setMinimumWidth(Section::labelWidth(*this));
    text->setBuddy(target);
    text->setToolTip(toolTip);
    field->setToolTip(toolTip);
    m_form->addRow(text, field);
}

void ViewsRows::addCrops()
{
    m_crops = new QComboBox(this);
    m_crops->setAccessibleName(tr("Crops"));
    m_crops->addItem(tr("None"), static_cast<int>(CropViews::Keep));
    m_crops->addItem(tr("Centre"), static_cast<int>(CropViews::Centre));
    m_crops->addItem(tr("Centre and corners"), static_cast<int>(CropViews::Five));
    m_crops->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_crops->setMinimumContentsLength(12);
    addRow(tr("C&rops"), m_crops,
        tr("Whether views are cut out of the image and enlarged to the whole, and where"), m_crops);
    m_cropFraction =
        new SliderSpin({50, 99, 0.5, 1, QStringLiteral(" %"), 99.9}, tr("Crop size"), this);
    m_cropFraction->spinBox()->setMinimum(1);
    addRow(tr("Crop si&ze"), m_cropFraction,
        tr("A crop's sides, as a share of the image's; 87.5 % is common"),
        m_cropFraction->spinBox());
    m_form->setRowVisible(m_cropFraction, false);

    connect(m_crops, &QComboBox::currentIndexChanged, this, [this] {
        const auto crops = static_cast<CropViews>(m_crops->currentData().toInt());
        m_form->setRowVisible(m_cropFraction, crops != CropViews::Keep);
        Q_EMIT edited([crops](ViewSets& views) { views.crops = crops; });
    });
    connect(m_cropFraction, &SliderSpin::valueChanged, this, [this](double percent) {
        const double fraction = fromShown(percent, *m_cropFraction->spinBox(), 100);
        Q_EMIT edited([fraction](ViewSets& views) { views.cropFraction = fraction; });
    });
}

void ViewsRows::showViews(const ViewSets& views)
{
    const QSignalBlocker quiet(this);
    m_horizontalFlip->setChecked(views.horizontalFlip);
    m_verticalFlip->setChecked(views.verticalFlip);
    m_quarterTurns->setChecked(views.quarterTurns);
    m_scales->setFactors(views.scales);
    m_crops->setCurrentIndex(m_crops->findData(static_cast<int>(views.crops)));
    m_cropFraction->setValue(views.cropFraction * 100);
    m_brightness->setFactors(views.brightness);
}

void ViewsRows::discardTexts()
{
    m_scales->writeAgain();
    m_brightness->writeAgain();
}

QString ViewsRows::textProblem() const
{
    QStringList lines;
    for (const auto* edit : {m_scales, m_brightness}) {
        if (const auto problem = edit->problem(); !problem.isEmpty())
            lines << problem;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace augury
