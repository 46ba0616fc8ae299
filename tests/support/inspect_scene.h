// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/photographer.h"
#include "tests/support/window_fixture.h"
#include "ui/views/inspect_bar.h"
#include "ui/views/inspect_view.h"
#include "ui/views/look_view.h"
#include "ui/views/query_rows.h"

#include <QAction>
#include <QComboBox>
#include <QListView>
#include <QToolButton>

#include <algorithm>

namespace augury::test {

/// A window at work on its Inspect page, and what pictures of it ask again and again.
class InspectScene {
public:
    InspectScene(Photographer& camera, const QString& store)
        : m_camera(camera)
        , m_window(makeWindow(store))
    {
        resize(1440, 900);
        m_window->show();
    }

    MainWindow& window() { return *m_window; }
    Session& session() { return m_window->session(); }
    Inspector& inspector() { return m_window->inspector(); }
    InspectView& view() { return *m_window->inspectView(); }

    void resize(int width, int height) { m_window->resize(width, height); }
    void snap(const char* name) { m_camera.take(*m_window, name); }
    /// Once nothing is under way, thumbnails included.
    bool take(const char* name)
    {
        const bool settled = settle();
        snap(name);
        return settled;
    }
    bool settle()
    {
        return waitFor([this] {
            QTest::qWait(120); // what is asked for soon
            return session().isIdle() && inspector().worker().isIdle();
        });
    }

    bool open(const QString& folder)
    {
        session().openData(folder);
        return settle() && session().dataset() && session().dataError().isEmpty();
    }
    template <typename Change> void edit(Change&& change) { session().settings().edit(change); }
    bool train(int epochs, NormalisationKind normalisation = NormalisationKind::Scale)
    {
        edit([&](ExperimentConfig& c) {
            c.training.epochs = epochs;
            c.training.batchSize = 32;
            c.training.normalisation = normalisation;
        });
        session().train();
        return settle() && session().model();
    }
    bool evaluate()
    {
        inspector().evaluate();
        return settle() && inspector().tally();
    }

    void filter(ImageFilter filter) { view().bar()->rows()->toggleFilter(filter); }
    void chooseTile(int row)
    {
        auto* tiles = view().stage()->tiles();
        tiles->setCurrentIndex(tiles->model()->index(row, 0));
        settle();
    }
    void chooseImage(int row)
    {
        view().grid()->setCurrentIndex(view().images()->index(row, 0));
        settle();
    }
    void sortBy(ImageOrder order)
    {
        for (auto* box : view().bar()->findChildren<QComboBox*>()) {
            if (box->accessibleName() == QStringLiteral("Sort by"))
                box->setCurrentIndex(box->findData(static_cast<int>(order)));
        }
    }
    void toggle(const QString& action)
    {
        for (auto* one : view().findChildren<QAction*>()) {
            if (one->text() == action && one->isCheckable())
                one->toggle();
        }
    }
    /// False where all are shown already.
    bool showAllClasses()
    {
        for (auto* button : view().stage()->findChildren<QToolButton*>()) {
            if (button->isCheckable() && button->isVisible()) {
                button->click();
                return true;
            }
        }
        return false;
    }
    void toggleShortcuts()
    {
        for (auto* action : m_window->findChildren<QAction*>()) {
            if (action->shortcuts().contains(QKeySequence(QStringLiteral("?"))))
                action->trigger();
        }
    }
    /// Until the merged vote of the chosen image is a tie; false where there is none of the first.
    bool findTie()
    {
        for (int row = 0; row < std::min(400, view().images()->rowCount()); ++row) {
            chooseImage(row);
            const auto look = inspector().look();
            if (look && look->hasVotes() && look->vote.merged.tied)
                return true;
        }
        return false;
    }

private:
    Photographer& m_camera;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace augury::test
