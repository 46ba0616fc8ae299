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

#include <algorithm>

namespace augury {

namespace {
constexpr int s_textWidth = 580;
constexpr int s_margin = 16;

/// As wide as lines are read well, less where there is no room.
class Paragraph : public QLabel {
public:
    using QLabel::QLabel;
    QSize sizeHint() const override { return {s_textWidth, heightForWidth(s_textWidth)}; }
    /// The column asks for its own width, which may be more.
    int heightForWidth(int width) const override
    {
        return QLabel::heightForWidth(std::min(width, s_textWidth));
    }
};
/// As wide as the command; less where there is no room, and then it scrolls.
class CommandEdit : public QLineEdit {
public:
    using QLineEdit::QLineEdit;
    QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text()) + 24, QLineEdit::sizeHint().height()};
    }
};
} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_text(new Paragraph(this))
    , m_command(new CommandEdit(this))
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
    m_title->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setAccessibleName(tr("Command to type in a terminal"));
    m_copy->setAccessibleName(tr("Copy the command"));
    m_strip->hide();

    m_commandRow = new QBoxLayout(QBoxLayout::LeftToRight);
    m_commandRow->addStretch();
    m_commandRow->addWidget(m_command, 0, Qt::AlignCenter);
    m_commandRow->addWidget(m_copy, 0, Qt::AlignCenter);
    m_commandRow->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(s_margin, s_margin, s_margin, s_margin);
    column->setSpacing(14);
    column->addStretch(2);
    column->addWidget(m_strip);
    column->addSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addLayout(m_commandRow);
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
    m_text->setVisible(!text.isEmpty());
    m_button->setText(button);
    m_button->setMinimumHeight(m_button->sizeHint().height()); // even in a page too low for it
    m_button->setVisible(!button.isEmpty());
}

void EmptyState::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    foldCommand();
}

void EmptyState::foldCommand()
{
    const int line =
        m_command->sizeHint().width() + m_commandRow->spacing() + m_copy->sizeHint().width();
    m_commandRow->setDirection(
        line > this->width() - 2 * s_margin ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
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
    m_command->updateGeometry();
    foldCommand();
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
