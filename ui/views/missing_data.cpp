// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/missing_data.h"

#include "core/data/open_dataset.h"
#include "ui/session/session.h"
#include "ui/widgets/empty_state.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace augury {

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("augury::MissingData", text);
}
} // namespace

void showMissingSample(EmptyState& state)
{
    state.setContent(tr("Fashion-MNIST is not installed"),
        tr("Augury starts with Fashion-MNIST: 70,000 small pictures of clothes in ten classes. "
           "This computer does not have it yet. The command below installs it; then press "
           "Try again. Or open a folder of your own."),
        tr("Try again"));
    state.setCommand(QStringLiteral("sudo apt install dataset-fashion-mnist"));
}

bool showMissingData(EmptyState& state, const Session& session)
{
    if (session.dataset())
        return false;
    state.setSamples({});
    // The error of the last attempt stands until the next one ends.
    if (session.dataError().isEmpty() || session.task() == Session::Task::OpenData) {
        state.setContent(tr("Opening the data set …"), {}, {});
        state.setCommand({});
        return true;
    }
    const auto standard = QString::fromStdString(defaultDatasetPath().string());
    if (session.dataPath() == standard && !QFileInfo::exists(standard)) {
        showMissingSample(state);
    } else {
        state.setContent(tr("The data set can't be opened"), session.dataError(), tr("Try again"));
        state.setCommand({});
    }
    state.setButtonEnabled(!session.isBusy());
    return true;
}

} // namespace augury
