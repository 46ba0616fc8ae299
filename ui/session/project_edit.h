// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/project.h"

#include <QUndoCommand>

#include <functional>
#include <set>
#include <string>

namespace augury {

/// The JSON fields in which two projects differ: "copies", "policy.zoom_range", "model", "notes".
std::set<std::string> changedFields(const Project& before, const Project& after);

/// One change of a project that has been made already. Those of the same fields that follow closely
/// upon each other, as a moving slider makes them, are one.
class ProjectEdit : public QUndoCommand {
public:
    static constexpr qint64 s_mergeMs = 700;

    struct Moment {
        qint64 ms = 0; ///< on a clock that does not jump
        int group = 0; ///< only edits of one group are merged
    };
    /// `apply` is called to undo and redo, not at first.
    ProjectEdit(
        Project before, Project after, Moment moment, std::function<void(const Project&)> apply);

    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* newer) override;
    void undo() override { m_apply(m_before); }
    void redo() override;

private:
    Project m_before;
    Project m_after;
    Moment m_moment;
    std::set<std::string> m_fields;
    std::function<void(const Project&)> m_apply;
    bool m_made = true;
};

} // namespace augury
