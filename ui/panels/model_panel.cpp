// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/model_panel.h"

#include "ui/session/number_text.h"
#include "ui/session/session.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/fold_group.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/section.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace augury {

namespace {

/// Writes 0.001 where QDoubleSpinBox would write 0.00100.
class ShortNumberBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QString textFromValue(double value) const override
    {
        return locale().toString(value, 'g', QLocale::FloatingPointShortest);
    }
};

} // namespace

ModelPanel::ModelPanel(Session& session, QWidget* parent)
    : SettingsPanel(session.settings(), parent)
    , m_session(session)
    , m_model(new ElidedLabel(this))
    , m_origin(Section::makeNote({}, this))
    , m_error(new MessageBar(this))
    , m_train(new QPushButton(tr("Train"), this))
    , m_load(new QPushButton(tr("Load…"), this))
    , m_save(new QPushButton(tr("Save…"), this))
    , m_training(new FoldGroup(tr("Next training"),
          tr("How the next network is trained; the model above stays as it is until then"), this))
    , m_epochs(new QSpinBox(m_training))
    , m_batchSize(new QSpinBox(m_training))
    , m_learningRate(new ShortNumberBox(m_training))
    , m_normalisation(new QComboBox(m_training))
    , m_machine(new FoldGroup(tr("Device and threads"),
          tr("What computes, in trainings and in predictions alike"), this))
    , m_device(new QComboBox(m_machine))
    , m_threads(new QSpinBox(m_machine))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* section = new Section(tr("Model"), this);
    column->addWidget(section);
    section->addWide(m_model);
    section->addWide(m_origin);
    section->addWide(m_error);
    auto* buttons = new QHBoxLayout;
    for (auto* button : {m_train, m_load, m_save}) {
        button->setMinimumWidth(50);
        buttons->addWidget(button, 1);
    }
    section->addWide(buttons);
    buildTraining();
    section->addWide(m_training);
    buildMachine();
    section->addWide(m_machine);
    m_problems = section->addProblemLine();
    connectFields();

    connect(&session, &Session::modelChanged, this, &ModelPanel::showModel);
    connect(&session, &Session::devicesFound, this, &ModelPanel::showDevices);
    connect(&session, &Session::taskEnded, this,
        [this](Session::Task task, JobEnd end, const QString& message) {
            showEnd(static_cast<int>(task), end, message);
        });
    refresh();
    showModel();
}

