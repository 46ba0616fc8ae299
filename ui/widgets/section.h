// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace augury {

/// A titled part of a dock: a heading, a line, and rows below it.
class Section : public QWidget {
    Q_OBJECT

public:
    explicit Section(const QString& title, QWidget* parent = nullptr);

    /// A label and its field; the label is the field's buddy, so that Alt + letter gets there.
    void addRow(const QString& label, QWidget* field, const QString& toolTip = {});
    void addWide(QWidget* widget); ///< over the whole width
    void addWide(QLayout* layout);

    /// A line of red text for what is wrong with the fields above; hidden while empty.
    QLabel* addProblemLine();
    /// Smaller text in the muted colour.
    static QLabel* makeNote(const QString& text, QWidget* parent);

private:
    QVBoxLayout* m_layout;
    QFormLayout* m_form = nullptr;
};

} // namespace augury
