// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QImage>
#include <QString>

#include <random>

namespace augury::test {

/// CLASS/*.png without train and test, so that a seed decides which are which. Returns whether all
/// could be written.
inline bool writeImageFolder(const QString& folder, int classes = 3, int perClass = 20)
{
    std::mt19937 random(7);
    for (int label = 0; label < classes; ++label) {
        const QDir dir(folder + QStringLiteral("/class%1").arg(label));
        if (!dir.mkpath(QStringLiteral(".")))
            return false;
        for (int i = 0; i < perClass; ++i) {
            QImage image(16, 16, QImage::Format_Grayscale8);
            for (int y = 0; y < 16; ++y)
                for (int x = 0; x < 16; ++x) {
                    const bool bar = y * classes / 16 == label;
                    image.scanLine(y)[x] = static_cast<uchar>(random() % 90 + (bar ? 120U : 0U));
                }
            if (!image.save(dir.filePath(QStringLiteral("%1.png").arg(i))))
                return false;
        }
    }
    return true;
}

} // namespace augury::test
