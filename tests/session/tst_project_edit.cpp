// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_edit.h"

#include <QTest>
#include <QUndoStack>

using namespace augury;

namespace {

using Fields = std::set<std::string>;

Project withCopies(int copies)
{
    Project project;
    project.experiment.copies = copies;
    return project;
}

} // namespace

class ProjectEditTest : public QObject {
    Q_OBJECT

    QUndoStack m_stack;
    Project m_shown;

    void push(const Project& before, const Project& after, qint64 ms, int group = 0)
    {
        m_shown = after;
        m_stack.push(new ProjectEdit(
            before, after, {ms, group}, [this](const Project& project) { m_shown = project; }));
    }

private Q_SLOTS:
    void init() { m_stack.clear(); }

    void namesTheFieldsThatDiffer()
    {
        const Project plain;
        QVERIFY(changedFields(plain, plain).empty());
        auto other = plain;
        other.experiment.policy.zoomRange = {0.8, 1.2};
        other.experiment.training.seed = 5;
        other.model = "net";
        other.notes = std::string("a word");
        QVERIFY(
            changedFields(plain, other) == (Fields{"policy.zoom_range", "seed", "model", "notes"}));
        other = plain;
        other.experiment.policy.views = ViewSets{};
        other.experiment.training.policy.noiseStd = 1;
        QVERIFY(changedFields(plain, other) == (Fields{"policy.views", "train_policy"}));
        QVERIFY(changedFields(other, plain) == (Fields{"policy.views", "train_policy"}));
        auto finer = other;
        finer.experiment.policy.views->scales = {1, 0.5};
        QVERIFY(changedFields(other, finer) == Fields{"policy.views.scales"});
    }

    void isCalledByItsFields()
    {
        const auto text = [](const auto& change) {
            Project after;
            change(after.experiment);
            return ProjectEdit({}, after, {}, {}).text();
        };
        QCOMPARE(text([](ExperimentConfig& c) { c.policy.zoomRange.high = 2; }),
            QStringLiteral("Zoom range"));
        QCOMPARE(text([](ExperimentConfig& c) { c.copies = 3; }), QStringLiteral("Copies"));
        QCOMPARE(text([](ExperimentConfig& c) {
            c.policy.rotationRange = 3;
            c.policy.rotate90 = true;
        }),
            QStringLiteral("Augmentation"));
        QCOMPARE(text([](ExperimentConfig& c) {
            c.policy.rotationRange = 3;
            c.copies = 2;
        }),
            QStringLiteral("Settings"));
    }

    void aMovingSliderIsOneEdit()
    {
        // Each 600 ms after the last, the last one long after the first.
        for (int i = 0; i < 10; ++i)
            push(withCopies(10 + i), withCopies(11 + i), 600 * i);
        QCOMPARE(m_stack.count(), 1);
        m_stack.undo();
        QCOMPARE(m_shown.experiment.copies, 10);
        m_stack.redo();
        QCOMPARE(m_shown.experiment.copies, 20);
    }

    void aPauseEndsIt()
    {
        push(withCopies(1), withCopies(2), 0);
        push(withCopies(2), withCopies(3), 699);
        push(withCopies(3), withCopies(4), 699 + 700);
        QCOMPARE(m_stack.count(), 2);
        m_stack.undo();
        QCOMPARE(m_shown.experiment.copies, 3);
        m_stack.undo();
        QCOMPARE(m_shown.experiment.copies, 1);
    }

    void soDoesAnotherField()
    {
        auto blended = withCopies(2);
        blended.experiment.vote.blend = 0.5;
        auto both = blended;
        both.experiment.copies = 5;
        both.experiment.vote.blend = 0.25;
        push(withCopies(1), withCopies(2), 0);
        push(withCopies(2), blended, 1);
        push(blended, both, 2); // one of the fields is the same, not the set of them
        QCOMPARE(m_stack.count(), 3);
    }

    void soDoesAnotherGroup()
    {
        push(withCopies(1), withCopies(2), 0, 0);
        push(withCopies(2), withCopies(3), 1, 1);
        QCOMPARE(m_stack.count(), 2);
    }

    void thereAndBackIsNoEdit()
    {
        push(withCopies(1), withCopies(2), 0);
        push(withCopies(2), withCopies(1), 100);
        QCOMPARE(m_stack.count(), 0);
        push(withCopies(1), withCopies(4), 200);
        m_stack.undo();
        QCOMPARE(m_shown.experiment.copies, 1);
    }
};

QTEST_GUILESS_MAIN(ProjectEditTest)
#include "tst_project_edit.moc"
