// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_edit.h"

#include "core/experiment/experiment_json.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

#include <algorithm>

namespace augury {

namespace {

using nlohmann::json;

void compare(
    const json& before, const json& after, const std::string& prefix, std::set<std::string>& fields)
{
    for (const auto& [name, value] : before.items()) {
        const auto other = after.find(name);
        if (other == after.end())
            fields.insert(prefix + name);
        else if (value.is_object() && other->is_object())
            compare(value, *other, prefix + name + ".", fields);
        else if (value != *other)
            fields.insert(prefix + name);
    }
    for (const auto& [name, value] : after.items()) {
        if (!before.contains(name))
            fields.insert(prefix + name);
    }
}

QString tr(const char* text)
{
    return QCoreApplication::translate("augury::ProjectEdit", text);
}

/// What an undo menu calls it: "Zoom range".
QString nameOf(const std::set<std::string>& fields)
{
    const auto allOf = [&](const std::string& start) {
        return std::ranges::all_of(
            fields, [&](const std::string& field) { return field.starts_with(start); });
    };
    if (fields.size() == 1) {
        const auto& field = *fields.begin();
        auto name = QString::fromStdString(field.substr(field.rfind('.') + 1));
        name.replace(QLatin1Char('_'), QLatin1Char(' '));
        name[0] = name[0].toUpper();
        return name;
    }
    if (allOf("policy"))
        return tr("Augmentation");
    if (allOf("train_policy"))
        return tr("Training augmentation");
    return tr("Settings");
}

} // namespace

std::set<std::string> changedFields(const Project& before, const Project& after)
{
    std::set<std::string> fields;
    compare(toJson(before.experiment), toJson(after.experiment), {}, fields);
    if (before.model != after.model)
        fields.insert("model");
    if (before.notes != after.notes)
        fields.insert("notes");
    return fields;
}

ProjectEdit::ProjectEdit(
    Project before, Project after, Moment moment, std::function<void(const Project&)> apply)
    : m_before(std::move(before))
    , m_after(std::move(after))
    , m_moment(moment)
    , m_fields(changedFields(m_before, m_after))
    , m_apply(std::move(apply))
{
    setText(nameOf(m_fields));
}

bool ProjectEdit::mergeWith(const QUndoCommand* newer)
{
    const auto* edit = static_cast<const ProjectEdit*>(newer); // of the same id()
    if (edit->m_fields != m_fields || edit->m_moment.group != m_moment.group
        || edit->m_moment.ms - m_moment.ms >= s_mergeMs)
        return false;
    m_after = edit->m_after;
    m_moment = edit->m_moment;
    setObsolete(m_after == m_before);
    return true;
}

void ProjectEdit::redo()
{
    if (std::exchange(m_made, false))
        return;
    m_apply(m_after);
}

} // namespace augury
