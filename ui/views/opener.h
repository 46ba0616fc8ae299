// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QObject>
#include <QString>

namespace augury {

class Inspector;

/// Opens what the window is asked for in the right order: data, then the model for them. What is
/// asked for while a network trains, or votes are counted, waits until that is over. The sample
/// data set gets the model that comes with the program, and its votes where that takes a moment
/// only.
class Opener : public QObject {
    Q_OBJECT

public:
    Opener(Session& session, Inspector& inspector, QObject* parent);

    void openData(const QString& path); ///< empty: the sample data set
    void loadModel(const QString& path); ///< empty: leaves the model in hand
    /// Opens the settings' data unless they are open, or being opened.
    void ensureData();

private:
    void goOn(); ///< with what waits
    void onTaskEnded(Session::Task task, JobEnd end);
    bool wantsSampleModel() const;

    Session& m_session;
    Inspector& m_inspector;
    QString m_data; ///< waits
    QString m_model; ///< waits
    bool m_dataWaits = false;
    bool m_began = false;
    bool m_evaluateSample = false; ///< once the sample model is there
};

} // namespace augury
