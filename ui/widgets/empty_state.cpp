// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include "ui/widgets/image_strip.h"
#include "ui/widgets/primary_button.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace augury {

namespace {
constexpr int s_textWidth = 580;
}

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_command(new QLineEdit(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_button(new PrimaryButton({}, this))
    , m_strip(new ImageStrip(this))
{
    auto font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setBold(true);
    m_title->setFont(font);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setWordWrap(true);
    m_text->setFixedWidth(s_textWidth);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setAccessibleName(tr("Command to type in a terminal"));
    m_command->setMinimumWidth(360);
    m_copy->setAccessibleName(tr("Copy the command"));
    m_strip->hide();

    auto* command = new QHBoxLayout;
    command->addStretch();
    command->addWidget(m_command);
    command->addWidget(m_copy);
    command->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(14);
    column->addStretch(2);
    column->addWidget(m_strip);
    column->addSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addLayout(command);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    setCommand({});

    connect(m_button, &QPushButton::clicked, this, &EmptyState::clicked);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
}

void EmptyState::setContent(const QString& title, const QString& text, const QString& button)
{
    m_title->setText(title);
    m_text->setText(text);
    // A wrapped label in the middle of a column is not asked how high it must be.
    m_text->setFixedHeight(text.isEmpty() ? 0 : m_text->heightForWidth(s_textWidth));
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
}

void EmptyState::setButtonEnabled(bool enabled)
{
    m_button->setEnabled(enabled);
}

void EmptyState::setSamples(const QVector<SampleImage>& samples)
{
    m_strip->setSamples(samples);
}

void EmptyState::setCommand(const QString& command)
{
    m_command->setText(command);
    m_command->setVisible(!command.isEmpty());
    m_copy->setVisible(!command.isEmpty());
}

QString EmptyState::title() const
{
    return m_title->text();
}

QString EmptyState::text() const
{
    return m_text->text();
}

QString EmptyState::command() const
{
    return m_command->text();
}

} // namespace augury
