// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/method_bar.h"

#include "ui/views/tune/tune_words.h"

#include <QLabel>
#include <QTabBar>
#include <QVBoxLayout>

namespace augury {

MethodBar::MethodBar(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_question(new QLabel(this))
{
    m_tabs->setAccessibleName(tr("Methods of tuning"));
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideNone);
    for (int i = 0; i < tuneMethods; ++i) {
        const auto method = static_cast<TuneMethod>(i);
        m_tabs->addTab(methodName(method));
        m_tabs->setTabToolTip(i, methodQuestion(method));
    }
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_tabs);
    column->addWidget(m_question);
    m_question->setText(methodQuestion(method()));
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        m_question->setText(methodQuestion(method()));
        Q_EMIT methodChanged();
    });
}

TuneMethod MethodBar::method() const
{
    return static_cast<TuneMethod>(m_tabs->currentIndex());
}

void MethodBar::setMethod(TuneMethod method)
{
    m_tabs->setCurrentIndex(static_cast<int>(method));
}

void MethodBar::setRunning(TuneMethod method, bool running)
{
    const auto name = methodName(method);
    const auto text = running ? tr("%1 …").arg(name) : name;
    if (m_tabs->tabText(static_cast<int>(method)) != text)
        m_tabs->setTabText(static_cast<int>(method), text);
}

QString MethodBar::question() const
{
    return m_question->text();
}

} // namespace augury
