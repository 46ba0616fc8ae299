// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of Session that fill votes: the model, a user's own images, the evaluation.
#include "ui/session/session.h"

#include "core/experiment/evaluate_model.h"
#include "core/tta/predictor.h"

#include <QElapsedTimer>
#include <QFile>

#include <algorithm>

namespace augury {

namespace {

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(QFile::encodeName(path).toStdString());
}

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

/// The same images and draws: copies may be added to its table (what is in hand is always of the
/// model in hand).
bool canGrow(const Evaluation& evaluation, const Split& split, const PredictOptions& options)
{
    const auto& table = *evaluation.table;
    return evaluation.split == split && table.policy == options.policy && table.seed == options.seed
        && table.copies < options.copies;
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
            return [this, model] {
                m_model = model;
                forgetEvaluations();
                Q_EMIT modelChanged();
                refitOwnImages();
            };
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
    const bool same = m_model && m_model->checkpoint.inputShape == m_dataset->shape()
        && m_model->checkpoint.classNames == m_dataset->classNames;
    return splitOf(kind, *m_dataset, m_settings.config(), same ? m_model.get() : nullptr);
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
    m_worker.start({tr("Opening images"),
        [this, own = m_ownImages, shape, threads](JobContext& job) -> std::function<void()> {
            auto images = std::make_shared<OwnImages>(
                readOwnImages(own->files, shape, threads, job.coreJob()));
            return [this, own, images] {
                if (m_ownImages != own)
                    return;
                m_ownImages = images;
                Q_EMIT ownImagesChanged();
            };
        }});
}

void Session::evaluate(SplitKind kind)
{
    const bool images = kind == SplitKind::Own ? m_ownImages != nullptr : m_dataset != nullptr;
    if (isBusy() || !images || !m_model || !m_settings.problems().empty())
        return;
    start(Task::Evaluate, tr("Evaluating"), evaluationWork(m_settings.config(), kind));
}

Session::Work Session::evaluationWork(const ExperimentConfig& config, SplitKind kind)
{
    return [this, config, kind, dataset = m_dataset, own = m_ownImages, model = m_model,
               before = evaluation(kind)](JobContext& job) -> std::function<void()> {
        QElapsedTimer timer;
        timer.start();
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
        const auto classifier =
            makeClassifier(model->checkpoint, config.training.device, config.training.threads);
        VoteTable table;
        if (before && canGrow(*before, split, options)) {
            table = *before->table;
            growVotes(*classifier, split, table, options, job.coreJob());
        } else {
            table = predictVotes(*classifier, split, options, job.coreJob());
        }
        if (isLabelled(split))
            evaluation->comparison = compare(table, config.copies, config.vote);
        else
            requireMergeable(table, config.copies, config.vote);
        evaluation->table = std::make_shared<const VoteTable>(std::move(table));
        evaluation->seconds = double(timer.elapsed()) / 1000;
        return [this, evaluation] {
            m_evaluations[static_cast<std::size_t>(evaluation->kind)] = evaluation;
            Q_EMIT evaluationChanged();
        };
    };
}

} // namespace augury
