// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace augury {

/// Rows under a heading that folds them away; folded at first.
class FoldGroup : public QWidget {
    Q_OBJECT

public:
    FoldGroup(const QString& title, const QString& toolTip, QWidget* parent = nullptr);

    bool isUnfolded() const;
    void setUnfolded(bool open);
    /// What the heading adds in brackets while the rows are folded away; empty: nothing.
    void setFoldedNote(const QString& note);

    QToolButton* heading() const { return m_heading; }
    QWidget* content() const { return m_content; } ///< parent of the rows
    QVBoxLayout* column() const { return m_column; }

private:
    void showHeading();

    QString m_title;
    QString m_note;
    QToolButton* m_heading;
    QWidget* m_content;
    QVBoxLayout* m_column;
};

} // namespace augury
