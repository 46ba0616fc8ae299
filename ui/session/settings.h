// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"

#include <QObject>

class QSettings;

namespace augury {

/// The experiment as the window shows it: one ExperimentConfig, with word of every change.
class Settings : public QObject {
    Q_OBJECT

public:
    explicit Settings(QObject* parent = nullptr);

    const ExperimentConfig& config() const { return m_config; }
    void setConfig(const ExperimentConfig& config);

    /// edit([](ExperimentConfig& c) { c.copies = 3; })
    template <typename Change> void edit(Change&& change)
    {
        auto config = m_config;
        change(config);
        setConfig(config);
    }

    /// Another seed, 1…999,999, at random: other weights, order and draws.
    void drawAgain();

    const std::vector<Problem>& problems() const { return m_problems; }
    /// What is wrong with these fields (JSON names), one sentence a line; empty when they are fine.
    QString problemText(std::initializer_list<std::string_view> fields) const;

    /// As one JSON value, the policy's and the command line's own format.
    void save(QSettings& store) const;
    /// Keeps what it has and returns a sentence when the stored value can't be used.
    QString load(const QSettings& store);

Q_SIGNALS:
    void changed();

private:
    ExperimentConfig m_config;
    std::vector<Problem> m_problems;
};

} // namespace augury
