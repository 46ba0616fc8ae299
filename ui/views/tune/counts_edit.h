// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <optional>
#include <vector>

namespace augury {

/// Whole numbers from 1 on as text: "7", "1, 3, 5", "1-20". Each once, ascending.
class CountsEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit CountsEdit(const QString& name, QWidget* parent = nullptr);

    std::vector<int> counts() const; ///< none where problem() says why
    QString problem() const; ///< as a sentence; empty: there is none
    void setCounts(const std::vector<int>& counts);
};

/// What the text says; nothing where it is no list of numbers 1 … most.
std::optional<std::vector<int>> parseCounts(const QString& text, int most);
/// "1-20, 30"
QString countsText(const std::vector<int>& counts);

} // namespace augury
