// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace augury {

/// A message in place, beside what it is about: a mark, the text, buttons, a cross. Hidden while
/// it has nothing to say.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Note, Warning, Error };

    explicit MessageBar(QWidget* parent = nullptr);

    void showMessage(Kind kind, const QString& text);
    void clear();
    /// A note that is no longer true once the sender says so.
    template <typename Sender>
    void showNoteUntil(const Sender* sender, void (Sender::*said)(), const QString& text)
    {
        showMessage(Kind::Note, text);
        connect(
            sender, said, this,
            [this, text] {
                if (this->text() == text)
                    clear();
            },
            Qt::SingleShotConnection);
    }
    QString text() const;
    void setClosable(bool closable);
    /// Buttons in the text's own line: for where there is little height.
    void putButtonsBeside();
    /// A button for what to do about it; stays with the bar.
    QPushButton* addAction(const QString& label, const std::function<void()>& run);

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintKind();

    Kind m_kind = Kind::Note;
    QLabel* m_mark;
    QLabel* m_text;
    QGridLayout* m_grid;
    QHBoxLayout* m_buttons;
    QToolButton* m_close;
    bool m_painting = false;
};

} // namespace augury
