// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/confusion_data.h"
#include "ui/views/compare/chart_pane.h"

class QComboBox;

namespace augury {

class ConfusionChart;
class CopiesCurveChart;
class LedgerChart;
class RepeatChoice;
struct RepeatDetails;

/// A pane about the images of one repeat of the run in front, or of all of them.
class DetailPane : public ChartPane {
    Q_OBJECT
public:
    RepeatChoice* repeatChoice() const { return m_choice; }

protected:
    DetailPane(ChartWidget* chart, const QString& name, const QString& key, QWidget* parent);

    /// Offers the repeats of `compared`; false, with an empty state that says why, where there are
    /// none.
    bool showRepeats(const ComparedData& compared);
    /// The chosen repeat, or null: all.
    const RepeatResult* chosen(const ComparedData& compared) const;
    /// Of the chosen repeat, or all summed; null, with an empty state that says why, without.
    std::shared_ptr<const RepeatDetails> details(const ComparedData& compared);
    QString clickHint(const ComparedData& compared) const;
    std::optional<int> shownRepeat() const { return m_shown; }

private:
    RepeatChoice* m_choice;
    std::optional<int> m_shown;
};

/// What TTA fixed and broke.
class LedgerPane : public DetailPane {
    Q_OBJECT
public:
    explicit LedgerPane(QWidget* parent);

protected:
    void fill(const ComparedData& compared) override;

private:
    LedgerChart* m_chart;
};

/// Which classes are taken for which.
class ConfusionPane : public DetailPane {
    Q_OBJECT
public:
    explicit ConfusionPane(QWidget* parent);
    QComboBox* mode() const { return m_mode; }

protected:
    void fill(const ComparedData& compared) override;

private:
    void onCell(int label, int predicted);

    ConfusionChart* m_chart;
    QComboBox* m_mode;
    ConfusionData m_data;
};

/// What fewer copies would have given.
class CurvePane : public DetailPane {
    Q_OBJECT
public:
    explicit CurvePane(QWidget* parent);

protected:
    void fill(const ComparedData& compared) override;

private:
    CopiesCurveChart* m_chart;
};

} // namespace augury
