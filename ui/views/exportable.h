// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace augury {

/// What a page can write to files. The functions throw augury::Error.
class Exportable {
public:
    virtual ~Exportable() = default;

    virtual bool hasResults() const = 0;
    virtual QString fileName() const = 0; ///< without folder and extension: "repeats"
    virtual void saveChart(const QString& path) const = 0; ///< .png, .svg or .pdf
    virtual std::string csv() const = 0;
    virtual bool hasJson() const { return hasResults(); }
    virtual std::string json() const = 0;
};

} // namespace augury
