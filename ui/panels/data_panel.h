// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/settings_panel.h"

class QMenu;
class QPushButton;

namespace augury {

class ElidedLabel;
class MessageBar;
class Session;
class SliderSpin;

/// The data set in hand, and which part of it is used.
class DataPanel : public SettingsPanel {
    Q_OBJECT

public:
    explicit DataPanel(Session& session, QWidget* parent = nullptr);

    QString errorText() const;
    /// Shown by the button beside Open folder…
    void setRecentMenu(QMenu* menu);

Q_SIGNALS:
    void openClicked();

protected:
    void show(const ExperimentConfig& config) override;
    void showDerived(const ExperimentConfig& config) override;

private:
    void showData();

    Session& m_session;
    ElidedLabel* m_name;
    ElidedLabel* m_path;
    QLabel* m_summary;
    QLabel* m_notes;
    MessageBar* m_error;
    QPushButton* m_open;
    QPushButton* m_recent;
    SliderSpin* m_validation;
    QSpinBox* m_subsetTrain;
    QSpinBox* m_subsetTest;
    QLabel* m_problems;
};

} // namespace augury
