// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace augury {

/// Facts, one a line, as rich text; a table keeps names and values in columns.
class Facts {
public:
    void add(const QString& name, const QString& value); ///< `value` is HTML
    void addText(const QString& name, const QString& value); ///< empty: left out
    bool isEmpty() const { return m_rows.isEmpty(); }
    QString html() const;

private:
    QString m_rows;
};

/// A label for them, whose text can be selected.
QLabel* makeFactsLabel(const QString& accessibleName, QWidget* parent);
/// What it says, plain, a line a fact.
QString plainFacts(const QLabel* label);

} // namespace augury
