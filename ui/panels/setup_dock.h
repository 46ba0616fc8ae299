// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>

namespace augury {

class DataPanel;
class ModelPanel;
class Session;

/// Everything that decides an experiment, from top to bottom.
class SetupDock : public QDockWidget {
    Q_OBJECT

public:
    explicit SetupDock(Session& session, QWidget* parent = nullptr);

    DataPanel* dataPanel() const { return m_data; }
    ModelPanel* modelPanel() const { return m_model; }

private:
    DataPanel* m_data;
    ModelPanel* m_model;
};

} // namespace augury
