// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

// The resources sit in a static library: without this the linker may leave them out.
static void initialiseResources()
{
    Q_INIT_RESOURCE(augury);
}

namespace augury {

QPixmap iconPixmap(const QString& name, const QColor& color, QSize size, double devicePixelRatio)
{
    initialiseResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    auto svg = file.readAll();
    svg.replace("#000", color.name().toLatin1());
    QPixmap pixmap(size * devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon themedIcon(const QString& name, const QPalette& palette)
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64}) {
        icon.addPixmap(iconPixmap(name, palette.color(QPalette::Active, QPalette::ButtonText),
                           {size, size}, 1),
            QIcon::Normal);
        icon.addPixmap(iconPixmap(name, palette.color(QPalette::Disabled, QPalette::ButtonText),
                           {size, size}, 1),
            QIcon::Disabled);
    }
    return icon;
}

QIcon applicationIcon()
{
    initialiseResources();
    return QIcon(QStringLiteral(":/augury.svg"));
}

} // namespace augury
