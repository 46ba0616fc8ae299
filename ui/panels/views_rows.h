// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/view_sets.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;

namespace augury {

class FactorEdit;
class SliderSpin;

/// The sets whose product is a fixed list of views.
class ViewsRows : public QWidget {
    Q_OBJECT

public:
    using Change = std::function<void(ViewSets&)>;

    explicit ViewsRows(QWidget* parent = nullptr);

    /// Into the rows, without signals from them.
    void showViews(const ViewSets& views);
    /// Drops what was typed and is no setting yet.
    void discardTexts();
    /// What is wrong with a text that is no setting yet.
    QString textProblem() const;

Q_SIGNALS:
    void edited(const augury::ViewsRows::Change& change); ///< by the user
    void textProblemChanged();

private:
    QCheckBox* addFlag(
        const QString& label, const QString& name, const QString& toolTip, bool ViewSets::*field);
    FactorEdit* addFactors(const QString& label, const QString& name, const QString& toolTip,
        std::vector<double> ViewSets::*field);
    void addRow(const QString& label, QWidget* field, const QString& toolTip, QWidget* target);
    void addCrops();

    QFormLayout* m_form = nullptr;
    QCheckBox* m_horizontalFlip; // Tab follows this order
    QCheckBox* m_verticalFlip;
    QCheckBox* m_quarterTurns;
    FactorEdit* m_scales;
    QComboBox* m_crops;
    SliderSpin* m_cropFraction;
    FactorEdit* m_brightness;
};

} // namespace augury
