// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/export_dialog.h"

#include "ui/charts/chart_widget.h"
#include "ui/widgets/primary_button.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace augury {

namespace {

constexpr QSize s_previewRoom(480, 320);
constexpr int s_least = 320; // a chart needs that much
constexpr int s_most = 8000;

} // namespace

ExportDialog::ExportDialog(
    Exporter& exporter, const std::vector<ChartWidget*>& charts, QString fileName, QWidget* parent)
    : QDialog(parent)
    , m_exporter(exporter)
    , m_all(charts.begin(), charts.end())
    , m_fileName(std::move(fileName))
    , m_charts(new QComboBox(this))
    , m_title(new QLineEdit(this))
    , m_formats(new QComboBox(this))
    , m_width(new QSpinBox(this))
    , m_height(new QSpinBox(this))
    , m_scale(new QDoubleSpinBox(this))
    , m_pixels(new QLabel(this))
    , m_preview(new QLabel(this))
    , m_copy(new QPushButton(tr("&Copy to clipboard"), this))
    , m_save(new PrimaryButton(tr("&Save…"), this))
{
    setWindowTitle(tr("Export a chart"));
    setModal(false);
    buildForm();
    for (auto* chart : charts)
        m_charts->addItem(chart->title().isEmpty() ? chart->accessibleName() : chart->title());

    m_soon.setSingleShot(true);
    m_soon.setInterval(60);
    connect(&m_soon, &QTimer::timeout, this, &ExportDialog::showPreview);
    m_watch.setInterval(500);
    connect(&m_watch, &QTimer::timeout, this, [this] {
        if (!chart())
            refresh();
        else if (isVisible() && chart()->summary() != m_summary)
            m_soon.start();
    });
    m_watch.start();
    connect(m_charts, &QComboBox::currentIndexChanged, this, &ExportDialog::chooseChart);
    connect(m_formats, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_title, &QLineEdit::textChanged, this, &ExportDialog::refresh);
    connect(m_width, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_height, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_scale, &QDoubleSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::askPath);
    chooseChart();
    showPreview();
}

void ExportDialog::buildForm()
{
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setFixedSize(s_previewRoom);
    m_charts->setAccessibleName(tr("Chart"));
    m_title->setPlaceholderText(tr("None"));
    m_formats->addItem(tr("PNG picture"), QStringLiteral("png"));
    m_formats->addItem(tr("SVG drawing"), QStringLiteral("svg"));
    m_formats->addItem(tr("PDF document"), QStringLiteral("pdf"));
    for (auto* box : {m_width, m_height}) {
        box->setRange(s_least, s_most);
        box->setSingleStep(50);
        box->setKeyboardTracking(false);
    }
    m_width->setAccessibleName(tr("Width"));
    m_height->setAccessibleName(tr("Height"));
    m_width->setValue(ChartPicture().size.width());
    m_height->setValue(ChartPicture().size.height());
    m_scale->setRange(1, 4);
    m_scale->setSingleStep(0.5);
    m_scale->setDecimals(1);
    m_scale->setSuffix(QStringLiteral("×"));
    m_scale->setValue(ChartPicture().scale);
    m_scale->setToolTip(tr("Pixels to each unit of the size: more make it sharper in print"));
    m_pixels->setTextFormat(Qt::PlainText);

    auto* size = new QHBoxLayout;
    size->addWidget(m_width, 1);
    size->addWidget(new QLabel(QStringLiteral("×"), this));
    size->addWidget(m_height, 1);
    auto* form = new QFormLayout;
    form->addRow(tr("C&hart"), m_charts);
    form->addRow(tr("&Title"), m_title);
    form->addRow(tr("&Format"), m_formats);
    auto* sizeLabel = new QLabel(tr("Si&ze"), this);
    sizeLabel->setBuddy(m_width);
    form->addRow(sizeLabel, size);
    form->addRow(tr("Sca&le"), m_scale);
    form->addRow(QString(), m_pixels);
    auto* close = new QPushButton(tr("Close"), this);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(m_save);
    m_save->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_preview, 0, Qt::AlignHCenter);
    column->addLayout(form);
    column->addStretch();
    column->addLayout(buttons);
}

ChartPicture ExportDialog::picture() const
{
    return {{m_width->value(), m_height->value()}, m_scale->value(), m_title->text()};
}

QString ExportDialog::suffix() const
{
    return m_formats->currentData().toString();
}

ChartWidget* ExportDialog::chart() const
{
    const auto index = m_charts->currentIndex();
    return index < 0 ? nullptr : m_all.at(static_cast<std::size_t>(index)).data();
}

void ExportDialog::chooseChart()
{
    m_title->setText(m_charts->currentText());
    refresh();
}

void ExportDialog::refresh()
{
    const bool png = suffix() == QStringLiteral("png");
    const auto how = picture();
    const auto pixels = how.pixels();
    const bool tooLarge = qint64(pixels.width()) * pixels.height() > mostPicturePixels;
    m_scale->setEnabled(png);
    const QLocale locale;
    m_pixels->setText(!chart() ? tr("The chart is not there any more.")
            : png && tooLarge
            ? tr("%1 × %2 pixels are too many: make it smaller.")
                  .arg(locale.toString(pixels.width()), locale.toString(pixels.height()))
            : png ? tr("%1 × %2 pixels")
                        .arg(locale.toString(pixels.width()), locale.toString(pixels.height()))
                  : tr("Lines and letters, sharp at any size"));
    m_save->setEnabled(chart() && !(png && tooLarge));
    m_copy->setEnabled(chart() && !tooLarge);
    m_soon.start();
}

void ExportDialog::showPreview()
{
    if (!chart()) {
        m_preview->setPixmap({});
        return;
    }
    auto how = picture();
    const auto fitting = QSizeF(how.size).scaled(s_previewRoom, Qt::KeepAspectRatio);
    const double shown = fitting.width() / how.size.width();
    how.scale = shown * devicePixelRatioF();
    auto image = pictureOf(*chart(), how);
    image.setDevicePixelRatio(devicePixelRatioF());
    m_preview->setPixmap(QPixmap::fromImage(image));
    m_summary = chart()->summary();
    m_preview->setAccessibleName(tr("Preview. %1").arg(m_summary));
}

void ExportDialog::copy()
{
    if (!m_copy->isEnabled())
        return;
    auto how = picture();
    if (suffix() != QStringLiteral("png"))
        how.scale = ChartPicture().scale;
    auto image = pictureOf(*chart(), how);
    image.setDevicePixelRatio(1);
    QGuiApplication::clipboard()->setImage(image);
}

void ExportDialog::write(const QString& path)
{
    if (chart())
        m_exporter.writeChart(*chart(), picture(), path);
}

void ExportDialog::askPath()
{
    auto* dialog = new QFileDialog(this, tr("Save the chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(m_formats->currentText(), suffix()));
    dialog->setDefaultSuffix(suffix());
    dialog->selectFile(m_fileName + QLatin1Char('.') + suffix());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        write(path);
        close();
    });
    dialog->open();
}

} // namespace augury
