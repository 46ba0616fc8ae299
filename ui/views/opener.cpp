// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/opener.h"

#include "core/data/open_dataset.h"
#include "ui/session/inspector.h"

#include <QDir>

#include <utility>

namespace augury {

namespace {

/// Copies up to which the sample data set is evaluated unasked: seconds on a small machine.
constexpr int s_quickCopies = 8;

QString samplePath()
{
    return QString::fromStdString(defaultDatasetPath().string());
}

} // namespace

Opener::Opener(Session& session, Inspector& inspector, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_inspector(inspector)
{
    connect(&m_session, &Session::taskEnded, this, &Opener::onTaskEnded);
}

void Opener::openData(const QString& path)
{
    using enum Session::Task;
    const auto task = m_session.task();
    if (task == Train || task == Evaluate || task == Repeats || task == SaveModel) {
        m_data = path;
        m_dataWaits = true;
        return;
    }
    m_dataWaits = false;
    m_session.openData(path);
    if (!std::exchange(m_began, true))
        m_session.restoreLastRun(); // behind the data: opening drops what was asked for before
}

void Opener::loadModel(const QString& path)
{
    m_model = path;
    // The data that belong to it are asked for in the same breath, and come first.
    QMetaObject::invokeMethod(this, &Opener::goOn, Qt::QueuedConnection);
}

void Opener::ensureData()
{
    const auto path = QString::fromStdString(m_session.settings().config().dataPath);
    if (m_dataWaits || m_session.isBusy())
        return;
    if (!m_session.dataset() || m_session.dataPath() != path)
        openData(path);
}

void Opener::goOn()
{
    if (m_session.isBusy())
        return;
    if (m_dataWaits) {
        openData(std::exchange(m_data, {}));
        return;
    }
    const auto model = std::exchange(m_model, {});
    if (!model.isEmpty() && !(m_session.model() && m_session.model()->path == model))
        m_session.loadModel(model);
}

bool Opener::wantsSampleModel() const
{
    return m_model.isEmpty() && m_session.dataset() && !m_session.model()
        && QDir::cleanPath(m_session.dataPath()) == QDir::cleanPath(samplePath());
}

void Opener::onTaskEnded(Session::Task task, JobEnd end)
{
    using enum Session::Task;
    if (m_session.isBusy())
        return; // opening other data has replaced it
    if (task == OpenData && !m_dataWaits && wantsSampleModel()) {
        m_session.loadModel(Session::sampleModel());
        m_evaluateSample = m_session.task() == LoadModel;
        return;
    }
    if (task == LoadModel && std::exchange(m_evaluateSample, false) && end == JobEnd::Succeeded
        && m_session.settings().config().copies <= s_quickCopies)
        m_inspector.evaluate(Session::Keep::Nowhere); // nobody asked for it
    goOn();
}

} // namespace augury
