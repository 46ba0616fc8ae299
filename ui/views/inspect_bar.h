// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_query.h"
#include "ui/session/inspector.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace augury {

/// Above the image grid: which images, in which order, how many; and what the whole split says.
class InspectBar : public QWidget {
    Q_OBJECT

public:
    explicit InspectBar(Inspector& inspector, QWidget* parent = nullptr);

    const ImageQuery& query() const { return m_query; }
    /// Shows this alone, or all images when it is shown already.
    void toggleFilter(ImageFilter filter);
    void setCount(int shown, std::size_t total);
    QString countText() const;
    QString scoreText() const; ///< plain
    QString noteText() const;
    QLabel* scoreLabel() const { return m_score; }

Q_SIGNALS:
    void queryChanged(); ///< by the user
    void jumpAsked(std::uint32_t index); ///< an image's index in its set

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildQuery();
    void buildScore();
    void connectInspector();
    void showSplits();
    void showClasses();
    void showVotes();
    void setQuery(const ImageQuery& query);
    void showQuery();

    Inspector& m_inspector;
    ImageQuery m_query;
    bool m_showing = false;
    QComboBox* m_split;
    QComboBox* m_filter;
    QComboBox* m_label;
    QComboBox* m_predicted;
    QComboBox* m_order;
    QToolButton* m_direction;
    QLineEdit* m_jump;
    QLabel* m_count;
    QLabel* m_score;
    QLabel* m_note;
    QPushButton* m_evaluate = nullptr;
};

} // namespace augury
