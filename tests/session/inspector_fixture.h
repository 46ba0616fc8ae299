// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/predictor.h"
#include "tests/support/tiny_data.h"
#include "ui/session/inspector.h"

#include <QTemporaryDir>
#include <QTest>

namespace augury::test {

/// A session and an inspector on tiny data, with a network that was trained here once.
class InspectorFixture : public QObject {
protected:
    static constexpr int s_patience = 60'000; // ms

    void makeModel()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(writeTinyIdx(m_data, {16, 4, 200, 60}));
        m_modelFile = m_dir.filePath(QStringLiteral("tiny.safetensors"));
        Session session;
        session.openData(m_data);
        QTRY_VERIFY_WITH_TIMEOUT(session.dataset() && !session.isBusy(), s_patience);
        session.settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 2;
            c.training.batchSize = 20;
            c.validationFraction = 0.25;
            c.splitSeed = 9;
        });
        session.train();
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.isBusy(), s_patience);
        session.saveModel(m_modelFile);
        QTRY_VERIFY_WITH_TIMEOUT(!session.hasUnsavedModel() && !session.isBusy(), s_patience);
    }

    void begin()
    {
        m_session = std::make_unique<Session>();
        m_inspector = std::make_unique<Inspector>(*m_session);
    }

    void end()
    {
        m_inspector.reset();
        m_session.reset();
    }

    template <typename Change> void edit(Change change) { m_session->settings().edit(change); }

    void openData()
    {
        m_session->openData(m_data);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->dataset() && !m_session->isBusy(), s_patience);
    }

    void loadModel()
    {
        const auto before = m_session->model();
        m_session->loadModel(m_modelFile);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->model() != before && !m_session->isBusy(), s_patience);
    }

    void openAll()
    {
        openData();
        loadModel();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_inspector->look() && m_inspector->look()->hasVotes(), s_patience);
    }

    void waitForLook(std::size_t position)
    {
        const auto& config = m_session->settings().config();
        QTRY_VERIFY_WITH_TIMEOUT(m_inspector->look()->image.position == position
                && m_inspector->look()->config.policy == config.policy
                && m_inspector->look()->config.copies == config.copies,
            s_patience);
    }

    void evaluate()
    {
        const auto before = m_inspector->tally();
        m_inspector->evaluate();
        QVERIFY(m_session->isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy(), s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_inspector->tally() && m_inspector->tally() != before, s_patience);
    }

    /// Core's own votes with the present settings, on these test images.
    VoteTable reference(const std::vector<std::uint32_t>& positions)
    {
        const auto& config = m_session->settings().config();
        PredictOptions options;
        options.policy = config.policy;
        options.copies = config.copies;
        options.seed = config.training.seed;
        const auto classifier = makeClassifier(m_session->model()->checkpoint);
        return predictVotes(*classifier, {m_session->dataset()->test, positions}, options);
    }

    QTemporaryDir m_dir;
    QString m_data;
    QString m_modelFile;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Inspector> m_inspector;
};

} // namespace augury::test
