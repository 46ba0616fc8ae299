// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/about.h"

#include "core/model/runtime.h"
#include "ui/widgets/icons.h"

#include <QApplication>
#include <QMessageBox>

namespace augury {

void showAbout(QWidget* parent)
{
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("augury::About", text);
    };
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Augury"));
    box->setIconPixmap(applicationIcon().pixmap(64, 64));
    box->setText(QStringLiteral("<h3>Augury %1</h3>").arg(QApplication::applicationVersion())
        + tr("<p>A workbench for test-time augmentation: what happens to a classifier's prediction "
             "when it looks at an image several times?</p>"
             "<p>Augury is free software: you may redistribute it and/or modify it under the terms "
             "of the GNU General Public License as published by the Free Software Foundation, "
             "either version 3 of the License, or (at your option) any later version.</p>"
             "<p>It is distributed in the hope that it will be useful, but <b>without any "
             "warranty</b>; without even the implied warranty of merchantability or fitness for a "
             "particular purpose. See "
             "<a href=\"https://www.gnu.org/licenses/gpl-3.0.html\">the GNU General Public "
             "License</a> for details.</p>")
        + tr("<p>With Qt %1 and LibTorch %2.</p>")
              .arg(QString::fromLatin1(qVersion()), QString::fromStdString(torchVersion())));
    box->setTextInteractionFlags(Qt::TextBrowserInteraction);
    box->open();
}

} // namespace augury
