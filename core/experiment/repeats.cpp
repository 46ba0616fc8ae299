// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/repeats.h"

#include "core/data/splits.h"
#include "core/experiment/evaluate_model.h"
#include "core/experiment/fit_plan.h"
#include "core/experiment/repeat_details.h"
#include "core/model/classifier.h"
#include "core/support/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

namespace augury {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

constexpr double unitsPerFit = 1000; // of progress

class RepeatRunner {
public:
    RepeatRunner(const Dataset& dataset, const ExperimentConfig& config,
        const RepeatObserver& observer, const RepeatsBegun& begun)
        : m_dataset(dataset)
        , m_config(config)
        , m_observer(observer)
        , m_splits(splitsFor(dataset, config))
        , m_plan(planFits(config, dataset.shape(), begun.threadsPerFit))
        , m_work(estimateWork(m_splits.training, m_splits.test, config))
        , m_done(static_cast<std::size_t>(config.repeats))
    {
        takeOver(begun.done);
        m_outcome.parallelFits = m_plan.parallelFits;
        m_outcome.threadsPerFit = m_plan.threadsPerFit;
    }

    const ExperimentSplits& splits() const { return m_splits; }

    RepeatsOutcome run(const std::stop_token& stop)
    {
        const std::stop_callback forward(stop, [this] { m_stop.request_stop(); });
        if (m_plan.parallelFits == 1) {
            takeFits(); // here: OpenMP keeps a pool of threads for every thread that calls it
        } else {
            std::vector<std::jthread> threads;
            threads.reserve(static_cast<std::size_t>(m_plan.parallelFits));
            for (int i = 0; i < m_plan.parallelFits; ++i)
                threads.emplace_back([this] { takeFits(); });
        }
        if (m_error)
            std::rethrow_exception(m_error);
        std::ranges::sort(m_outcome.repeats, {}, &RepeatResult::index);
        m_outcome.stopped = m_outcome.repeats.size() < static_cast<std::size_t>(m_config.repeats);
        return std::move(m_outcome);
    }

private:
    void takeOver(std::span<const RepeatResult> done)
    {
        std::vector<bool> known(m_done.size());
        for (const auto& repeat : done) {
            const auto index = static_cast<std::size_t>(repeat.index);
            if (repeat.index < 0 || index >= known.size() || known[index]
                || repeat.seed != repeatSeed(m_config, repeat.index))
                throw Error(fmt::format("Repeat {} of the run to go on with does not belong to its "
                                        "settings. Start a new run.",
                    repeat.index + 1));
            known[index] = true;
            m_done[index] = unitsPerFit;
        }
        m_outcome.repeats.assign(done.begin(), done.end());
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (!known[i])
                m_wanted.push_back(static_cast<int>(i));
        }
        m_plan.parallelFits =
            std::clamp(m_plan.parallelFits, 1, std::max(1, static_cast<int>(m_wanted.size())));
    }

    void takeFits()
    {
        try {
            for (auto i = m_next++; i < m_wanted.size(); i = m_next++) {
                auto result = fit(m_wanted[i]);
                if (!result)
                    return;
                const std::lock_guard lock(m_mutex);
                m_outcome.repeats.push_back(*result);
                if (m_observer.onRepeat)
                    m_observer.onRepeat(*result);
            }
        } catch (const Cancelled&) {
            // what is finished stands
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            if (!m_error)
                m_error = std::current_exception();
            m_stop.request_stop();
        }
    }

