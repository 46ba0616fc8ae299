// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "ui/views/tune/tune_pane.h"

class QComboBox;

namespace augury {

class CostLimit;
class HeatMapChart;
class ParetoChart;
class PictureStepper;
class TuneCurveChart;

/// A measure against copies, steps or a strength.
class MeasurePane : public ChartTunePane {
    Q_OBJECT
public:
    explicit MeasurePane(QWidget* parent = nullptr);
    QComboBox* measure() const { return m_measure; }
    PictureStepper* stepper() const { return m_stepper; }

protected:
    void fill(const TuneShown& shown) override;

private:
    void offerMeasures(const TuneShown& shown);

    TuneCurveChart* m_curve;
    QComboBox* m_measure;
    PictureStepper* m_stepper;
};

/// The lifts of a sweep, two axes against each other.
class MapPane : public ChartTunePane {
    Q_OBJECT
public:
    explicit MapPane(QWidget* parent = nullptr);
    QComboBox* rows() const { return m_rows; }
    QComboBox* columns() const { return m_columns; }

protected:
    void fill(const TuneShown& shown) override;

private:
    void offerAxes(const TuneShown& shown);

    HeatMapChart* m_map;
    QComboBox* m_rows;
    QComboBox* m_columns;
    QStringList m_names; ///< of the axes that are offered
};

/// Lift against cost.
class CostPane : public ChartTunePane {
    Q_OBJECT
public:
    explicit CostPane(QWidget* parent = nullptr);
    CostLimit* costLimit() const { return m_limit; }

protected:
    void fill(const TuneShown& shown) override;

private:
    ParetoChart* m_pareto;
    CostLimit* m_limit;
};

/// What views weigh, and whether that helps.
class WeightsPane : public ChartTunePane {
    Q_OBJECT
public:
    explicit WeightsPane(QWidget* parent = nullptr);
    PictureStepper* stepper() const { return m_stepper; }

protected:
    void fill(const TuneShown& shown) override;

private:
    HeatMapChart* m_map;
    QComboBox* m_which; ///< of the learned trials
    PictureStepper* m_stepper;
    std::vector<int> m_offered;
};

/// What inner validation says of the three ways over the same views: "Held-out NLL: mean 0.912,
/// weights per view 0.905 …" and which one it prefers. Empty where none has one.
QString heldOutText(const TuneShown& shown, const AugmentPolicy& policy);

} // namespace augury
