// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of Session that fill votes: the model, a user's own images, the evaluation.
#include "ui/session/session.h"

#include "core/experiment/evaluate_model.h"
#include "core/model/runtime.h"
#include "core/store/run_documents.h"
#include "core/tta/predictor.h"
#include "ui/session/file_path.h"
#include "ui/session/history.h"

#include <QElapsedTimer>
#include <QFile>

#include <algorithm>

namespace augury {

namespace {

Checkpoint readModel(const QString& path)
{
    if (!path.startsWith(QLatin1Char(':')))
        return loadCheckpoint(toPath(path));
    QFile resource(path);
    if (!resource.open(QIODevice::ReadOnly))
        throw Error("The model " + path.toStdString() + " does not come with this program.");
    return parseCheckpoint(resource.readAll().toStdString(), path.toStdString());
}

/// The model's images where the checkpoint knows them, else the settings'.
ExperimentConfig splitConfig(ExperimentConfig config, const FittedModel* model)
{
    if (model != nullptr) {
        config.validationFraction = model->checkpoint.validationFraction;
        config.splitSeed = model->checkpoint.splitSeed;
    }
    return config;
}

Split splitOf(SplitKind kind, const Dataset& dataset, const ExperimentConfig& config,
    const FittedModel* model)
{
    if (kind == SplitKind::Test)
        return splitsFor(dataset, config).test;
    auto splits = splitsFor(dataset, splitConfig(config, model));
    return kind == SplitKind::Validation ? std::move(splits.validation)
                                         : std::move(splits.training);
}

Split splitOf(const OwnImages& own)
{
    Split split{own.images, {}};
    split.indices.resize(own.images->size());
    for (std::size_t i = 0; i < split.indices.size(); ++i)
        split.indices[i] = static_cast<std::uint32_t>(i);
    return split;
}

/// The same images and draws: its votes need not be predicted again (what is in hand is always of
/// the model in hand).
bool isOf(const Evaluation& evaluation, const Split& split, const PredictOptions& options)
{
    const auto& table = *evaluation.table;
    return evaluation.split == split && table.policy == options.policy
        && table.seed == options.seed;
}

/// As `augury-cli evaluate` keeps it: the settings are those that decided the numbers.
nlohmann::json documentOf(const Evaluation& evaluation)
{
    const auto& checkpoint = evaluation.model->checkpoint;
    auto config = splitConfig(evaluation.config, evaluation.model.get());
    const auto asked = config.training;
    config.training = checkpoint.settings;
    config.training.seed = evaluation.table->seed;
    config.training.threads = asked.threads;
    config.training.device = asked.device;
    config.exactEarlyExit = false;

    EvaluationRequest request;
    request.predict.copies = config.copies;
    request.vote = config.vote;
    request.curve = true;
    EvaluateOutcome outcome;
    if (!evaluation.model->isSample())
        outcome.model = evaluation.model->path.toStdString();
    outcome.evaluation.result = augury::evaluate(*evaluation.table, request);
    outcome.seconds = evaluation.seconds;
    outcome.threads = asked.threads > 0 ? asked.threads : availableThreads();
    return evaluateDocument(config, *evaluation.dataset, outcome);
}

bool isLabelled(const Split& split)
{
    for (std::size_t i = 0; i < split.size(); ++i) {
        if (split.label(i) < 0)
            return false;
    }
    return split.size() > 0;
}

} // namespace

void Session::loadModel(const QString& path)
{
    if (isBusy())
        return;
    start(
        Task::LoadModel, tr("Loading a model"), [this, path](JobContext&) -> std::function<void()> {
            auto model = std::make_shared<FittedModel>();
            model->checkpoint = readModel(path);
            model->path = path;
            return [this, model] { take(model); };
        });
}

void Session::forgetEvaluations()
{
    m_evaluations = {};
    Q_EMIT evaluationChanged();
}

Split Session::split(SplitKind kind) const
{
    if (kind == SplitKind::Own)
        return m_ownImages ? splitOf(*m_ownImages) : Split{};
    if (!m_dataset)
        return {};
    // A model of other data says nothing about these images.
    return splitOf(
        kind, *m_dataset, m_settings.config(), modelFitsData() ? m_model.get() : nullptr);
}

bool Session::modelFitsData() const
{
    return m_model && m_dataset && m_model->checkpoint.inputShape == m_dataset->shape()
        && m_model->checkpoint.classNames == m_dataset->classNames;
}

void Session::openImages(const QStringList& paths)
{
    if (isBusy() || paths.isEmpty())
        return;
    std::vector<std::filesystem::path> files;
    for (const auto& path : paths)
        files.push_back(toPath(path));
    std::optional<Shape> shape;
    if (m_model)
        shape = m_model->checkpoint.inputShape;
    else if (m_dataset)
        shape = m_dataset->shape();
    const int threads = m_settings.config().training.threads;
    start(Task::OpenImages, tr("Opening images"),
        [this, files, shape, threads](JobContext& job) -> std::function<void()> {
            auto images = std::make_shared<const OwnImages>(
                readOwnImages(listOwnImages(files), shape, threads, job.coreJob()));
            return [this, images] {
                m_ownImages = images;
                m_evaluations[static_cast<std::size_t>(SplitKind::Own)].reset();
                Q_EMIT ownImagesChanged();
                Q_EMIT evaluationChanged();
                Q_EMIT ownImagesOpened();
            };
        });
}

void Session::refitOwnImages()
{
    if (!m_ownImages || !m_model)
        return;
    const auto shape = m_model->checkpoint.inputShape;
    if (m_ownImages->images->shape == shape)
        return;
    const int threads = m_settings.config().training.threads;
    start(Task::OpenImages, tr("Opening images"),
        [this, own = m_ownImages, shape, threads](JobContext& job) -> std::function<void()> {
            auto images = std::make_shared<OwnImages>(
                readOwnImages(own->files, shape, threads, job.coreJob()));
            return [this, images] {
                m_ownImages = images;
                Q_EMIT ownImagesChanged();
            };
        });
}

void Session::evaluate(SplitKind kind, Keep keep, std::int64_t dataOf)
{
    const bool images = kind == SplitKind::Own ? m_ownImages != nullptr : m_dataset != nullptr;
    if (isBusy() || !images || !m_model || !m_settings.problems().empty())
        return;
    if (kind != SplitKind::Own && opensFirst([=, this] { evaluate(kind, keep, dataOf); }))
        return;
    m_evaluatedKind = kind;
    start(
        Task::Evaluate, tr("Evaluating"), evaluationWork(m_settings.config(), kind, keep, dataOf));
}

Session::Work Session::evaluationWork(
    const ExperimentConfig& config, SplitKind kind, Keep keep, std::int64_t dataOf)
{
    return [this, config, kind, keep, dataOf, dataset = m_dataset, own = m_ownImages,
               model = m_model, before = evaluation(kind),
               history = m_history](JobContext& job) -> std::function<void()> {
        QElapsedTimer timer;
        timer.start();
        if (isLearned(config.vote.rule) && config.vote.weights.empty())
            throw Error("The vote rule learned has no weights here. Choose another rule.");
        if (dataset)
            requireDataOf(history, dataOf, *dataset);
        if (kind != SplitKind::Own)
            requireSameKind(model->checkpoint, "The model", *dataset, dataset->name);
        auto evaluation = std::make_shared<Evaluation>();
        evaluation->config = config;
        evaluation->dataset = dataset;
        evaluation->model = model;
        evaluation->kind = kind;
        evaluation->split =
            kind == SplitKind::Own ? splitOf(*own) : splitOf(kind, *dataset, config, model.get());
        const auto& split = evaluation->split;
        if (split.size() == 0)
            throw Error(kind == SplitKind::Validation
                    ? "There are no validation images: the model was trained without. Keep some "
                      "when training (Validation, under Data)."
                    : "There are no images to evaluate.");
        PredictOptions options;
        options.policy = config.policy;
        options.copies = config.copies;
        options.seed = config.training.seed;
        options.threads = config.training.threads;
        if (before && options.policy.views)
            options.seed = before->table->seed; // fixed views are the same for every seed
        const auto classifier =
            makeClassifier(model->checkpoint, config.training.device, config.training.threads);
        const bool anew = !before || !isOf(*before, split, options);
        if (anew) {
            evaluation->table = std::make_shared<const VoteTable>(
                predictVotes(*classifier, split, options, job.coreJob()));
        } else if (before->table->copies < options.copies) {
            auto grown = std::make_shared<VoteTable>(*before->table);
            growVotes(*classifier, split, *grown, options, job.coreJob());
            evaluation->table = grown;
        } else {
            evaluation->table = before->table;
        }
        if (isLabelled(split))
            evaluation->comparison = compare(*evaluation->table, config.copies, config.vote);
        evaluation->seconds = double(timer.elapsed()) / 1000;
        if (anew && keep == Keep::InHistory && kind == SplitKind::Test && evaluation->comparison
            && !history.empty()) {
            const auto problem = keepInHistory(history, documentOf(*evaluation), evaluateKind);
            if (!problem.isEmpty())
                job.post([this, problem] { Q_EMIT historyFailed(problem); });
        }
        return [this, evaluation] {
            m_evaluations[static_cast<std::size_t>(evaluation->kind)] = evaluation;
            Q_EMIT evaluationChanged();
        };
    };
}

} // namespace augury
