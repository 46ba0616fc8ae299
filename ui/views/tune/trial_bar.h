// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/trial.h"

#include <QFrame>

#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;

namespace augury {

/// What may be done with the chosen configuration, and why not.
struct TrialActions {
    QString cannotLook; ///< why; empty: it can be looked at
    QString cannotConfirm; ///< why; empty: it can be confirmed
    bool busy = false; ///< something is at work: settings may be used, nothing started
    int confirmedBefore = 0; ///< how often these test images were used
};

/// The chosen configuration: its words, its figures, and what to do with it, one click each.
class TrialBar : public QFrame {
    Q_OBJECT

public:
    enum class Standing { Best, BestSoFar, Chosen };

    explicit TrialBar(QWidget* parent = nullptr);

    void setTrial(const std::optional<Trial>& trial, Standing standing);
    void setActions(const TrialActions& actions);

    QString titleText() const;
    QString figuresText() const;
    QPushButton* useButton() const { return m_use; }
    QPushButton* lookButton() const { return m_look; }
    QPushButton* compareButton() const { return m_compare; }
    QPushButton* projectButton() const { return m_project; }
    QPushButton* confirmButton() const { return m_confirm; }
    QCheckBox* tutorialBox() const { return m_tutorial; }

Q_SIGNALS:
    void useClicked();
    void lookClicked();
    void compareClicked();
    void projectClicked();
    void confirmClicked(bool tutorialToo);

private:
    void showButtons();

    std::optional<Trial> m_trial;
    TrialActions m_actions;
    QLabel* m_title;
    QLabel* m_figures;
    QPushButton* m_use;
    QPushButton* m_look;
    QPushButton* m_compare;
    QPushButton* m_project;
    QPushButton* m_confirm;
    QCheckBox* m_tutorial;
};

/// "70.21 % right, lift +1.21 points (+0.81 … +1.59) · 187 fixed, 66 broken · NLL 0.912 · 2.0× the
/// cost, 12 s"
QString trialFigures(const Trial& trial);

} // namespace augury
