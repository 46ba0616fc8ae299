// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace augury {

/// A titled part of a dock: a heading, a line, and rows below it; without a title the rows alone.
class Section : public QWidget {
    Q_OBJECT

public:
    explicit Section(const QString& title, QWidget* parent = nullptr);

    /// A label and its field; Alt + the label's letter leads to `target`, or to the field. (A
    /// focus proxy would do the same, but with Qt 6.4 Tab goes round in circles then.)
    void addRow(
        const QString& label, QWidget* field, const QString& toolTip, QWidget* target = nullptr);
    /// A row of addRow(), with its label.
    void setRowVisible(QWidget* field, bool visible);
    void addWide(QWidget* widget); ///< over the whole width
    void addWide(QLayout* layout);

    /// A line of red text for what is wrong with the fields above; hidden while empty.
    QLabel* addProblemLine();
    /// What is written before the fields takes this much and s_labelGap, in every row with a
    /// slider, so that all sliders begin below each other.
    static int labelWidth(const QWidget& widget);
    static constexpr int s_labelGap = 8;
    /// Plain text in the muted colour.
    static QLabel* makeNote(const QString& text, QWidget* parent);

private:
    QVBoxLayout* m_layout;
    QFormLayout* m_form = nullptr;
};

} // namespace augury
