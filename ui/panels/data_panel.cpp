// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/data_panel.h"

#include "ui/session/session.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/section.h"
#include "ui/widgets/slider_spin.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace augury {

namespace {

QSpinBox* subsetBox(QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(0, 100'000'000);
    box->setSingleStep(1000);
    box->setGroupSeparatorShown(true);
    box->setSpecialValueText(DataPanel::tr("all"));
    return box;
}

} // namespace

DataPanel::DataPanel(Session& session, QWidget* parent)
    : SettingsPanel(session.settings(), parent)
    , m_session(session)
    , m_name(new ElidedLabel(this))
    , m_path(new ElidedLabel(this))
    , m_summary(new QLabel(this))
    , m_notes(Section::makeNote({}, this))
    , m_error(new MessageBar(this))
    , m_open(new QPushButton(tr("Open &folder…"), this))
    , m_recent(new QPushButton(tr("Recent"), this))
    , m_validation(new SliderSpin({0, 90, 1, 0, QStringLiteral(" %")}, tr("Validation"), this))
    , m_subsetTrain(subsetBox(this))
    , m_subsetTest(subsetBox(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* section = new Section(tr("Data"), this);
    column->addWidget(section);

    auto font = m_name->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    font.setBold(true);
    m_name->setFont(font);
    m_path->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_error->setClosable(false);
    m_open->setToolTip(
        tr("MNIST's or CIFAR's files, or a folder with one folder of images a class"));
    m_recent->setAccessibleName(tr("Recent data folders"));
    m_recent->setToolTip(tr("Folders opened before, and the sample data set"));
    for (QWidget* widget : {static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_summary),
             static_cast<QWidget*>(m_notes), static_cast<QWidget*>(m_path),
             static_cast<QWidget*>(m_error)})
        section->addWide(widget);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_open, 1);
    buttons->addWidget(m_recent);
    section->addWide(buttons);
    section->addRow(tr("Vali&dation"), m_validation,
        tr("Share of the training images kept aside to watch the training; the test images are "
           "never used for that"),
        m_validation->spinBox());
    section->addRow(tr("Tr&aining images"), m_subsetTrain,
        tr("Train on this many images, drawn by seed; fewer is faster and less accurate"));
    section->addRow(tr("Te&st images"), m_subsetTest,
        tr("Test on this many images, drawn by seed; fewer is faster and less certain"));
    m_problems = section->addProblemLine();

    connect(m_open, &QPushButton::clicked, this, &DataPanel::openClicked);
    connect(m_validation, &SliderSpin::valueChanged, this, [this](double percent) {
        edit([&](ExperimentConfig& c) { c.validationFraction = percent / 100; });
    });
    connect(m_subsetTrain, &QSpinBox::valueChanged, this, [this](int n) {
        edit([&](ExperimentConfig& c) { c.subsetTrain = static_cast<std::size_t>(n); });
    });
    connect(m_subsetTest, &QSpinBox::valueChanged, this, [this](int n) {
        edit([&](ExperimentConfig& c) { c.subsetTest = static_cast<std::size_t>(n); });
    });
    connect(&session, &Session::dataChanged, this, &DataPanel::showData);
    connect(&session, &Session::taskChanged, this, &DataPanel::showData);
    refresh();
    showData();
}

QString DataPanel::errorText() const
{
    return m_error->text();
}

void DataPanel::setRecentMenu(QMenu* menu)
{
    m_recent->setMenu(menu);
}

void DataPanel::showData()
{
    const auto dataset = m_session.dataset();
    const bool opening = m_session.task() == Session::Task::OpenData;
    m_error->showMessage(MessageBar::Kind::Error, opening ? QString() : m_session.dataError());
    m_summary->setVisible(dataset != nullptr);
    m_notes->hide();
    // While another is opened after an error, the path in hand is the one that failed.
    m_path->setVisible(!m_session.dataPath().isEmpty() && (dataset || !opening));
    m_path->setFullText(QDir::toNativeSeparators(m_session.dataPath()));
    if (!dataset) {
        m_name->setFullText(opening ? tr("Opening …") : tr("No data set"));
        return;
    }
    m_name->setFullText(QString::fromStdString(dataset->name));
    const auto count = [](const auto& images) {
        return QLocale().toString(static_cast<qulonglong>(images ? images->size() : 0));
    };
    m_summary->setText(
        tr("%1 training and %2 test images\n%3 pixels · %4 classes · %5")
            .arg(count(dataset->train), count(dataset->test),
                QString::fromStdString(describe(dataset->shape())),
                QString::number(dataset->classes()), QString::fromStdString(dataset->format)));
    QStringList notes;
    for (const auto& note : dataset->notes)
        notes << QString::fromStdString(note);
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
}

void DataPanel::show(const ExperimentConfig& config)
{
    m_validation->setValue(config.validationFraction * 100);
    m_subsetTrain->setValue(static_cast<int>(config.subsetTrain));
    m_subsetTest->setValue(static_cast<int>(config.subsetTest));
}

void DataPanel::showDerived(const ExperimentConfig&)
{
    showProblems(m_problems, {"validation_fraction", "subset_train", "subset_test"});
}

} // namespace augury
