// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_query.h"
#include "ui/session/inspector.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace augury {

/// Which images the grid shows, and in which order. What the votes in hand cannot answer is not
/// asked: without labels no filter by outcome, without votes the data set's order.
class QueryRows : public QWidget {
    Q_OBJECT

public:
    explicit QueryRows(Inspector& inspector, QWidget* parent = nullptr);

    const ImageQuery& query() const { return m_query; }
    /// Shows this alone, or all images when it is shown already; nothing without votes for it.
    void toggleFilter(ImageFilter filter);
    /// All images of this outcome, whatever was chosen before; the second time all images.
    void showOnly(ImageFilter filter);
    /// Shows these as soon as current votes that answer it are there, unless the user has asked for
    /// something else by then.
    void ask(const ImageQuery& query);
    void setCount(int shown, std::size_t total);
    QString countText() const;
    std::vector<QWidget*> tabOrder() const;

Q_SIGNALS:
    void queryChanged();
    void jumpAsked(std::uint32_t index); ///< an image's index in its set

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildFilters();
    void buildOrder();
    void buildJump();
    void layOut();
    void showSplits();
    void showClasses();
    void showVotes();
    bool answers(ImageFilter filter) const; ///< by the votes in hand
    void setQuery(const ImageQuery& query);
    void showQuery();
    template <typename Change> void change(Change&& change);

    Inspector& m_inspector;
    ImageQuery m_query;
    std::optional<ImageQuery> m_asked; ///< waits for votes
    bool m_showing = false;
    std::vector<std::string> m_classNames;
    QComboBox* m_split;
    QComboBox* m_filter;
    QComboBox* m_label;
    QComboBox* m_predicted;
    QToolButton* m_clear;
    QComboBox* m_order;
    QToolButton* m_direction;
    QLineEdit* m_jump;
    QLabel* m_count;
};

} // namespace augury
