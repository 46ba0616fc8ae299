// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and shapes of runs: stable, distinct, readable.
#include "ui/charts/run_look.h"

#include <QtTest>

#include <random>
#include <set>

using namespace augury;

namespace {

using Ids = std::vector<std::int64_t>;

std::set<std::pair<int, int>> distinct(const std::vector<RunLook>& looks)
{
    std::set<std::pair<int, int>> found;
    for (const RunLook& look : looks)
        found.insert({look.colour, static_cast<int>(look.marker)});
    return found;
}

} // namespace

class TestRunLooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRunKeepsItsLook()
    {
        RunLooks looks;
        std::map<std::int64_t, RunLook> first;
        std::mt19937 random(3);
        for (int round = 0; round < 300; ++round) {
            Ids shown;
            for (std::int64_t id = 1; id <= 30; ++id)
                if (random() % 5 == 0)
                    shown.push_back(id);
            std::shuffle(shown.begin(), shown.end(), random);
            const std::vector<RunLook> given = looks.assign(shown);
            QCOMPARE(given.size(), shown.size());
            for (std::size_t i = 0; i < shown.size(); ++i)
                QCOMPARE(given[i], first.try_emplace(shown[i], given[i]).first->second);
        }
    }

    void eightDifferInColour()
    {
        std::mt19937_64 random(4);
        for (int round = 0; round < 50; ++round) {
            Ids shown;
            for (int i = 0; i < 8; ++i)
                shown.push_back(static_cast<std::int64_t>(random()));
            std::set<int> colours;
            for (const RunLook& look : RunLooks().assign(shown))
                colours.insert(look.colour);
            QCOMPARE(colours.size(), std::size_t(8));
        }
    }

    void fortyDifferInColourOrShape()
    {
        Ids shown;
        for (int i = 0; i < 40; ++i)
            shown.push_back(8 * i); // all ask for the same colour
        QCOMPARE(distinct(RunLooks().assign(shown)).size(), std::size_t(40));
        for (int i = 40; i < 100; ++i)
            shown.push_back(8 * i); // must not fail
        QCOMPARE(RunLooks().assign(shown).size(), std::size_t(100));
    }

    /// A run that comes later avoids the colours on view.
    void anotherRunTakesAFreeColour()
    {
        RunLooks looks;
        const RunLook one = looks.assign(Ids{1}).front();
        const RunLook two = looks.assign(Ids{1, 9})[1];
        QVERIFY(one.colour != two.colour);
    }

    /// Another session shows the run in the same colour, if nothing stands against it.
    void theIdDecides()
    {
        for (const std::int64_t id : {1, 2, 77, 1000003})
            QCOMPARE(RunLooks().assign(Ids{id}), RunLooks().assign(Ids{id}));
        std::set<int> colours;
        for (std::int64_t id = 1; id <= 8; ++id)
            colours.insert(RunLooks().assign(Ids{id}).front().colour);
        QCOMPARE(colours.size(), std::size_t(8));
    }

    void coloursAreReadableAndDistinct()
    {
        for (const ChartStyle& style : {ChartStyle::light(), ChartStyle::darkMode()})
            for (std::size_t i = 0; i < style.runs.size(); ++i) {
                QVERIFY(contrastRatio(style.runs[i], style.background) >= 3.0);
                for (std::size_t j = 0; j < i; ++j) {
                    const QColor& a = style.runs[i];
                    const QColor& b = style.runs[j];
                    const int apart = std::abs(a.red() - b.red()) + std::abs(a.green() - b.green())
                        + std::abs(a.blue() - b.blue());
                    QVERIFY2(apart > 60, qPrintable(a.name() + QLatin1Char(' ') + b.name()));
                }
            }
    }
};

QTEST_GUILESS_MAIN(TestRunLooks)
#include "tst_run_looks.moc"
