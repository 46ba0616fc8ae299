// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/tuner.h"

#include "core/data/fingerprint.h"
#include "core/experiment/evaluate_model.h"
#include "core/experiment/experiment_json.h"
#include "core/model/model_fingerprint.h"
#include "core/store/run_documents.h"
#include "ui/session/run_history.h"

#include <QPointer>

#include <algorithm>

namespace augury {

namespace {

constexpr int s_refreshMs = 100;

std::size_t placeOf(TuneMethod method)
{
    return static_cast<std::size_t>(method);
}

/// Throws Error for a record of another kind, or a damaged one.
TuneRun runOf(const RunRecord& record)
{
    const auto name = "Run " + std::to_string(record.info.id);
    if (record.info.kind != tuneKind)
        throw Error(name + " is no search: it cannot be shown on the Tune page.");
    const auto& document = record.document;
    const auto& images = part(document, "search");
    const auto count = [&](const char* field) {
        return static_cast<std::size_t>(std::max(0.0, numberAt(images, field)));
    };
    TuneRun run;
    run.spec = specFromDocument(document, name);
    run.config = experimentFromJson(record.settings(), name);
    run.dataName = record.info.data;
    for (const auto& each : part(part(document, "data"), "classes"))
        run.classNames.push_back(each.get<std::string>());
    run.dataFingerprint = textAt(part(document, "data"), "fingerprint");
    run.tuned = {
        textAt(part(document, "model"), "path"), textAt(part(document, "model"), "fingerprint")};
    run.searchImages = count("images");
    run.validationImages = count("validation_images");
    run.testImages = count("test_images");
    run.outcome = outcomeFromDocument(document, name);
    run.outcome.trials = record.trials;
    run.outcome.stopped = record.info.status != RunStatus::Finished;
    run.id = record.info.id;
    run.name = QString::fromStdString(record.info.name);
    run.finished = QDateTime::fromString(QString::fromStdString(record.info.finished), Qt::ISODate);
    run.document = std::make_shared<const std::string>(documentText(document));
    return run;
}

} // namespace

Tuner::Tuner(Session& session, RunHistory& history, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_history(history)
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(s_refreshMs);
    connect(&m_pace, &QTimer::timeout, this, [this] {
        for (int i = 0; i < tuneMethods; ++i) {
            if (std::exchange(m_stale[static_cast<std::size_t>(i)], false))
                Q_EMIT runChanged(static_cast<TuneMethod>(i));
        }
    });
    connect(&m_session, &Session::dataChanged, this, &Tuner::refresh);
    connect(&m_session, &Session::modelChanged, this, &Tuner::refresh);
    connect(&m_session.settings(), &Settings::changed, this, &Tuner::refresh);
    connect(&m_session, &Session::taskChanged, this, &Tuner::availabilityChanged);
    connect(&m_history, &RunHistory::listed, this, &Tuner::refreshConfirmations);
    connect(&m_worker, &Worker::idle, this, &Tuner::idle);
    refresh();
}

Tuner::~Tuner() = default;

void Tuner::refresh()
{
    const auto& config = m_session.settings().config();
    Key key{m_session.dataset(), m_session.modelFitsData() ? m_session.model() : nullptr,
        config.subsetTrain, config.subsetTest, config.splitSeed};
    if (m_key == key)
        return;
    const bool sameModel = m_key && m_key->model == key.model && m_key->dataset == key.dataset;
    m_key = std::move(key);
    m_validation = m_key->model ? m_session.split(SplitKind::Validation) : Split{};
    m_test = m_key->dataset ? m_session.split(SplitKind::Test) : Split{};
    if (!sameModel && m_session.task() != Session::Task::Tune)
        m_predictions.reset();
    refreshFacts();
    Q_EMIT availabilityChanged();
}

void Tuner::refreshFacts()
{
    m_facts = {};
    m_factsJob.start({tr("Looking at model and data"),
        [this, dataset = m_key->dataset, model = m_key->model, test = m_test](
            JobContext&) -> std::function<void()> {
            Facts facts;
            if (model)
                facts.model = modelFingerprint(model->checkpoint);
            if (dataset) {
                facts.data = fingerprint(*dataset);
                facts.testSet = testSetKey(*dataset, test);
            }
            return [this, facts] {
                m_facts = facts;
                refreshConfirmations();
                Q_EMIT availabilityChanged();
            };
        }});
}

void Tuner::refreshConfirmations()
{
    if (m_facts.testSet.empty() || m_history.file().empty()) {
        showConfirmations(m_unkept[m_facts.testSet]);
        return;
    }
    m_confirmationsJob.start({tr("Reading confirmations"),
        [this, file = m_history.file(), key = m_facts.testSet](
            JobContext&) -> std::function<void()> {
            std::vector<KeptConfirmation> kept;
            std::error_code none;
            if (std::filesystem::exists(file, none))
                kept = RunStore::openToRead(file).confirmations(key);
            return [this, kept] { showConfirmations(kept); };
        }});
}

void Tuner::showConfirmations(std::vector<KeptConfirmation> kept)
{
    std::vector<Confirmation> all;
    for (const auto& each : kept)
        all.push_back(each.confirmation);
    const auto adjusted = holmAdjusted(all);
    m_confirmations.clear();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        auto text = QString::fromStdString(confirmationText(kept[i].confirmation, adjusted[i],
            static_cast<int>(i), static_cast<int>(kept.size() - i)));
        m_confirmations.push_back({std::move(kept[i]), adjusted[i], std::move(text)});
    }
    Q_EMIT confirmationsChanged();
}

