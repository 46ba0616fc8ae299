// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <optional>
#include <vector>

namespace augury {

/// A list of factors as text: "1, 0.9, 1.1". Decimal points in every language, since commas part
/// the numbers.
class FactorEdit : public QLineEdit {
    Q_OBJECT

public:
    FactorEdit(const QString& name, QWidget* parent);

    /// What it says; nothing where that is no list of numbers.
    std::optional<std::vector<double>> factors() const;
    /// What is wrong with the text, as a sentence; empty when it is a list of numbers.
    QString problem() const;
    /// Leaves the text as it is where these are what it said last.
    void setFactors(const std::vector<double>& factors);
    /// Writes the numbers in hand over whatever was typed.
    void writeAgain();

private:
    std::vector<double> m_factors; ///< set or said last
};

} // namespace augury
