// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace augury::test {

struct DrawnImages {
    int side = 64; ///< pixels
    int images = 40; ///< a class
    bool colour = true;
};

/// An image folder with one class a name: polygons and stars of as many points as the class has
/// number, anywhere and at any angle, so that a small network confuses some. Returns whether all
/// could be written.
bool writeShapes(const QString& folder, const QStringList& names, const DrawnImages& drawn = {});

/// Unlabelled images of a user: of several sizes, grey and in colour, one with a very long name,
/// and a file that is no image at all. The files; empty when one could not be written.
QStringList writeOwnImages(const QString& folder);

/// An image folder that takes some seconds to open.
bool writeSlowImages(const QString& folder);

} // namespace augury::test
