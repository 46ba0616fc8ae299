// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/images.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace augury {

class ImageStrip;
class PrimaryButton;

/// What a page shows before it has results: what will happen here, and the one button for it.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);

    void setContent(const QString& title, const QString& text, const QString& button);
    void setButtonEnabled(bool enabled);
    void setSamples(const QVector<SampleImage>& samples);
    /// A command to type in a terminal, with a button that copies it; empty: none.
    void setCommand(const QString& command);

    QString title() const;
    QString text() const;
    QString command() const;
    PrimaryButton* button() const { return m_button; }

Q_SIGNALS:
    void clicked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void foldCommand();

    QLabel* m_title;
    QLabel* m_text;
    QLineEdit* m_command;
    QPushButton* m_copy;
    QBoxLayout* m_commandRow;
    PrimaryButton* m_button;
    ImageStrip* m_strip;
};

} // namespace augury
