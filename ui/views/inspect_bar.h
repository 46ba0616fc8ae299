// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/inspector.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace augury {

class QueryRows;

/// Above the image grid: what the whole split says, and which of its images are shown.
class InspectBar : public QWidget {
    Q_OBJECT

public:
    explicit InspectBar(Inspector& inspector, QWidget* parent = nullptr);

    QueryRows* rows() const { return m_rows; }
    QString countText() const;
    QString scoreText() const; ///< plain
    QString noteText() const;
    QLabel* scoreLabel() const { return m_score; }
    QPushButton* evaluateButton() const { return m_evaluate; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildScore();
    void showVotes();
    bool evaluatesThese() const;
    QString score() const; ///< rich text

    Inspector& m_inspector;
    QueryRows* m_rows = nullptr;
    QLabel* m_score;
    QLabel* m_note;
    QPushButton* m_evaluate = nullptr;
};

} // namespace augury
