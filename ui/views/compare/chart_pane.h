// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_query.h"
#include "ui/views/chart_with_table.h"
#include "ui/views/compare/compared_data.h"

#include <optional>

namespace augury {

/// A chart of the Compare page with its table. A subclass says what they show.
class ChartPane : public ChartWithTable {
    Q_OBJECT

public:
    int updates() const { return m_updates; } ///< how often it was given data

    void setData(const ComparedData& compared);

Q_SIGNALS:
    void negligibleEdited(double points);
    void repeatChosen(std::optional<int> repeat);
    /// A click on a chart. `repeat` is an index; none: all were summed.
    void imagesAsked(std::optional<int> repeat, const augury::ImageQuery& query);

protected:
    using ChartWithTable::ChartWithTable;

    /// Gives the newest data to chart and controls, and calls setNote() or setEmpty().
    virtual void fill(const ComparedData& compared) = 0;

private:
    std::optional<std::int64_t> m_shown; ///< the run in front at the last time
    int m_updates = 0;
};

} // namespace augury
