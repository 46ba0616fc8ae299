// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/open_dataset.h"
#include "core/data/splits.h"
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "tests/ui/inspect_reference.h"
#include "ui/panels/details_dock.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/inspect_bar.h"
#include "ui/views/inspect_view.h"
#include "ui/views/look_view.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QListView>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace augury::test {

constexpr int s_patience = 60'000; // ms

template <typename Widget> Widget* named(const QWidget* parent, const char* name)
{
    for (auto* widget : parent->findChildren<Widget*>()) {
        if (widget->accessibleName() == QString::fromUtf8(name))
            return widget;
    }
    qFatal("no widget is named %s", name);
}

template <typename Predicate> bool waitFor(Predicate predicate)
{
    return QTest::qWaitFor(predicate, s_patience);
}

/// The real window on tiny data of which a quarter is labelled wrong, so that TTA fixes some
/// images and breaks others, and with a small network that was trained on them.
class InspectFixture {
public:
    /// Once a suite: data, model and a seed for which every outcome happens.
    bool make()
    {
        if (!writeTinyIdx(dataPath(), {16, 4, 120, 60}) || !mislabel())
            return false;
        Session session;
        session.openData(dataPath());
        if (!waitFor([&] { return session.dataset() && !session.isBusy(); }))
            return false;
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 4;
            c.training.batchSize = 20;
            c.validationFraction = 0.25;
            c.splitSeed = 9;
        });
        session.train();
        if (!waitFor([&] { return session.model() && !session.isBusy(); }))
            return false;
        session.saveModel(modelPath());
        if (!waitFor([&] { return !session.hasUnsavedModel() && !session.isBusy(); }))
            return false;
        m_dataset = openDataset(dataPath().toStdString());
        m_checkpoint = loadCheckpoint(modelPath().toStdString());
        return chooseSeed();
    }

    /// Without data.
    void openWindow()
    {
        window = makeWindow(path(QStringLiteral("%1.ini").arg(++m_windows)));
        window->show();
        for (QAbstractItemModel* model : {static_cast<QAbstractItemModel*>(page()->images()),
                 static_cast<QAbstractItemModel*>(page()->stage()->variants()),
                 static_cast<QAbstractItemModel*>(page()->pinned()->variants()),
                 window->detailsDock()->table()->model()})
            new QAbstractItemModelTester(
                model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }

    bool openData()
    {
        window->begin(dataPath());
        return waitFor([&] { return session().dataset() && !session().isBusy() && look(); });
    }

    /// Data, model and the settings that every outcome happens with.
    bool openAll()
    {
        setConfig(firstConfig());
        window->begin(dataPath(), modelPath());
        return waitFor([&] { return session().model() && !session().isBusy(); }) && settled()
            && look()->hasVotes();
    }

    bool evaluate()
    {
        QTest::mouseClick(button(page()->bar(), "Evaluate"), Qt::LeftButton);
        if (session().task() != Session::Task::Evaluate)
            return false;
        return waitFor([&] { return !session().isBusy(); }) && counted();
    }

    /// The look is of the chosen image and the present settings.
    bool settled()
    {
        return waitFor([&] {
            const auto shown = look();
            const auto& c = config();
            return shown && inspector().position() == shown->image.position
                && inspector().kind() == shown->image.kind && shown->config.policy == c.policy
                && shown->config.copies == c.copies && shown->config.vote == c.vote
                && shown->config.training.seed == c.training.seed
                && shown->hasVotes() == (session().model() != nullptr);
        });
    }

    /// The tally is of the present vote and copies.
    bool counted()
    {
        return waitFor([&] {
            const auto tally = inspector().tally();
            const auto evaluation = session().evaluation(inspector().kind());
            return tally && tally->evaluation == evaluation && tally->vote == config().vote
                && tally->copies == std::min(config().copies, evaluation->table->copies);
        });
    }

    /// Core's own votes with these settings.
    Expected expected(const ExperimentConfig& c, const Split& split) const
    {
        return expectedOf(m_checkpoint, c, split);
    }
    Expected expected() const { return expected(config(), testSplit()); }
    Split testSplit() const { return wholeSplit(m_dataset.test); }

    /// A click on the image at this position, where it is shown.
    void click(std::uint32_t position)
    {
        const auto index = page()->images()->index(page()->images()->rowOf(position), 0);
        QVERIFY(index.isValid());
        clickOn(page()->grid(), index);
    }

    static void clickOn(QListView* list, const QModelIndex& index)
    {
        list->scrollTo(index);
        const auto place = list->visualRect(index).center();
        QVERIFY(list->viewport()->rect().contains(place));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
    }

    /// Positions that the grid shows, from first to last.
    std::vector<std::uint32_t> shown() const
    {
        std::vector<std::uint32_t> positions;
        const auto* model = page()->grid()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            positions.push_back(model->index(row, 0).data(ImagesModel::PositionRole).toUInt());
        return positions;
    }

    /// Where the stage says something else than core about the chosen image; empty: nowhere.
    QString difference(const Split& split) const
    {
        const auto position = *inspector().position();
        const auto all = expected(config(), split);
        const auto* stage = page()->stage();
        const auto sentence = QString::fromStdString(describeVote(
            all.table, position, config().copies, config().vote, m_checkpoint.classNames));
        if (stage->sentence() != sentence)
            return QStringLiteral("“%1” in place of “%2”").arg(stage->sentence(), sentence);
        int votes = 0;
        for (int row = 0; row < stage->variants()->rowCount(); ++row) {
            const auto tile = stage->variants()->index(row, 0);
            const auto variant = tile.data(VariantsModel::VariantRole).toUInt();
            const auto& slots = stage->look()->variants.variants[variant].slots;
            for (const int slot : slots) {
                const auto p = all.table.view(position, slot);
                if (tile.data(VariantsModel::ClassRole).toString() != className(best(p))
                    || std::abs(tile.data(VariantsModel::ProbabilityRole).toDouble()
                           - static_cast<double>(p[static_cast<std::size_t>(best(p))]))
                        > 1e-5)
                    return QStringLiteral("the tile of copy %1").arg(slot);
                votes += slot > 0;
            }
        }
        return votes == config().copies ? QString() : QStringLiteral("%1 votes").arg(votes);
    }
    QString difference() const { return difference(testSplit()); }

    QComboBox* combo(const char* name) const { return named<QComboBox>(page()->bar(), name); }

    static QAbstractButton* button(const QWidget* parent, const char* words)
    {
        for (auto* one : parent->findChildren<QAbstractButton*>()) {
            if (one->text().remove(QLatin1Char('&')) == QString::fromUtf8(words))
                return one;
        }
        qFatal("no button says %s", words);
    }

    Session& session() const { return window->session(); }
    Inspector& inspector() const { return window->inspector(); }
    InspectView* page() const { return window->inspectView(); }
    InspectBar* bar() const { return page()->bar(); }
    QListView* grid() const { return page()->grid(); }
    QListView* tiles() const { return page()->stage()->tiles(); }
    std::shared_ptr<const ImageLook> look() const { return inspector().look(); }
    const ExperimentConfig& config() const { return session().settings().config(); }
    void setConfig(const ExperimentConfig& c) { session().settings().setConfig(c); }
    template <typename Change> void edit(Change change) { session().settings().edit(change); }

    ExperimentConfig firstConfig() const
    {
        ExperimentConfig c;
        c.policy.rotationRange = 15;
        c.policy.heightShiftRange = 0.3;
        c.copies = 7;
        c.training.seed = m_seed;
        return c;
    }
    QString className(int k) const
    {
        return QString::fromStdString(m_checkpoint.classNames[static_cast<std::size_t>(k)]);
    }
    const Checkpoint& checkpoint() const { return m_checkpoint; }
    const Dataset& dataset() const { return m_dataset; }
    QString path(const QString& name) const { return m_dir.filePath(name); }
    QString dataPath() const { return path(QStringLiteral("tiny")); }
    QString modelPath() const { return path(QStringLiteral("tiny.safetensors")); }

    std::unique_ptr<MainWindow> window;

private:
    bool mislabel() const
    {
        QFile labels(path(QStringLiteral("tiny/t10k-labels-idx1-ubyte")));
        if (!labels.open(QIODevice::ReadWrite))
            return false;
        auto bytes = labels.readAll();
        for (qsizetype i = 8; i < bytes.size(); i += 4)
            bytes[i] = static_cast<char>((bytes[i] + 1) % 4);
        for (qsizetype i = 9; i < bytes.size(); i += 12)
            bytes[i] = static_cast<char>((bytes[i] + 2) % 4);
        return labels.seek(0) && labels.write(bytes) == bytes.size();
    }

    bool chooseSeed()
    {
        for (m_seed = 1; m_seed <= 100; ++m_seed) {
            int kinds[5] = {};
            int changedWrong = 0;
            for (const auto& image : expected(firstConfig(), testSplit()).images) {
                ++kinds[static_cast<int>(kindOf(image))];
                changedWrong += kindOf(image) == OutcomeKind::BothWrong && image.changed();
            }
            if (std::min({kinds[1], kinds[2], kinds[3], kinds[4]}) >= 2 && changedWrong > 0)
                return true;
        }
        qWarning("no seed shows every outcome");
        return false;
    }

    QTemporaryDir m_dir;
    int m_windows = 0;
    Dataset m_dataset;
    Checkpoint m_checkpoint;
    std::uint64_t m_seed = 1;
};

} // namespace augury::test