    /// Nothing when stopped.
    std::optional<RepeatResult> fit(int index)
    {
        auto settings = m_config.training;
        settings.seed = repeatSeed(m_config, index);
        settings.threads = m_plan.threadsPerFit;

        RepeatResult result;
        result.index = index;
        result.seed = settings.seed;
        auto start = Clock::now();
        const auto trained = train(m_splits.training, m_splits.validation, m_dataset.classNames,
            settings, trainObserver(index), m_stop.get_token());
        if (trained.stopped)
            return {};
        result.history = trained.checkpoint.history;
        result.trainSeconds = secondsSince(start);

        start = Clock::now();
        const auto classifier =
            makeClassifier(trained.checkpoint, settings.device, settings.threads);
        EvaluationRequest wanted;
        const bool decisionsAlone = m_config.exactEarlyExit && allowsEarlyExit(m_config.vote.rule);
        wanted.scorecards = wanted.curve = wanted.perImage = !decisionsAlone;
        wanted.predict.seed = settings.seed;
        wanted.predict.threads = settings.threads;
        const auto evaluation =
            evaluateModel(*classifier, m_splits, m_config, wanted, evaluationJob(index)).result;
        result.comparison = evaluation.comparison;
        if (!decisionsAlone)
            result.details = std::make_shared<const RepeatDetails>(detailsOf(evaluation));
        result.evaluateSeconds = secondsSince(start);
        if (m_observer.onModel) {
            const std::lock_guard lock(m_mutex);
            m_observer.onModel(index, trained.checkpoint);
        }
        return result;
    }

    TrainObserver trainObserver(int index)
    {
        return {
            [this, index](const BatchProgress& batch) {
                const std::lock_guard lock(m_mutex);
                if (m_observer.onBatch)
                    m_observer.onBatch(index, batch);
                const double batches = double(batch.epoch - 1) * batch.batches + batch.batch;
                report(index, "training",
                    m_work.training * batches / (double(batch.epochs) * batch.batches));
            },
            [this, index](int epoch, const EpochMetrics& metrics) {
                const std::lock_guard lock(m_mutex);
                if (m_observer.onEpoch)
                    m_observer.onEpoch(index, epoch, metrics);
            },
        };
    }

    Job evaluationJob(int index)
    {
        return {m_stop.get_token(), [this, index](const Progress& progress) {
                    const std::lock_guard lock(m_mutex);
                    const double share =
                        progress.total > 0 ? double(progress.done) / double(progress.total) : 0;
                    report(index, "evaluating", m_work.training + m_work.evaluation * share);
                }};
    }

    /// Sums the work of all fits, in thousandths of a fit. The mutex is held.
    void report(int index, std::string_view phase, double done)
    {
        if (!m_observer.onProgress)
            return;
        m_done[static_cast<std::size_t>(index)] =
            unitsPerFit * done / (m_work.training + m_work.evaluation);
        double sum = 0;
        for (const double units : m_done)
            sum += units;
        m_observer.onProgress({phase, static_cast<std::int64_t>(sum),
            static_cast<std::int64_t>(unitsPerFit) * m_config.repeats});
    }

    const Dataset& m_dataset;
    const ExperimentConfig& m_config;
    const RepeatObserver& m_observer;
    ExperimentSplits m_splits;
    FitPlan m_plan;
    FitWork m_work;
    std::stop_source m_stop;
    std::vector<int> m_wanted; ///< the repeats to do
    std::atomic<std::size_t> m_next = 0; ///< into m_wanted
    std::mutex m_mutex; ///< of everything below, and of the observer
    std::vector<double> m_done;
    RepeatsOutcome m_outcome;
    std::exception_ptr m_error;
};

} // namespace

ExperimentSplits splitsFor(const Dataset& dataset, const ExperimentConfig& config)
{
    ExperimentSplits splits;
    std::tie(splits.training, splits.validation) =
        carveValidation(wholeSplit(dataset.train), config.validationFraction, config.splitSeed);
    splits.training = subset(splits.training, config.subsetTrain, config.splitSeed);
    splits.test = subset(wholeSplit(dataset.test), config.subsetTest, config.splitSeed);
    return splits;
}

std::uint64_t repeatSeed(const ExperimentConfig& config, int index)
{
    return deriveSeed(config.training.seed, RandomUse::Repeat, static_cast<std::uint32_t>(index));
}

RepeatsOutcome runRepeats(const Dataset& dataset, const ExperimentConfig& config,
    const RepeatObserver& observer, std::stop_token stop, const RepeatsBegun& begun)
{
    throwIfAny(config.validate(), "The experiment's settings are not usable");
    RepeatRunner runner(dataset, config, observer, begun);
    requireValidationFor(config.vote.rule, runner.splits().validation);
    return runner.run(stop);
}

} // namespace augury
