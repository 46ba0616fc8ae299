// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/contact_sheet.h"

#include <QImage>

#include <filesystem>

/// The contact sheet of one image's variants as a picture: a heading with the verdict, then one
/// tile a distinct variant with its transform and vote. For the window and the command line; a
/// QApplication must exist (see plot_file.h for a machine without a display).
namespace augury {

/// Light, as large as its content needs, at twice the logical size (once, when it would be vast).
/// Small images are enlarged by whole factors, never smoothed. Throws Error for options that do not
/// fit the votes.
QImage paintContactSheet(const ContactSheet& sheet);

/// Writes a .png file, whole or not at all, and makes missing folders. Throws Error naming the
/// file: another extension, a file that cannot be written, no fonts on the machine.
void writeContactSheet(const ContactSheet& sheet, const std::filesystem::path& path);

/// Throws the Error for an extension that is not .png, before any work.
void checkContactSheetExtension(const std::filesystem::path& path);

} // namespace augury
