// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/project.h"
#include "tests/support/random_projects.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <fstream>

using namespace augury;
using namespace augury::testing;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void put(const fs::path& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

} // namespace

class ProjectErrorsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_folder;

    fs::path file(const char* name = "a.augury") const { return m_folder / name; }

    /// What readProject() says of this text; empty when it reads it. The file must not change.
    QString errorFor(const std::string& text)
    {
        put(file("wrong.augury"), text);
        QString message;
        try {
            readProject(file("wrong.augury"));
        } catch (const Error& error) {
            message = QString::fromUtf8(error.what());
            if (!message.contains(QString::fromStdString(file("wrong.augury").string())))
                message = QStringLiteral("NO FILE NAMED: ") + message;
        }
        if (contents(file("wrong.augury")) != text)
            return QStringLiteral("THE FILE CHANGED");
        return message;
    }
    static std::string textOf(const json& document) { return document.dump(2) + "\n"; }
    json document(const Project& project = {}) const
    {
        return json::parse(projectText(project, file()));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = fs::canonical(m_dir.path().toStdString()) / QTest::currentTestFunction();
        fs::create_directories(m_folder);
    }

    void anotherVersionIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QString>("says");
        QTest::newRow("2") << QByteArray("2") << QStringLiteral("it is of version 2");
        QTest::newRow("huge") << QByteArray("18446744073709551615")
                              << QStringLiteral("it is of version 18446744073709551615");
        for (const char* wrong : {"0", "-1", "1.5", "\"1\"", "null", "[1]", "1e400"})
            QTest::newRow(wrong) << QByteArray(wrong) << QString();
    }

    void anotherVersionIsLeftAlone()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const QString, says);
        // With fields that this version does not know: no talk of those.
        const auto message = errorFor("{\"augury_project\": " + version.toStdString()
            + ", \"layers\": [], \"experiment\": 7}");
        QVERIFY2(
            message.startsWith(QStringLiteral("Could not read the project")), qPrintable(message));
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY2(!message.contains(QStringLiteral("layers")), qPrintable(message));
        if (!says.isEmpty())
            QVERIFY2(message.contains(QStringLiteral("newer Augury")), qPrintable(message));
    }

    void saysEverythingAtOnce()
    {
        auto wrong = document();
        wrong["modle"] = "net";
        wrong["notes"] = 5;
        wrong["experiment"]["kopies"] = 3;
        wrong["experiment"]["repeats"] = "ten";
        wrong["experiment"]["validation_fraction"] = 2;
        wrong["experiment"]["policy"]["rotation_range"] = 900;
        wrong["experiment"]["train_policy"] = {{"hflip", true}};
        const auto message = errorFor(textOf(wrong));
        for (const char* part : {"modle is not a field of a project (the nearest is model)",
                 "notes must be a text or null, but is 5",
                 "experiment.kopies is not a field of an experiment (the nearest is copies)",
                 "experiment.repeats must be a whole number, but is \"ten\"",
                 "experiment.validation_fraction must be 0 to 0.9", "rotation_range must be",
                 "the nearest is horizontal_flip"})
            QVERIFY2(message.contains(QString::fromUtf8(part)), qPrintable(message));
    }

    void whatIsNoProject_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* text, const char* says) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(says);
        };
        row("empty", "", "it is empty");
        row("not JSON", "augury", "it is not JSON (byte 1)");
        row("a list", "[1]", "it is not a project");
        row("a policy", "{\"rotation_range\": 10}", "\"augury_project\"");
        row("no experiment", "{\"augury_project\": 1}", "experiment is missing");
        row("null", "{\"augury_project\": 1, \"experiment\": null}", "experiment is missing");
        row("both", "{\"augury_project\": 1, \"model\": 4}", "experiment is missing");
        row("a text", "{\"augury_project\": 1, \"experiment\": \"x\"}",
            "experiment must be an object");
        row("a zero byte", "{\"augury_project\": 1, \"model\": \"a\\u0000b\", \"experiment\": {}}",
            "model must not contain a zero byte");
        row("not UTF-8", "{\"augury_project\": 1, \"model\": \"\xff\"}", "it is not JSON (byte ");
    }

    void whatIsNoProject()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, says);
        const auto message = errorFor(text.toStdString());
        QVERIFY2(message.contains(says) && !message.startsWith(QStringLiteral("NO FILE")),
            qPrintable(message));
    }

    void depthAndSizeAreBounded()
    {
        const std::string deep(400'000, '[');
        QVERIFY(errorFor(
            "{\"augury_project\": 1, \"experiment\": " + deep + std::string(deep.size(), ']') + "}")
                    .contains(QStringLiteral("nested deeper")));
        QVERIFY(errorFor(std::string((1 << 20) + 1, ' ')).contains(QStringLiteral("too many")));
    }

    void truncatedAnywhere()
    {
        Project project;
        project.notes = "Grüße";
        const auto text = projectText(project, file());
        for (std::size_t length = 0; length + 1 < text.size(); ++length) {
            const auto message = errorFor(text.substr(0, length));
            const auto place = QStringLiteral("(byte %1)").arg(length == 0 ? 0 : length + 1);
            if (!message.startsWith(QStringLiteral("Could not read the project"))
                || !message.contains(place))
                QFAIL(qPrintable(QStringLiteral("%1: %2").arg(length).arg(message)));
        }
        // All but the last line's end is all.
        QCOMPARE(errorFor(text.substr(0, text.size() - 1)), QString());
    }

    void corruptAnywhere()
    {
        Project project;
        project.experiment = configWithViews();
        const auto text = projectText(project, file());
        int refused = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const std::array bytes = {'\0', '"', '9', '}', '\xff', char(text[at] ^ 1)};
            auto corrupt = text;
            corrupt[at] = bytes[at % bytes.size()];
            const auto message = errorFor(corrupt); // an Error or a project, nothing else
            QVERIFY2(!message.startsWith(QStringLiteral("NO FILE")), qPrintable(message));
            refused += message.isEmpty() ? 0 : 1;
        }
        QVERIFY(refused > int(text.size()) / 3);
    }

    void filesThatCantBeRead()
    {
        const auto message = [](const fs::path& path) {
            try {
                readProject(path);
            } catch (const Error& error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        QVERIFY(message(file("none.augury")).contains(QStringLiteral("none.augury: No such file")));
        QVERIFY(message(m_folder).contains(QStringLiteral("is a folder")));
    }
};

QTEST_GUILESS_MAIN(ProjectErrorsTest)
#include "tst_project_errors.moc"
