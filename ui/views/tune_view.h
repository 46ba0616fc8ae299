// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/configuration.h"
#include "core/tune/tune_spec.h"
#include "ui/views/exportable.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QPushButton;
class QScrollArea;
class QSettings;
class QStackedWidget;

namespace augury {

class EmptyState;
class FoldGroup;
class HonestyStrip;
class MessageBar;
class MethodBar;
class Session;
class TuneForms;
class TunePlan;
class TuneResults;
class Tuner;

/// Looks for a good way to do TTA: five methods, each with its form, what it found, and the step
/// from there to the test images.
class TuneView : public QWidget, public Exportable {
    Q_OBJECT

public:
    TuneView(Session& session, Tuner& tuner, QWidget* parent = nullptr);

    // Exports are of the search in front.
    bool hasResults() const override;
    QString fileName() const override;
    void saveChart(const QString& path) const override; ///< the one in front
    std::vector<ChartWidget*> charts() const override;
    std::string csv() const override;
    bool hasJson() const override; ///< once it is over
    std::string json() const override;

    TuneMethod method() const;
    void setMethod(TuneMethod method);
    QString messageText() const;
    QString outdatedText() const;
    QString obstacleText() const;
    void showError(const QString& message);

    MethodBar* methods() const { return m_methods; }
    HonestyStrip* honesty() const { return m_honesty; }
    TuneForms* forms() const { return m_forms; }
    TunePlan* plan() const { return m_plan; }
    TuneResults* results() const { return m_results; }
    int refreshes() const { return m_refreshes; } ///< how often results were drawn

    // What the page keeps from one session to the next: the method in front.
    void save(QSettings& store) const;
    void restore(const QSettings& store);

Q_SIGNALS:
    // Of the trial that is chosen, one step each.
    void inspectWanted(const augury::Configuration& configuration);
    void compareWanted(const augury::Configuration& configuration); ///< as repeats
    void projectWanted(const augury::Configuration& configuration); ///< saved as one
    void trainWanted(); ///< with validation images, which there are none of
    void resultsChanged();
    void tableSaved(const QString& path);

private:
    QWidget* buildPage();
    QWidget* buildContent(); ///< below what stays in sight
    void connectTuner();
    void connectResults();
    void onRunChanged(TuneMethod method);
    void onEnded(TuneMethod method);
    void showRun(); ///< the one of the method in front, as it is now
    void showMethod();
    void showResults(); ///< or the room that they leave
    void showAvailability();
    void showHonesty();
    void showPlan();
    void showConfirmations(int newest);

    Session& m_session;
    Tuner& m_tuner;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    QScrollArea* m_scroll = nullptr;
    MessageBar* m_message;
    MessageBar* m_obstacle;
    MessageBar* m_outdated;
    QPushButton* m_train = nullptr; ///< where there are no validation images
    MethodBar* m_methods = nullptr;
    HonestyStrip* m_honesty = nullptr;
    FoldGroup* m_fold = nullptr;
    TuneForms* m_forms = nullptr;
    TunePlan* m_plan = nullptr;
    TuneResults* m_results = nullptr;
    QWidget* m_rest = nullptr;
    QTimer m_pace; ///< runs while nothing may be drawn anew
    bool m_stale = false;
    bool m_stopping = false;
    std::optional<std::int64_t> m_folded; ///< the search that the form was folded for
    int m_refreshes = 0;
};

} // namespace augury
