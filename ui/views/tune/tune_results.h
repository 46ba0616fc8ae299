// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/tune_spec.h"
#include "ui/views/tune/tune_shown.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QLabel;
class QTabBar;

namespace augury {

class ChartWidget;
class ConfirmationsPane;
class MessageBar;
class TrialBar;
class TunePane;

/// What a search has found: its judgement, the chosen configuration, and its charts as tabs. Only
/// the tab in front is drawn.
class TuneResults : public QWidget {
    Q_OBJECT

public:
    enum Tab { Curve, Map, Views, Weights, Cost, Trials, Confirmations, TabCount };

    explicit TuneResults(QWidget* parent = nullptr);

    /// Nothing: there is no search, only earlier confirmations.
    void setSearch(std::optional<TuneShown> shown);
    const std::optional<TuneShown>& search() const { return m_shown; }
    int userChoice(TuneMethod method) const; ///< −1: the best
    void forgetChoice(TuneMethod method); ///< another search has begun
    void setPictures(const Split& pictures); ///< that views are shown on
    TrialBar* bar() const { return m_bar; }

    ConfirmationsPane* confirmations() const { return m_confirmations; }
    void showConfirmations(); ///< brings them to the front

    Tab current() const;
    void setCurrent(Tab tab);
    bool isOffered(Tab tab) const;
    TunePane* pane(Tab tab) const; ///< null for Confirmations
    QTabBar* tabs() const { return m_tabs; }
    QString currentKey() const;
    /// With the newest data, the one in front first; those that have something to show.
    std::vector<ChartWidget*> charts();

    QString headlineText() const;
    QString captionText() const;
    bool isCalledNoise() const;

Q_SIGNALS:
    void trialChosen();
    void currentChanged();
    void tableSaved(const QString& path);
    void failed(const QString& message);

private:
    void addPane(Tab tab, TunePane* pane, const QString& help);
    void offerTabs();
    void choose(int trial);
    void showHeadline();
    void showBar();
    void update(Tab tab); ///< where it is stale
    void showAll();
    void showPane();

    std::optional<TuneShown> m_shown;
    std::array<int, tuneMethods> m_choices;
    std::array<Tab, tuneMethods> m_lastTab;
    std::optional<double> m_costLimit;
    Split m_pictures;
    std::size_t m_picture = 0;
    QLabel* m_headline;
    MessageBar* m_noise;
    QLabel* m_caption;
    TrialBar* m_bar;
    QTabBar* m_tabs;
    std::array<TunePane*, TabCount> m_panes{};
    std::array<bool, TabCount> m_stale{};
    ConfirmationsPane* m_confirmations;
    bool m_offering = false;
};

/// What the search says at this moment.
QString headlineOf(const TuneShown& shown);
/// Which search it is: data, images, how much was tried, how it ended.
QString captionOf(const TuneShown& shown);

} // namespace augury
