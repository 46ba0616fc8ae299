// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recent_folders.h"
#include "ui/session/settings.h"

#include <QDir>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsEveryChangeOnce()
    {
        Settings settings;
        QSignalSpy changed(&settings, &Settings::changed);
        settings.edit([](ExperimentConfig& c) { c.copies = 12; });
        settings.edit([](ExperimentConfig& c) { c.copies = 12; });
        QCOMPARE(changed.count(), 1);
        QCOMPARE(settings.config().copies, 12);
    }

    void findsProblemsByField()
    {
        Settings settings;
        QVERIFY(settings.problems().empty());
        settings.edit([](ExperimentConfig& c) {
            c.policy.rotationRange = 200;
            c.repeats = 0;
        });
        QCOMPARE(settings.problems().size(), std::size_t(2));
        QVERIFY(settings.problemText({"rotation_range"})
                    .startsWith(QStringLiteral("Rotation range: must be")));
        QVERIFY(settings.problemText({"repeats"}).startsWith(QStringLiteral("Repeats: must be")));
        QVERIFY(settings.problemText({"copies"}).isEmpty());
    }

    void survivesASession()
    {
        QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("augury.ini"));
        ExperimentConfig config;
        config.dataPath = "/tmp/Daten für Müller, 100 %";
        config.training.epochs = 7;
        config.training.seed = 4294967295U;
        config.training.learningRate = 0.00025;
        config.training.normalisation = NormalisationKind::Standardise;
        config.policy.zoomRange = {0.8, 1.25};
        config.policy.widthShiftRange = 0.07;
        config.policy.fillMode = FillMode::Constant;
        config.policy.fillValue = 17;
        config.copies = 31;
        config.vote = {VoteRule::Majority, true};
        config.validationFraction = 0.15;
        config.subsetTest = 500;
        {
            QSettings store(file, QSettings::IniFormat);
            Settings settings;
            settings.setConfig(config);
            settings.save(store);
        }
        const QSettings store(file, QSettings::IniFormat);
        Settings settings;
        QSignalSpy changed(&settings, &Settings::changed);
        QCOMPARE(settings.load(store), QString());
        QCOMPARE(changed.count(), 1);
        QVERIFY(settings.config() == config);
    }

    void saysWhenTheStoredValueIsBroken_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("not JSON") << QStringLiteral("{copies");
        QTest::newRow("wrong type") << QStringLiteral("{\"copies\": \"many\"}");
        QTest::newRow("out of range") << QStringLiteral("{\"copies\": -4}");
        QTest::newRow("unknown field") << QStringLiteral("{\"kopies\": 4}");
    }

    void saysWhenTheStoredValueIsBroken()
    {
        QFETCH(QString, text);
        QTemporaryDir dir;
        QSettings store(dir.filePath(QStringLiteral("augury.ini")), QSettings::IniFormat);
        store.setValue(QStringLiteral("experiment"), text);
        Settings settings;
        const auto message = settings.load(store);
        QVERIFY(message.contains(QStringLiteral("defaults")));
        const ExperimentConfig defaults;
        QVERIFY(settings.config() == defaults);
    }

    void remembersFoldersNewestFirst()
    {
        RecentFolders recent;
        for (int i = 0; i < 12; ++i)
            recent.add(QStringLiteral("/data/%1").arg(i));
        recent.add(QStringLiteral("/data/9/"));
        QCOMPARE(recent.folders().size(), RecentFolders::s_limit);
        QCOMPARE(recent.folders()[0], QStringLiteral("/data/9"));
        QCOMPARE(recent.folders()[1], QStringLiteral("/data/11"));
        QCOMPARE(recent.folders().count(QStringLiteral("/data/9")), 1);

        QTemporaryDir dir;
        QSettings store(dir.filePath(QStringLiteral("augury.ini")), QSettings::IniFormat);
        recent.save(store);
        RecentFolders again;
        again.load(store);
        QCOMPARE(again.folders(), recent.folders());
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_settings.moc"
