// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_widget.h"
#include "ui/charts/votes_data.h"

namespace augury {

/// The votes on one image, a row a class: what the untouched image says above what the vote says,
/// and how many copies agree. Of more than ten classes the largest ten and the true one, unless
/// all are asked for. Follows a slider: drawn up to 40 times a second.
class VotesChart : public ChartWidget {
    Q_OBJECT
public:
    explicit VotesChart(QWidget* parent = nullptr);
    ~VotesChart() override;

    void setVotes(VotesData votes);
    void clear();

    /// All classes; the minimum height grows with them: meant for a scroll area.
    void setShowAll(bool all);
    bool showsAll() const;
    /// What stands there without votes; empty: the usual sentence.
    void setEmptyMessage(const QString& text);
    int hiddenClasses() const; ///< classes that have no row now

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void refresh() override;
    void layOutPlots(const QRectF& area) override;
    void restyle(const ChartStyle& style, const QFont& font) override;
    QString toolTipAt(const QPointF& position) const override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace augury
