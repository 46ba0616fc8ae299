// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"
#include "ui/session/jobs.h"

class QComboBox;
class QPushButton;

namespace augury {

class ElidedLabel;
class FoldGroup;
class MessageBar;
class Session;

/// How the network is trained, and the one in hand.
class ModelPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit ModelPanel(Session& session, QWidget* parent = nullptr);

    void setActions(class QAction* train, class QAction* load, class QAction* save);
    QString modelText() const;
    QString errorText() const;

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;

private:
    void buildTraining();
    void buildMachine();
    void connectFields();
    void showModel();
    void showDevices(const QStringList& devices);
    void showEnd(int task, JobEnd end, const QString& message);

    Session& m_session;
    ElidedLabel* m_model;
    QLabel* m_origin;
    MessageBar* m_error;
    QPushButton* m_train; // Tab follows this order
    QPushButton* m_load;
    QPushButton* m_save;
    FoldGroup* m_training; ///< of the next network
    QSpinBox* m_epochs;
    QSpinBox* m_batchSize;
    QDoubleSpinBox* m_learningRate;
    QComboBox* m_normalisation;
    FoldGroup* m_machine; ///< for predictions too
    QComboBox* m_device;
    QSpinBox* m_threads;
    QLabel* m_problems;
    bool m_trainingFails = false;
    bool m_machineFails = false;
};

} // namespace augury