QString Tuner::obstacle() const
{
    if (!m_session.dataset())
        return tr("There are no images yet. Open a data set (Ctrl+O).");
    if (!m_session.model())
        return tr("There is no model yet. Train one (Ctrl+T) or load one (Ctrl+L).");
    if (!m_session.modelFitsData())
        return tr("The model in hand was trained on other images than these. Open its data set, or "
                  "train or load a model for this one.");
    if (lacksValidation())
        return tr("The model was trained without validation images. A configuration must not be "
                  "chosen on images that it was trained on, nor on those that it is tested on: "
                  "keep some for validation (Setup, Data), and train again.");
    if (const auto doubt = splitDoubt(); !doubt.isEmpty())
        return doubt;
    if (m_session.isBusy())
        return tr("Something else is at work. Wait for it, or stop it.");
    return {};
}

/// Why the validation images may not be apart from what the model was trained on.
QString Tuner::splitDoubt() const
{
    const auto& checkpoint = m_key->model->checkpoint;
    if (m_facts.data.empty())
        return tr("Model and data are being looked at.");
    if (const auto doubt = doubtOfSplit(checkpoint, *m_key->dataset, m_facts.data); !doubt.empty())
        return QString::fromStdString(doubt);
    if (checkpoint.dataFingerprint.empty() && m_key->dataset->format == "image folder"
        && m_session.opening().options.seed != checkpoint.splitSeed)
        return tr("The model was trained with another split seed (%1): some of its training images "
                  "may be among the validation or test images now. Set that seed (Setup, Seed), or "
                  "train again.")
            .arg(checkpoint.splitSeed);
    return {};
}

bool Tuner::lacksValidation() const
{
    return m_key && m_key->model && m_validation.size() == 0;
}

std::optional<double> Tuner::estimate(const TuneSpec& spec) const
{
    if (m_secondsPerPass <= 0 || m_validation.size() == 0)
        return std::nullopt;
    const auto images =
        spec.images == 0 ? m_validation.size() : std::min(spec.images, m_validation.size());
    return static_cast<double>(mostPassesOf(spec, images)) * m_secondsPerPass;
}

const TuneRun* Tuner::run(TuneMethod method) const
{
    const auto& run = m_runs[placeOf(method)];
    return run ? &*run : nullptr;
}

bool Tuner::isCurrent(const TuneRun& run) const
{
    if (!m_key || !m_key->dataset || !m_key->model || run.config.subsetTrain != m_key->subsetTrain)
        return false;
    const bool data = run.dataset == m_key->dataset
        || (!m_facts.data.empty() && run.dataFingerprint == m_facts.data);
    const bool model = run.model == m_key->model
        || (!m_facts.model.empty() && run.tuned.fingerprint == m_facts.model);
    return data && model;
}

void Tuner::forget(TuneMethod method)
{
    auto& run = m_runs[placeOf(method)];
    if (!run || run->running)
        return;
    run.reset();
    Q_EMIT runChanged(method);
}

void Tuner::open(std::int64_t id)
{
    for (int i = 0; i < tuneMethods; ++i) {
        const auto method = static_cast<TuneMethod>(i);
        if (const auto* inHand = run(method); inHand && inHand->id == id) {
            Q_EMIT opened(method);
            return;
        }
    }
    m_history.load({id}, this, [this](const RunRecords& records) {
        try {
            auto read = runOf(*records.front());
            const auto method = read.spec.method;
            auto& place = m_runs[placeOf(method)];
            if (place && place->running)
                throw Error("A search of this kind is running. Wait for it, or stop it.");
            place = std::move(read);
            Q_EMIT runChanged(method);
            Q_EMIT opened(method);
        } catch (const std::exception& problem) {
            Q_EMIT failed(QString::fromUtf8(problem.what()));
        }
    });
}

void Tuner::use(const Configuration& configuration)
{
    m_session.settings().edit([&](ExperimentConfig& config) {
        config.policy = configuration.policy;
        config.copies = configuration.copies;
        config.vote = configuration.vote;
    });
}

void Tuner::tellSoon(TuneMethod method)
{
    m_stale[placeOf(method)] = true;
    if (!m_pace.isActive())
        m_pace.start();
}

} // namespace augury
