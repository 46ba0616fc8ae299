// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace augury {

class PrimaryButton;

/// What a search will try and take, and the buttons that start, stop and resume it.
class TunePlan : public QWidget {
    Q_OBJECT

public:
    enum class State {
        Ready, ///< can be started
        Blocked, ///< cannot; the text says why
        Running,
        Stopping,
    };

    explicit TunePlan(QWidget* parent = nullptr);

    void setState(State state, const QString& text);
    /// A stopped search is in front, and there is a model to go on with.
    void setResumable(bool stopped, bool now);
    /// Start does what was done already, once more.
    void setAgain(bool again);

    QString text() const;
    PrimaryButton* startButton() const { return m_start; }
    QPushButton* stopButton() const { return m_stop; }
    QPushButton* resumeButton() const { return m_resume; }

Q_SIGNALS:
    void startClicked();
    void stopClicked();
    void resumeClicked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showButtons();

    State m_state = State::Blocked;
    bool m_again = false;
    bool m_stopped = false;
    bool m_resumable = false;
    QBoxLayout* m_all;
    QLabel* m_text;
    PrimaryButton* m_start;
    QPushButton* m_stop;
    QPushButton* m_resume;
};

} // namespace augury
