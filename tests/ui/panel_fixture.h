// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/setup_dock.h"
#include "ui/session/session.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QSpinBox>

#include <memory>

namespace augury::test {

/// Every random field on.
inline AugmentPolicy everything()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    policy.rotate90 = true;
    policy.rotationRange = 25;
    policy.widthShiftRange = 0.05;
    policy.heightShiftRange = 0.123;
    policy.shearRange = 7.5;
    policy.zoomRange = {0.8, 1.1};
    policy.zoomIndependentAxes = true;
    policy.cropFraction = {0.7, 0.955};
    policy.brightnessRange = {0.8, 1.5};
    policy.contrastRange = {0.6, 1.2};
    policy.channelShiftRange = 30;
    policy.noiseStd = 2.5;
    policy.blurSigma = {0.4, 1.3};
    policy.fillMode = FillMode::Constant;
    policy.fillValue = 40;
    return policy;
}

/// The Setup dock of an empty session, and its controls by the names that a screen reader says.
class PanelFixture {
public:
    PanelFixture()
        : session(std::make_unique<Session>())
        , dock(std::make_unique<SetupDock>(*session))
    {
        dock->show();
    }

    const ExperimentConfig& config() const { return session->settings().config(); }
    const AugmentPolicy& policy() const { return config().policy; }
    template <typename Change> void edit(Change&& change) { session->settings().edit(change); }

    template <typename Widget> Widget* find(const char* name) const
    {
        for (auto* widget : dock->findChildren<Widget*>()) {
            if (widget->accessibleName() == QString::fromUtf8(name))
                return widget;
        }
        qFatal("no widget is named %s", name);
    }

    QSpinBox* spin(const char* name) const { return find<QSpinBox>(name); }
    QDoubleSpinBox* real(const char* name) const { return find<QDoubleSpinBox>(name); }
    QSlider* slider(const char* name) const { return find<QSlider>(name); }
    QComboBox* combo(const char* name) const { return find<QComboBox>(name); }
    QLineEdit* line(const char* name) const { return find<QLineEdit>(name); }

    /// A check box or button that has these words as its name, or shows them.
    template <typename Button = QCheckBox> Button* check(const char* words) const
    {
        for (auto* button : dock->findChildren<Button*>()) {
            const auto name = button->accessibleName().isEmpty()
                ? button->text().remove(QLatin1Char('&'))
                : button->accessibleName();
            if (name == QString::fromUtf8(words))
                return button;
        }
        qFatal("no button says %s", words);
    }

    bool isShown(const QWidget* widget) const { return widget->isVisibleTo(dock.get()); }

    /// The lines that say what is wrong.
    QString problems() const
    {
        QStringList texts;
        for (const auto* label : dock->findChildren<QLabel*>(QStringLiteral("problem"))) {
            if (isShown(label))
                texts << label->text();
        }
        return texts.join(QLatin1Char('\n'));
    }

    bool says(const char* words) const
    {
        for (const auto* label : dock->findChildren<QLabel*>()) {
            if (isShown(label) && label->text().contains(QString::fromUtf8(words)))
                return true;
        }
        return false;
    }

    std::unique_ptr<Session> session;
    std::unique_ptr<SetupDock> dock;
};

} // namespace augury::test
