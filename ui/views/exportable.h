// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace augury {

class ChartWidget;

/// What a page can write to files. The functions throw augury::Error.
class Exportable {
public:
    virtual ~Exportable() = default;

    virtual bool hasResults() const = 0;
    virtual QString fileName() const = 0; ///< without folder and extension: "repeats"
    /// What saveChart() can write, the first is the usual one.
    virtual QStringList chartSuffixes() const
    {
        return {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")};
    }
    virtual void saveChart(const QString& path) const = 0; ///< by the extension
    /// The page's charts that have something to show, the most important first: the export dialog
    /// offers them. A chart without a title is called by its accessible name. None: saveChart().
    virtual std::vector<ChartWidget*> charts() const { return {}; }
    virtual std::string csv() const = 0;
    virtual bool hasJson() const { return hasResults(); }
    virtual std::string json() const = 0;
};

} // namespace augury
