// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QImage>
#include <QPalette>
#include <QString>
#include <QTest>
#include <QWidget>

#include <cstdio>
#include <functional>

namespace augury::test {

inline QPalette darkPalette()
{
    QPalette palette;
    const QColor window(0x2d, 0x2d, 0x30);
    const QColor text(0xe8, 0xe8, 0xe8);
    const QColor base(0x1e, 0x1e, 0x20);
    const QColor faint(0x80, 0x80, 0x80);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, QColor(0x27, 0x27, 0x2a));
    palette.setColor(QPalette::ToolTipBase, window);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, QColor(0xa8, 0xa8, 0xa8));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, QColor(0x3a, 0x3a, 0x3e));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::Light, QColor(0x50, 0x50, 0x54));
    palette.setColor(QPalette::Midlight, QColor(0x44, 0x44, 0x48));
    palette.setColor(QPalette::Mid, QColor(0x28, 0x28, 0x2a));
    palette.setColor(QPalette::Dark, QColor(0x18, 0x18, 0x1a));
    palette.setColor(QPalette::Link, QColor(0x56, 0xb4, 0xe9));
    palette.setColor(QPalette::Highlight, QColor(0x2a, 0x82, 0xda));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0x50, 0x50, 0x50));
    return palette;
}

/// Waits as long as real work may take; events are handled meanwhile.
inline bool waitFor(const std::function<bool()>& done)
{
    return QTest::qWaitFor(done, 600'000);
}

/// Writes pictures of widgets: FOLDER/NAME-light-1x.png, FOLDER/NAME-dark-1x.png.
class Photographer {
public:
    Photographer(QString folder, QString scale)
        : m_folder(std::move(folder))
        , m_scale(std::move(scale))
        , m_light(QApplication::palette())
    {
    }

    void take(QWidget& widget, const char* name)
    {
        for (const bool dark : {false, true}) {
            QApplication::setPalette(dark ? darkPalette() : m_light);
            QTest::qWait(250); // charts draw at most ten times a second
            save(widget.grab().toImage(),
                QStringLiteral("%1-%2-%3x")
                    .arg(QString::fromLatin1(name),
                        dark ? QStringLiteral("dark") : QStringLiteral("light"), m_scale));
        }
        QApplication::setPalette(m_light);
    }

    /// What always has the same size and colours.
    void keep(const QImage& picture, const char* name) { save(picture, QString::fromLatin1(name)); }

private:
    void save(const QImage& picture, const QString& name)
    {
        const auto path = QStringLiteral("%1/%2.png").arg(m_folder, name);
        if (picture.save(path))
            std::printf("%s\n", qPrintable(path));
        else
            std::fprintf(stderr, "could not write %s\n", qPrintable(path));
        std::fflush(stdout);
    }

    QString m_folder;
    QString m_scale;
    QPalette m_light;
};

} // namespace augury::test
