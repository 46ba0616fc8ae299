// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QString>

#include <cstdint>
#include <random>

namespace augury::test {

struct TinyData {
    int side = 16; ///< pixels
    int classes = 4;
    int train = 96; ///< images
    int test = 40;
};

inline void appendBigEndian(QByteArray& bytes, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.append(static_cast<char>((value >> shift) & 0xff));
}

/// Grey images with a bright bar whose place tells the class, on noise, as IDX files in `folder`.
/// Returns whether all could be written.
inline bool writeTinyIdx(const QString& folder, const TinyData& data = {})
{
    std::mt19937 random(7);
    std::uniform_int_distribution<int> noise(0, 90);
    const auto write = [&](const QString& prefix, int count) {
        QByteArray images;
        QByteArray labels;
        appendBigEndian(images, 0x00000803);
        appendBigEndian(images, static_cast<std::uint32_t>(count));
        appendBigEndian(images, static_cast<std::uint32_t>(data.side));
        appendBigEndian(images, static_cast<std::uint32_t>(data.side));
        appendBigEndian(labels, 0x00000801);
        appendBigEndian(labels, static_cast<std::uint32_t>(count));
        for (int i = 0; i < count; ++i) {
            const int label = i % data.classes;
            labels.append(static_cast<char>(label));
            for (int y = 0; y < data.side; ++y) {
                for (int x = 0; x < data.side; ++x) {
                    const bool bar = y * data.classes / data.side == label;
                    images.append(static_cast<char>(noise(random) + (bar ? 120 : 0)));
                }
            }
        }
        const QDir dir(folder);
        QFile imageFile(dir.filePath(prefix + QStringLiteral("-images-idx3-ubyte")));
        QFile labelFile(dir.filePath(prefix + QStringLiteral("-labels-idx1-ubyte")));
        return imageFile.open(QIODevice::WriteOnly) && labelFile.open(QIODevice::WriteOnly)
            && imageFile.write(images) == images.size() && labelFile.write(labels) == labels.size();
    };
    return QDir().mkpath(folder) && write(QStringLiteral("train"), data.train)
        && write(QStringLiteral("t10k"), data.test);
}

} // namespace augury::test