void ModelPanel::buildTraining()
{
    auto* rows = new Section({}, m_training->content());
    m_training->column()->addWidget(rows);
    m_epochs->setRange(1, 10'000);
    rows->addRow(tr("&Epochs"), m_epochs, tr("How often the network sees every training image"));
    m_batchSize->setRange(2, 65'536);
    rows->addRow(tr("&Batch size"), m_batchSize, tr("Images between two steps of the training"));
    m_learningRate->setDecimals(5);
    m_learningRate->setRange(0.00001, 10);
    m_learningRate->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    rows->addRow(
        tr("&Learning rate"), m_learningRate, tr("The size of Adam's steps; 0.001 is common"));
    m_normalisation->addItem(tr("Scale to 0–1"), static_cast<int>(NormalisationKind::Scale));
    m_normalisation->addItem(tr("Standardise"), static_cast<int>(NormalisationKind::Standardise));
    rows->addRow(tr("&Normalisation"), m_normalisation,
        tr("How pixels become numbers: divided by 255, or also centred and scaled by the training "
           "images' mean and spread"));
}

void ModelPanel::buildMachine()
{
    auto* rows = new Section({}, m_machine->content());
    m_machine->column()->addWidget(rows);
    m_device->addItem(QStringLiteral("cpu"));
    rows->addRow(tr("De&vice"), m_device, tr("What computes: the processor or a graphics card"));
    m_threads->setRange(0, 1024);
    m_threads->setSpecialValueText(tr("all cores"));
    rows->addRow(tr("T&hreads"), m_threads, tr("Processor threads for training and testing"));
}

void ModelPanel::connectFields()
{
    connect(m_epochs, &QSpinBox::valueChanged, this,
        [this](int n) { edit([&](ExperimentConfig& c) { c.training.epochs = n; }); });
    connect(m_batchSize, &QSpinBox::valueChanged, this,
        [this](int n) { edit([&](ExperimentConfig& c) { c.training.batchSize = n; }); });
    connect(m_learningRate, &QDoubleSpinBox::valueChanged, this, [this](double rate) {
        edit([&](ExperimentConfig& c) { c.training.learningRate = rate; });
    });
    connect(m_normalisation, &QComboBox::currentIndexChanged, this, [this] {
        edit([&](ExperimentConfig& c) {
            c.training.normalisation =
                static_cast<NormalisationKind>(m_normalisation->currentData().toInt());
        });
    });
    connect(m_device, &QComboBox::currentIndexChanged, this, [this] {
        edit([&](ExperimentConfig& c) {
            c.training.device = m_device->currentText().toStdString();
        });
    });
    connect(m_threads, &QSpinBox::valueChanged, this,
        [this](int n) { edit([&](ExperimentConfig& c) { c.training.threads = n; }); });
}

void ModelPanel::setActions(QAction* train, QAction* load, QAction* save)
{
    const auto bind = [this](QPushButton* button, QAction* action) {
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        const auto follow = [button, action] {
            button->setEnabled(action->isEnabled());
            button->setToolTip(action->toolTip());
        };
        connect(action, &QAction::changed, button, follow);
        follow();
    };
    bind(m_train, train);
    bind(m_load, load);
    bind(m_save, save);
}

QString ModelPanel::modelText() const
{
    return m_model->fullText() + QLatin1Char('\n') + m_origin->text();
}

QString ModelPanel::errorText() const
{
    return m_error->text();
}

void ModelPanel::showModel()
{
    const auto model = m_session.model();
    auto font = m_model->font();
    font.setBold(model != nullptr);
    m_model->setFont(font);
    if (!model) {
        m_model->setFullText(tr("No model yet"));
        m_origin->setText(tr("Train one here, or load one that was saved before."));
        return;
    }
    const auto& checkpoint = model->checkpoint;
    m_model->setFullText(model->isSample() ? tr("Sample model")
            : !model->path.isEmpty()       ? QFileInfo(model->path).fileName()
            : !model->origin               ? tr("Fresh model, not saved")
            : model->origin->run > 0
            ? tr("Repeat %1 of run %2").arg(model->origin->repeat + 1).arg(model->origin->run)
            : tr("Repeat %1 of a run").arg(model->origin->repeat + 1));
    auto text = tr("Trained on %1, %2")
                    .arg(QString::fromStdString(checkpoint.dataName),
                        countText(static_cast<qint64>(checkpoint.history.size()), tr("%1 epoch"),
                            tr("%1 epochs")));
    if (model->stoppedEarly)
        text += tr(" (stopped early)");
    const auto percent = [](double fraction) {
        return percentText(fraction, 1).replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    };
    if (!checkpoint.history.empty()) {
        const auto& last = checkpoint.history.back();
        text += last.validationAccuracy
            ? tr("; %1 of the validation images right").arg(percent(*last.validationAccuracy))
            : tr("; %1 of the training images right").arg(percent(last.trainAccuracy));
    }
    if (model->path.isEmpty() && model->origin)
        text += tr("; can be trained again from the run");
    m_origin->setText(text + QLatin1Char('.'));
}

void ModelPanel::showDevices(const QStringList& devices)
{
    const auto wanted = QString::fromStdString(settings().config().training.device);
    const QSignalBlocker quiet(m_device);
    m_device->clear();
    m_device->addItems(devices);
    refresh();
    if (!devices.contains(wanted)) {
        m_error->showMessage(MessageBar::Kind::Warning,
            tr("The device “%1” of the last session is not there; the processor is used instead.")
                .arg(wanted));
        settings().edit([](ExperimentConfig& c) { c.training.device = "cpu"; });
    }
}

void ModelPanel::showEnd(int task, JobEnd end, const QString& message)
{
    const auto which = static_cast<Session::Task>(task);
    using enum Session::Task;
    if (which != LoadModel && which != SaveModel && which != Train)
        return;
    m_error->showMessage(MessageBar::Kind::Error, end == JobEnd::Failed ? message : QString());
}

void ModelPanel::show(const ExperimentConfig& config)
{
    const auto& training = config.training;
    m_epochs->setValue(training.epochs);
    m_batchSize->setValue(training.batchSize);
    m_learningRate->setValue(training.learningRate);
    m_normalisation->setCurrentIndex(
        m_normalisation->findData(static_cast<int>(training.normalisation)));
    const auto device = QString::fromStdString(training.device);
    if (m_device->findText(device) < 0)
        m_device->addItem(device); // LibTorch has not said yet which there are
    m_device->setCurrentText(device);
    m_threads->setValue(training.threads);
}

void ModelPanel::showDerived(const ExperimentConfig& config)
{
    showProblems(m_problems,
        {"epochs", "batch_size", "learning_rate", "normalise", "normalisation", "device",
            "threads"});
    // When a problem arises, not for as long as it stays: its group can be folded again.
    const bool training =
        !settings()
             .problemText({"epochs", "batch_size", "learning_rate", "normalise", "normalisation"})
             .isEmpty();
    if (training && !m_trainingFails)
        m_training->setUnfolded(true);
    m_trainingFails = training;
    const bool machine = !settings().problemText({"device", "threads"}).isEmpty();
    if (machine && !m_machineFails)
        m_machine->setUnfolded(true);
    m_machineFails = machine;
    m_training->setFoldedNote(countText(config.training.epochs, tr("%1 epoch"), tr("%1 epochs")));
    m_machine->setFoldedNote(QString::fromStdString(config.training.device));
}

} // namespace augury
