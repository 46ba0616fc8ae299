// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/facts.h"

#include "ui/session/number_text.h"

#include <QLabel>
#include <QTextDocument>

namespace augury {

void Facts::add(const QString& name, const QString& value)
{
    m_rows += QStringLiteral("<tr><td style=\"padding-right:10px\">%1</td><td>%2</td></tr>")
                  .arg(unbroken(name.toHtmlEscaped()), value);
}

void Facts::addText(const QString& name, const QString& value)
{
    if (!value.isEmpty())
        add(name, value.toHtmlEscaped());
}

QString Facts::html() const
{
    return QStringLiteral("<table>%1</table>").arg(m_rows);
}

QLabel* makeFactsLabel(const QString& accessibleName, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(accessibleName);
    return label;
}

QString plainFacts(const QLabel* label)
{
    QTextDocument document;
    document.setHtml(label->text());
    return document.toPlainText();
}

} // namespace augury
