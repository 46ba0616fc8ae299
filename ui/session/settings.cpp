// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/settings.h"

#include "core/experiment/experiment_json.h"

#include <QRandomGenerator>
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

void Settings::drawAgain()
{
    const auto before = m_config.training.seed;
    edit([before](ExperimentConfig& c) {
        while (c.training.seed == before)
            c.training.seed = QRandomGenerator::global()->bounded(1U, 1'000'000U);
    });
}

QString Settings::problemText(std::initializer_list<std::string_view> fields) const
{
    constexpr std::string_view policy = "policy.";
    QStringList lines;
    for (const auto& problem : m_problems) {
        std::string_view field = problem.field;
        if (field.starts_with(policy))
            field.remove_prefix(policy.size());
        if (std::ranges::find(fields, field) == fields.end())
            continue;
        auto name = QString::fromUtf8(field.data(), static_cast<qsizetype>(field.size()));
        name.replace(QLatin1Char('_'), QLatin1Char(' '));
        name[0] = name[0].toUpper();
        lines << QStringLiteral("%1: %2.").arg(name, QString::fromStdString(problem.message));
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
