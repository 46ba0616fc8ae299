// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/factor_edit.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

namespace augury {

namespace {

QStringList parts(const QString& text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    return text.split(separators, Qt::SkipEmptyParts);
}

std::optional<double> toFactor(const QString& part)
{
    bool isNumber = false;
    const double factor = QLocale::c().toDouble(part, &isNumber);
    return isNumber ? std::optional(factor) : std::nullopt;
}

} // namespace

FactorEdit::FactorEdit(const QString& name, QWidget* parent)
    : QLineEdit(parent)
{
    setAccessibleName(name);
    setPlaceholderText(QStringLiteral("1, 0.9, 1.1"));
    connect(this, &QLineEdit::textEdited, this, [this] {
        if (const auto said = factors())
            m_factors = *said;
    });
}

std::optional<std::vector<double>> FactorEdit::factors() const
{
    std::vector<double> factors;
    for (const auto& part : parts(text())) {
        const auto factor = toFactor(part);
        if (!factor)
            return std::nullopt;
        factors.push_back(*factor);
    }
    if (factors.empty())
        return std::nullopt;
    return factors;
}

QString FactorEdit::problem() const
{
    const auto all = parts(text());
    if (all.isEmpty())
        return tr("%1: must list at least one factor, such as 1.").arg(accessibleName());
    for (const auto& part : all) {
        if (!toFactor(part))
            return tr("%1: “%2” is not a number; write them as in 1, 0.9, 1.1.")
                .arg(accessibleName(), part);
    }
    return {};
}

void FactorEdit::setFactors(const std::vector<double>& factors)
{
    if (factors == m_factors)
        return;
    m_factors = factors;
    writeAgain();
}

void FactorEdit::writeAgain()
{
    QStringList texts;
    for (const double factor : m_factors)
        texts << QString::number(factor, 'g', QLocale::FloatingPointShortest);
    setText(texts.join(QStringLiteral(", ")));
}

} // namespace augury
