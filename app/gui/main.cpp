// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/support/error.h"
#include "ui/views/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QSettings>
#include <QTextStream>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

namespace {

constexpr int s_usage = 2; // exit code: bad usage

struct Arguments {
    QCommandLineParser parser;
    QCommandLineOption help = parser.addHelpOption();
    QCommandLineOption version = parser.addVersionOption();
    QCommandLineOption model{QStringLiteral("model"),
        QApplication::translate("main", "Load this model (a .safetensors file)."),
        QStringLiteral("FILE")};

    Arguments()
    {
        parser.setApplicationDescription(QApplication::translate("main",
            "Augury, a workbench for test-time augmentation. See augury-cli for the command "
            "line."));
        parser.addOption(model);
        parser.addPositionalArgument(QStringLiteral("what"),
            QApplication::translate("main",
                "Open this project, or this data folder: MNIST's or CIFAR's files, or one folder "
                "of images a class."),
            QStringLiteral("[PROJECT.augury|DATA-FOLDER]"));
    }
};

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("augury"));
    QCoreApplication::setOrganizationName(QStringLiteral("augury"));
    QCoreApplication::setApplicationVersion(QStringLiteral(AUGURY_VERSION));
}

/// Help and version need no display.
bool asksForText(int argc, char** argv)
{
    return std::any_of(argv + std::min(argc, 1), argv + argc, [](const char* argument) {
        for (const char* known : {"-h", "--help", "--help-all", "-v", "--version"}) {
            if (std::strcmp(argument, known) == 0)
                return true;
        }
        return false;
    });
}

int refuse(const QString& message)
{
    QTextStream(stderr) << "augury: " << message
                        << QApplication::translate("main", "\nTry augury --help.\n");
    return s_usage;
}

} // namespace

int main(int argc, char** argv)
{
    nameApplication();
    if (asksForText(argc, argv)) {
        const QCoreApplication application(argc, argv);
        Arguments arguments;
        arguments.parser.process(application); // prints and exits
        return 0;
    }
    QGuiApplication::setDesktopFileName(QStringLiteral("org.augury.Augury"));
    const QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Augury"));
    Arguments arguments;
    auto& parser = arguments.parser;
    if (!parser.parse(QCoreApplication::arguments()))
        return refuse(parser.errorText());
    const auto opened = parser.positionalArguments();
    if (opened.size() > 1)
        return refuse(QApplication::translate("main", "One project or data folder at most."));
    const auto model = parser.value(arguments.model);
    if (parser.isSet(arguments.model) && !QFileInfo(model).isFile())
        return refuse(QApplication::translate("main", "There is no file %1.").arg(model));

    QApplication::setQuitOnLastWindowClosed(false);
    augury::WindowFiles files;
    try {
        files.history = augury::RunStore::defaultPath();
        files.autosaves = augury::ProjectFile::defaultAutosaveFolder();
    } catch (const augury::Error&) {
        // Without a home folder there is no history and no autosave; everything else works.
    }
    augury::MainWindow window(std::make_unique<QSettings>(), std::move(files));
    QObject::connect(&window, &augury::MainWindow::closed, &window, &QCoreApplication::quit,
        Qt::QueuedConnection);
    window.show();
    window.begin(opened.value(0), model);
    return QApplication::exec();
}
