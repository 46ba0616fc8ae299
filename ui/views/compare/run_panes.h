// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/compare/chart_pane.h"

namespace augury {

class BoxChart;
class LiftChart;
class NegligibleZone;
class RepeatsChart;
class RunsChart;

/// Every repeat of the run in front: baseline, TTA and lift.
class RepeatsPane : public ChartPane {
    Q_OBJECT
public:
    explicit RepeatsPane(QWidget* parent);

protected:
    void fill(const ComparedData& compared) override;

private:
    RepeatsChart* m_chart;
};

/// How its repeats scatter.
class BoxesPane : public ChartPane {
    Q_OBJECT
public:
    explicit BoxesPane(QWidget* parent);

protected:
    void fill(const ComparedData& compared) override;

private:
    BoxChart* m_chart;
};

/// The lifts of its repeats, or of all runs that are shown, against the negligible zone.
class LiftPane : public ChartPane {
    Q_OBJECT
public:
    explicit LiftPane(QWidget* parent);

protected:
    void fill(const ComparedData& compared) override;

private:
    LiftChart* m_chart;
    NegligibleZone* m_zone;
};

/// A row a run, with p values corrected for their number.
class RunsPane : public ChartPane {
    Q_OBJECT
public:
    explicit RunsPane(QWidget* parent);

protected:
    void fill(const ComparedData& compared) override;

private:
    RunsChart* m_chart;
    NegligibleZone* m_zone;
};

/// "95 % interval of the lift: +0.81 to +1.59 points, above the negligible zone of ±0.2 points."
QString zoneSentence(const RunData& run, double negligible);

/// Why these runs cannot differ from chance by Holm's correction, however large their lifts are;
/// empty where they can.
QString holmWarning(const std::vector<RunData>& runs);

} // namespace augury
