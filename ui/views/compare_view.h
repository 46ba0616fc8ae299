// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/run_look.h"
#include "ui/session/image_query.h"
#include "ui/session/session.h"
#include "ui/views/exportable.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QSettings;
class QStackedWidget;

namespace augury {

class CompareCharts;
class ComparedRuns;
class EmptyState;
class MessageBar;
class RunChips;
class RunHeader;
class RunImages;

/// Baseline against TTA across repeats, each repeat as it ends, and runs beside each other. A click
/// on a chart of images brings those back on the Inspect page.
class CompareView : public QWidget, public Exportable {
    Q_OBJECT

public:
    CompareView(Session& session, ComparedRuns& runs, QWidget* parent = nullptr);

    // Exports are of the run in front.
    bool hasResults() const override;
    QString fileName() const override;
    void saveChart(const QString& path) const override; ///< the one in front
    std::vector<ChartWidget*> charts() const override;
    std::string csv() const override;
    std::string json() const override;

    EmptyState* emptyState() const { return m_empty; }
    RunHeader* header() const { return m_header; }
    RunChips* chips() const { return m_chips; }
    CompareCharts* panes() const { return m_charts; }
    RunImages* images() const { return m_images; }
    QString verdictText() const;
    QString messageText() const;
    QString outdatedText() const;
    QString offerText() const; ///< to train a repeat again; empty: nothing is offered
    QPushButton* offerButton() const { return m_train; }
    int refreshes() const { return m_refreshes; } ///< how often new repeats were drawn
    void showError(const QString& message);

    // What the page keeps from one session to the next: the tab in front, the negligible zone.
    void save(QSettings& store) const;
    void restore(const QSettings& store);

Q_SIGNALS:
    void runClicked();
    void resultsChanged();
    /// The votes of one repeat are in hand: these images belong in front, on the Inspect page, and
    /// `note` says what has changed for it.
    void imagesWanted(const augury::ImageQuery& query, const QString& note);
    void tableSaved(const QString& path);

private:
    QWidget* buildContent();
    void connectSession();
    void connectRuns();
    void connectImages();
    void onGrew();
    void refreshRuns(); ///< the newest of them, on the page
    void refreshState(); ///< buttons, notes, whether there is a run at all
    void showChips(const std::vector<RunLook>& looks);
    void askImages(std::optional<int> repeat, const ImageQuery& query);
    void openImages(int repeat, const ImageQuery& query);
    QString chartTitle() const;

    Session& m_session;
    ComparedRuns& m_runs;
    RunLooks m_looks;
    RunImages* m_images;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    MessageBar* m_message;
    MessageBar* m_outdated;
    MessageBar* m_offer;
    QPushButton* m_train = nullptr;
    std::function<void()> m_accept; ///< what the offer's button does
    RunHeader* m_header = nullptr;
    RunChips* m_chips = nullptr;
    CompareCharts* m_charts = nullptr;
    QTimer m_pace; ///< runs while nothing may be drawn anew
    bool m_stale = false;
    int m_refreshes = 0;
};

} // namespace augury
