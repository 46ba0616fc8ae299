// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace augury {

/// A number worth reading from afar, what it is, and what to know about it.
class StatTile : public QFrame {
    Q_OBJECT

public:
    explicit StatTile(const QString& caption, QWidget* parent = nullptr);

    void setValue(const QString& value, const QString& note = {});
    QString value() const;
    QString note() const;

private:
    QString m_caption;
    QLabel* m_value;
    QLabel* m_note;
};

} // namespace augury
