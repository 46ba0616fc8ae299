// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/settings.h"

#include "core/experiment/experiment_json.h"

#include <QSettings>
#include <QStringList>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace augury {

namespace {
QString key()
{
    return QStringLiteral("experiment");
}
} // namespace

Settings::Settings(QObject* parent)
    : QObject(parent)
    , m_problems(m_config.validate())
{
}

void Settings::setConfig(const ExperimentConfig& config)
{
    if (config == m_config)
        return;
    m_config = config;
    m_problems = m_config.validate();
    Q_EMIT changed();
}

QString Settings::problemText(std::initializer_list<std::string_view> fields) const
{
    QStringList lines;
    for (const auto& problem : m_problems) {
        if (std::ranges::find(fields, std::string_view(problem.field)) != fields.end())
            lines << QString::fromStdString(problem.message);
    }
    return lines.join(QLatin1Char('\n'));
}

void Settings::save(QSettings& store) const
{
    store.setValue(key(), QString::fromStdString(toJson(m_config).dump()));
}

QString Settings::load(const QSettings& store)
{
    const auto text = store.value(key()).toString();
    if (text.isEmpty())
        return {};
    try {
        const auto json = nlohmann::json::parse(text.toStdString());
        setConfig(experimentFromJson(json, "the settings of the last session"));
    } catch (const std::exception& error) {
        return tr("The settings of the last session can't be used, so the defaults are shown. %1")
            .arg(QString::fromUtf8(error.what()));
    }
    return {};
}

} // namespace augury
