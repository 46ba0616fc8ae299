// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_history.h"

#include "tests/core/store/made_runs.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr int s_patience = 60'000; // ms

std::int64_t addRun(const std::filesystem::path& file, const std::string& name = "bands")
{
    return RunStore::open(file).add(madeDocument({0, 1, 2, 3}, 4, name), "repeat");
}

} // namespace

class RunHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = m_dir->filePath(QStringLiteral("runs.sqlite")).toStdString();
    }

    void withoutAFileThereIsNothing()
    {
        RunHistory none({});
        none.refresh();
        none.remove({1});
        QVERIFY(none.isIdle());
        RunHistory history(m_file);
        QSignalSpy listed(&history, &RunHistory::listed);
        QTRY_COMPARE_WITH_TIMEOUT(listed.count(), 1, s_patience);
        QCOMPARE(history.model().rowCount(), 0);
        QCOMPARE(history.problem(), QString());
        QVERIFY(!std::filesystem::exists(m_file)); // looking makes none
    }

    void keepsWhatAUserDoes()
    {
        const auto first = addRun(m_file);
        const auto second = addRun(m_file);
        RunHistory history(m_file);
        const QAbstractItemModelTester tester(
            &history.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy removed(&history, &RunHistory::removed);
        QSignalSpy failed(&history, &RunHistory::failed);
        auto& model = history.model();
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, s_patience);
        QCOMPARE(model.run(0).id, second);

        // Through the model, as a view does.
        const auto row = model.rowOf(first).value();
        model.setData(model.index(row, RunsModel::Name), QStringLiteral(" mine "), Qt::EditRole);
        model.setData(model.index(row, RunsModel::Tags), QStringLiteral("b, a,a"), Qt::EditRole);
        model.setData(model.index(row, RunsModel::Note), QStringLiteral("why"), Qt::EditRole);
        QTRY_COMPARE_WITH_TIMEOUT(model.run(row).note, std::string("why"), s_patience);
        QCOMPARE(model.run(row).name, std::string("mine"));
        QCOMPARE(model.run(row).tags, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(RunStore::openToRead(m_file).get(first).info.name, std::string("mine"));

        history.remove({first, second});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 0, s_patience);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed[0][0].value<std::vector<std::int64_t>>(),
            (std::vector<std::int64_t>{first, second}));
        history.restore({first, second});
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, s_patience);
        QCOMPARE(model.run(model.rowOf(first).value()).note, std::string("why"));
        QCOMPARE(failed.count(), 0);

        history.rename(99, QStringLiteral("x"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("99")));
        history.remove({99, first}); // what is there is done all the same
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, s_patience);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, s_patience);
        QCOMPARE(removed.count(), 2);
    }

    void loadsExportsAndImports()
    {
        const auto id = addRun(m_file);
        RunStore::open(m_file).rename(id, "mine");
        RunHistory history(m_file);
        QObject context;
        RunRecords records;
        history.load({id}, &context, [&](const RunRecords& loaded) { records = loaded; });
        QTRY_COMPARE_WITH_TIMEOUT(records.size(), std::size_t(1), s_patience);
        const auto run = repeatsRun(*records[0]);
        QCOMPARE(run->id, id);
        QCOMPARE(run->name, QStringLiteral("mine"));
        QCOMPARE(run->title(), QStringLiteral("%1 · mine").arg(id));
        QCOMPARE(run->outcome.repeats.size(), std::size_t(4));
        QCOMPARE(run->outcome.threadsPerFit, 3);
        QCOMPARE(run->config.copies, 5);
        QCOMPARE(run->classNames.size(), std::size_t(2));
        QVERIFY(run->finished.isValid());
        QVERIFY(!run->running);

        QSignalSpy exported(&history, &RunHistory::exported);
        QSignalSpy imported(&history, &RunHistory::imported);
        QSignalSpy failed(&history, &RunHistory::failed);
        const auto path = m_dir->filePath(QStringLiteral("out.json"));
        history.exportRun(id, path);
        QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, s_patience);
        QFile broken(m_dir->filePath(QStringLiteral("broken.json")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"repeats\": [");
        broken.close();
        history.importRuns({path, broken.fileName(), m_dir->filePath(QStringLiteral("none"))});
        QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 1, s_patience);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("broken.json")));
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("none")));
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 2, s_patience);
        QCOMPARE(history.model().run(0).name, std::string("mine"));

        // Nobody is called who is gone, and a run that is not there is told.
        {
            auto gone = std::make_unique<QObject>();
            history.load({id}, gone.get(), [](const RunRecords&) { QFAIL("called"); });
        }
        history.load({12345}, &context, [](const RunRecords&) { QFAIL("called"); });
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, s_patience);
    }

    void importsIntoAHistoryThatIsNotThereYet()
    {
        const auto other = m_dir->filePath(QStringLiteral("other.sqlite")).toStdString();
        const auto id = addRun(other);
        const auto path = m_dir->filePath(QStringLiteral("out.json"));
        RunHistory from(other);
        QSignalSpy exported(&from, &RunHistory::exported);
        from.exportRun(id, path);
        QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, s_patience);
        RunHistory history(m_file);
        QTRY_VERIFY_WITH_TIMEOUT(history.isIdle(), s_patience);
        history.importRuns({path});
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 1, s_patience);
    }

    void otherKindsAreNoRepeats()
    {
        auto document = madeDocument({0, 1, 2, 3});
        RunRecord record;
        record.info.id = 7;
        record.info.kind = "train";
        record.document = document;
        QVERIFY(contains(errorOf([&] { repeatsRun(record); }), "Run 7 is a training"));
        record.info.kind = "repeat";
        record.document["settings"]["copies"] = "many";
        QVERIFY(!errorOf([&] { repeatsRun(record); }).empty());
    }

    void seesWhatOthersWrite()
    {
        RunHistory history(m_file);
        QSignalSpy listed(&history, &RunHistory::listed);
        QTRY_COMPARE_WITH_TIMEOUT(listed.count(), 1, s_patience);
        auto store = std::optional(RunStore::open(m_file));
        const auto id = store->begin(madeDocument({}), "repeat");
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 1, s_patience);
        QCOMPARE(history.model().run(0).status, RunStatus::Running);
        store->addRepeat(id, madeRepeat(0));
        QTRY_COMPARE_WITH_TIMEOUT(history.model().run(0).repeatsDone, 1, s_patience);
        store.reset(); // as when its process is killed: nothing is written
        QTRY_COMPARE_WITH_TIMEOUT(history.model().run(0).status, RunStatus::Stopped, s_patience);
    }

    void twoThatWriteAtOnceLoseNothing()
    {
        const auto id = addRun(m_file);
        RunHistory history(m_file);
        RunHistory other(m_file);
        QSignalSpy failed(&history, &RunHistory::failed);
        QSignalSpy otherFailed(&other, &RunHistory::failed);
        constexpr int count = 30;
        std::thread writer([this] {
            auto store = RunStore::open(m_file);
            for (int i = 0; i < count; ++i)
                store.add(madeDocument({0}, 4, "thread"), "repeat");
        });
        for (int i = 0; i < count; ++i) {
            history.setNote(id, QString::number(i));
            other.rename(id, QString::number(i));
        }
        writer.join();
        QTRY_VERIFY_WITH_TIMEOUT(history.isIdle() && other.isIdle(), s_patience);
        QCOMPARE(failed.count() + otherFailed.count(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), count + 1, s_patience);
        const auto info = RunStore::openToRead(m_file).get(id).info;
        QCOMPARE(info.note, std::to_string(count - 1));
        QCOMPARE(info.name, std::to_string(count - 1));
    }

    void tellsWhyAFileCannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray noise;
        for (int i = 0; i < 9000; ++i)
            noise.append(static_cast<char>((i * 7919) >> 3));
        addRun(m_file);
        QFile file(QString::fromStdString(m_file.string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto whole = file.readAll();
        auto newer = whole;
        newer[63] = 99; // user_version, big-endian at 60
        QTest::newRow("noise") << noise;
        QTest::newRow("cut within a page") << whole.left(whole.size() / 2 + 100);
        QTest::newRow("pages of noise") << whole.left(100) + noise;
        QTest::newRow("newer") << newer;
    }

    void tellsWhyAFileCannotBeUsed()
    {
        QFETCH(QByteArray, bytes);
        QFile file(QString::fromStdString(m_file.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        RunHistory history(m_file);
        QSignalSpy problems(&history, &RunHistory::problemChanged);
        QSignalSpy failed(&history, &RunHistory::failed);
        QTRY_COMPARE_WITH_TIMEOUT(problems.count(), 1, s_patience);
        QVERIFY(history.problem().contains(file.fileName()));
        history.rename(1, QStringLiteral("x"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), bytes); // left as it is
        file.close();

        // Moved away, as the message says, all is well again.
        QVERIFY(file.rename(file.fileName() + QStringLiteral(".old")));
        addRun(m_file);
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 1, s_patience);
        QTRY_COMPARE_WITH_TIMEOUT(history.problem(), QString(), s_patience);
    }

    void survivesThatTheFileIsTakenAway()
    {
        const auto id = addRun(m_file);
        RunHistory history(m_file);
        QSignalSpy failed(&history, &RunHistory::failed);
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 1, s_patience);
        history.rename(id, QStringLiteral("mine"));
        QTRY_VERIFY_WITH_TIMEOUT(history.isIdle(), s_patience);
        const auto folder = QString::fromStdString(m_file.parent_path().string());
        const auto away = m_dir->filePath(QStringLiteral("away"));
        QVERIFY(QDir().mkpath(away));
        const auto move = [](const QString& from, const QString& to) {
            for (const auto& name : QDir(from).entryList({QStringLiteral("runs.sqlite*")}))
                QVERIFY(QFile::rename(QDir(from).filePath(name), QDir(to).filePath(name)));
        };
        move(folder, away);
        QTRY_VERIFY_WITH_TIMEOUT(!history.problem().isEmpty(), s_patience);
        QVERIFY(history.problem().contains(QStringLiteral("not there any more")));
        QCOMPARE(history.model().rowCount(), 1); // the list is old, and not lost
        history.rename(id, QStringLiteral("lost"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QVERIFY(!std::filesystem::exists(m_file));

        move(away, folder);
        QTRY_COMPARE_WITH_TIMEOUT(history.problem(), QString(), s_patience);
        QCOMPARE(history.model().run(0).name, std::string("mine"));
        history.rename(id, QStringLiteral("again"));
        QTRY_COMPARE_WITH_TIMEOUT(history.model().run(0).name, std::string("again"), s_patience);
    }

    void readsWhatMayNotBeWritten()
    {
        const auto id = addRun(m_file);
        std::filesystem::permissions(m_file, std::filesystem::perms(0444));
        std::filesystem::permissions(m_file.parent_path(), std::filesystem::perms(0555));
        const auto user = ::geteuid(); // root may write everywhere, nobody may not
        QVERIFY(user != 0 || ::seteuid(65534) == 0);
        const auto back = qScopeGuard([&] {
            QVERIFY(::seteuid(user) == 0);
            std::filesystem::permissions(m_file.parent_path(), std::filesystem::perms(0755));
        });
        RunHistory history(m_file);
        QSignalSpy failed(&history, &RunHistory::failed);
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 1, s_patience);
        QCOMPARE(history.problem(), QString());
        history.rename(id, QStringLiteral("x"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QCOMPARE(history.model().run(0).name, std::string());
        QVERIFY(failed[0][0].toString().contains(QString::fromStdString(m_file.string())));
    }

    void survivesAFullDisk()
    {
        const auto id = addRun(m_file);
        RunHistory history(m_file);
        QSignalSpy failed(&history, &RunHistory::failed);
        QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 1, s_patience);
        history.rename(id, QStringLiteral("kept"));
        QTRY_COMPARE_WITH_TIMEOUT(history.model().run(0).name, std::string("kept"), s_patience);

        std::signal(SIGXFSZ, SIG_IGN);
        ::rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        auto small = before;
        small.rlim_cur = 8'000; // no file can be written beyond this
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        history.setNote(id, QString(10'000, QLatin1Char('x'))); // three pages
        const bool told = QTest::qWaitFor([&] { return failed.count() == 1; }, s_patience);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(told);
        QVERIFY(failed[0][0].toString().contains(QString::fromStdString(m_file.string())));
        history.setNote(id, QStringLiteral("room again"));
        QTRY_COMPARE_WITH_TIMEOUT(
            history.model().run(0).note, std::string("room again"), s_patience);
        QCOMPARE(history.model().run(0).name, std::string("kept"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::filesystem::path m_file;
};

QTEST_GUILESS_MAIN(RunHistoryTest)
#include "tst_run_history.moc"
