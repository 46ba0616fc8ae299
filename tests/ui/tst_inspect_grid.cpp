// SPDX-License-Identifier: GPL-3.0-or-later
// The Inspect page's grid in the real window: filters, orders, marks and the score of the whole
// split, against core's own functions.
#include "tests/ui/inspect_fixture.h"
#include "ui/widgets/job_bar.h"

#include <QLabel>
#include <QToolButton>

#include <functional>
#include <set>

using namespace augury;
using namespace augury::test;

class InspectGridTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(f.make()); }
    void init()
    {
        f.openWindow();
        QVERIFY(f.openAll());
    }
    void cleanup() { f.window.reset(); }

    void filtersShowTheirImages()
    {
        QVERIFY(f.evaluate());
        const auto all = f.expected();
        std::set<int> filled; // filters that have shown something
        for (int filter = 0; filter < 6; ++filter) {
            for (int label = -1; label < 4; ++label) {
                for (int predicted = -1; predicted < 4; ++predicted) {
                    choose(
                        "Show", f.combo("Show")->findText(QString::fromUtf8(filterNames[filter])));
                    choose("True class", label + 1);
                    choose("Predicted class", predicted + 1);
                    const auto expected = positionsWhere(all, [&](int is, int alone, int merged) {
                        return passesFilter(filter, is, alone, merged) && (label < 0 || is == label)
                            && (predicted < 0 || merged == predicted);
                    });
                    QCOMPARE(f.shown(), expected);
                    if (!expected.empty())
                        filled.insert(filter);
                    QCOMPARE(f.bar()->countText(),
                        expected.size() == 60
                            ? QStringLiteral("60 images")
                            : QStringLiteral("%1 of 60 images").arg(expected.size()));
                    // The chosen image is one of those that are shown.
                    if (!expected.empty())
                        QVERIFY(std::ranges::count(
                            expected, static_cast<std::uint32_t>(*f.inspector().position())));
                }
            }
        }
        QCOMPARE(filled.size(), std::size_t(6));
    }

    void sortsBothWays()
    {
        QVERIFY(f.evaluate());
        const auto all = f.expected();
        struct Order {
            const char* name;
            bool highestFirst;
            std::function<double(std::size_t)> key;
        };
        const auto uncertainty = uncertainties(all.table, 7);
        const Order orders[] = {
            {"By confidence", false,
                [&](std::size_t i) {
                    const auto first =
                        all.votes.scores.begin() + static_cast<std::ptrdiff_t>(4 * i);
                    return *std::max_element(first, first + 4);
                }},
            {"By agreement", false, [&](std::size_t i) { return uncertainty[i].agreement; }},
            {"By entropy", true, [&](std::size_t i) { return uncertainty[i].predictiveEntropy; }},
            {"By mutual information", true,
                [&](std::size_t i) { return uncertainty[i].mutualInformation; }},
            {"By index", false, [](std::size_t i) { return static_cast<double>(i); }},
        };
        auto* box = f.combo("Sort by");
        for (const int filter : {0, 4}) {
            f.combo("Show")->setCurrentIndex(filter);
            for (const auto& order : orders) {
                const int row = box->findText(QString::fromUtf8(order.name));
                QVERIFY(row >= 0);
                box->setCurrentIndex(row);
                for (const bool first : {order.highestFirst, !order.highestFirst}) {
                    auto expected = filtered(all, filter);
                    std::ranges::stable_sort(expected, [&](auto a, auto b) {
                        return first ? order.key(a) > order.key(b) : order.key(a) < order.key(b);
                    });
                    QCOMPARE(f.shown(), expected);
                    QTest::mouseClick(
                        named<QToolButton>(f.bar(), first ? "Highest first" : "Lowest first"),
                        Qt::LeftButton);
                }
            }
        }
    }

    void saysThatItEvaluates()
    {
        auto* button = InspectFixture::button(f.bar(), "Evaluate");
        QVERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(f.bar()->scoreText().contains(QStringLiteral("Evaluating")));
        QVERIFY(f.window->jobBar()->text().contains(QStringLiteral("Evaluating")));
        QVERIFY(!button->isEnabled());
        f.click(12); // looking goes on
        QVERIFY(f.settled());
        QCOMPARE(f.difference(), QString());
        QVERIFY(waitFor([&] { return !f.session().isBusy(); }));
        QVERIFY(f.counted());
        QVERIFY(!button->isEnabled()); // there is nothing to add
        QCOMPARE(f.inspector().position(), std::optional<std::size_t>(12));
    }

    void scoreLineIsCores()
    {
        QVERIFY(f.bar()->scoreText().contains(QStringLiteral("Evaluate these 60 images")));
        QVERIFY(f.evaluate());
        const auto all = f.expected();
        QCOMPARE(f.bar()->scoreText(), scoreLine(all, f.config()));
        QVERIFY(f.bar()->noteText().isEmpty());

        // The links filter; the keyboard reaches them, too.
        auto* score = named<QLabel>(f.bar(), "What the whole split says");
        score->setFocus(Qt::TabFocusReason);
        QTest::keyClick(score, Qt::Key_Tab);
        QTest::keyClick(score, Qt::Key_Return);
        QCOMPARE(f.shown(), filtered(all, 1));
        QCOMPARE(f.combo("Show")->currentText(), QStringLiteral("Fixed"));
        QTest::keyClick(score, Qt::Key_Return);
        QCOMPARE(f.shown().size(), std::size_t(60));
        QTest::keyClick(score, Qt::Key_Tab);
        QTest::keyClick(score, Qt::Key_Return);
        QCOMPARE(f.shown(), filtered(all, 2));
    }

    void marksSayWhatTtaDoes()
    {
        const auto* model = f.grid()->model();
        QCOMPARE(model->index(0, 0).data(ImagesModel::OutcomeRole).toInt(), 0);
        QVERIFY(f.evaluate());
        const auto all = f.expected();
        for (int i = 0; i < 60; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const int label = all.table.labels[at];
            const int alone = all.alone(at);
            const int merged = all.merged(at);
            const auto index = model->index(i, 0);
            const int outcome = index.data(ImagesModel::OutcomeRole).toInt();
            QCOMPARE(outcome == static_cast<int>(OutcomeKind::Fixed),
                passesFilter(1, label, alone, merged));
            QCOMPARE(outcome == static_cast<int>(OutcomeKind::Broken),
                passesFilter(2, label, alone, merged));
            QCOMPARE(outcome == static_cast<int>(OutcomeKind::BothWrong),
                passesFilter(3, label, alone, merged));
            QCOMPARE(index.data(ImagesModel::ChangedRole).toBool(), alone != merged);
            const auto text = index.data(Qt::ToolTipRole).toString();
            QVERIFY2(says(text, QStringLiteral("Original: %1 ").arg(f.className(alone)),
                         all.table.view(at, 0)[static_cast<std::size_t>(alone)], 0),
                qPrintable(text));
            QVERIFY2(says(text, QStringLiteral("erged: %1 ").arg(f.className(merged)),
                         all.score(at, merged), 0)
                    || all.votes.decisions[at].tied,
                qPrintable(text));
        }
        // Small pictures arrive.
        QTRY_VERIFY_WITH_TIMEOUT(
            !model->index(0, 0).data(Qt::DecorationRole).value<QImage>().isNull(), s_patience);
    }

private:
    void choose(const char* name, int row)
    {
        QVERIFY(row >= 0 && row < f.combo(name)->count());
        f.combo(name)->setCurrentIndex(row);
    }

    static std::vector<std::uint32_t> filtered(const Expected& all, int filter)
    {
        return positionsWhere(all, [filter](int label, int alone, int merged) {
            return passesFilter(filter, label, alone, merged);
        });
    }

    InspectFixture f;
};

QTEST_MAIN(InspectGridTest)
#include "tst_inspect_grid.moc"
