// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/model/architecture.h"
#include "core/model/classifier.h"
#include "core/model/cnn.h"
#include "core/model/runtime.h"
#include "core/support/random.h"
#include "core/train/batch_source.h"
#include "core/train/fused_layers.h"

#include <ATen/ATen.h>
#include <torch/optim/adam.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace augury {

namespace {

constexpr double adamEpsilon = 1e-7; // Keras's default

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Cnn::forward() in training on the CPU, with the fused layers.
at::Tensor fusedForward(Cnn& cnn, at::Tensor x)
{
    x = fusedReluBatchNormPool(at::conv2d(x, cnn.conv1.weight, cnn.conv1.bias, 1, 1), cnn.bn1);
    x = fusedReluBatchNormPool(at::conv2d(x, cnn.conv2.weight, cnn.conv2.bias, 1, 1), cnn.bn2);
    x = x.permute({0, 2, 3, 1}).flatten(1);
    x = at::relu(parallelLinear(x, cnn.fc1));
    x = at::batch_norm(x, cnn.bn3.weight, cnn.bn3.bias, cnn.bn3.runningMean, cnn.bn3.runningVar,
        true, batchNormMomentum, batchNormEpsilon, true);
    ++cnn.batchesTracked;
    return at::linear(x, cnn.fc2.weight, cnn.fc2.bias);
}

struct LossAndAccuracy {
    double loss = 0;
    double accuracy = 0;
};

class Training {
public:
    Training(const Split& training, const Split& validation,
        const std::vector<std::string>& classNames, const TrainSettings& settings)
        : m_training(training)
        , m_validation(validation)
        , m_settings(settings)
        , m_device(settings.device)
        , m_cnn(Cnn::initialise(
              training.images->shape, static_cast<int>(classNames.size()), settings.seed))
    {
        m_checkpoint.architecture = tutorialCnnName;
        m_checkpoint.inputShape = training.images->shape;
        m_checkpoint.classNames = classNames;
        m_checkpoint.normalisation = normalisationOf(settings.normalisation, training);
        m_checkpoint.settings = settings;
        m_cnn.to(m_device);
        for (auto& parameter : m_cnn.parameters())
            parameter.requires_grad_();
        m_adam.emplace(
            m_cnn.parameters(), torch::optim::AdamOptions(settings.learningRate).eps(adamEpsilon));
    }

    TrainResult run(const TrainObserver& observer, const std::stop_token& stop)
    {
        TrainResult result;
        for (int epoch = 1; epoch <= m_settings.epochs && !result.stopped; ++epoch) {
            const auto start = std::chrono::steady_clock::now();
            const auto trained = runEpoch(epoch, observer, stop);
            if (!trained) {
                result.stopped = true;
                break;
            }
            EpochMetrics metrics{trained->loss, trained->accuracy, {}, {}, 0};
            m_checkpoint.tensors = m_cnn.toTensors();
            if (m_validation.size() > 0) {
                const auto validated = validate(stop);
                if (!validated) {
                    result.stopped = true;
                    break;
                }
                metrics.validationLoss = validated->loss;
                metrics.validationAccuracy = validated->accuracy;
            }
            metrics.seconds = secondsSince(start);
            m_checkpoint.history.push_back(metrics);
            if (observer.onEpoch)
                observer.onEpoch(epoch, metrics);
            keepBest(metrics);
        }
        if (!result.stopped)
            result.checkpoint = m_checkpoint;
        else
            result.checkpoint = stoppedCheckpoint();
        return result;
    }

private:
    /// Nothing when stopped.
    std::optional<LossAndAccuracy> runEpoch(
        int epoch, const TrainObserver& observer, const std::stop_token& stop)
    {
        BatchSource source(m_training, m_checkpoint.normalisation, m_settings.batchSize,
            randomOrder(static_cast<std::uint32_t>(m_training.size()), m_settings.seed,
                RandomUse::Shuffle, static_cast<std::uint32_t>(epoch)),
            m_settings.policy, deriveSeed(m_settings.seed, RandomUse::TrainAugmentation, 0),
            static_cast<std::uint32_t>(epoch));
        double loss = 0;
        double correct = 0;
        double seen = 0;
        for (int batch = 0; batch < source.batches(); ++batch) {
            if (stop.stop_requested())
                return {};
            const auto [x, y] = source.next();
            const auto step = trainBatch(x.to(m_device), y.to(m_device));
            if (!std::isfinite(step.loss))
                throw Error(fmt::format("Training diverged in epoch {}: the loss is no longer a "
                                        "number. Lower the learning rate (now {}).",
                    epoch, m_settings.learningRate));
            const auto n = static_cast<double>(y.size(0));
            loss += step.loss * n;
            correct += step.accuracy * n;
            seen += n;
            if (observer.onBatch)
                observer.onBatch({epoch, m_settings.epochs, batch + 1, source.batches(),
                    loss / seen, correct / seen});
        }
        return LossAndAccuracy{loss / seen, correct / seen};
    }

    LossAndAccuracy trainBatch(const at::Tensor& x, const at::Tensor& y)
    {
        for (auto& parameter : m_cnn.parameters())
            parameter.mutable_grad() = at::Tensor(); // fresh gradients are cheaper than zeroed ones
        const auto logits = m_device.is_cpu() ? fusedForward(m_cnn, x) : m_cnn.forward(x, true);
        const auto loss = at::cross_entropy_loss(logits, y);
        loss.backward();
        m_adam->step();
        const auto correct = (logits.detach().argmax(1) == y).sum().item<std::int64_t>();
        return {loss.item<double>(), static_cast<double>(correct) / static_cast<double>(y.size(0))};
    }

    /// Through the same classifier that will be used later. Nothing when stopped.
    std::optional<LossAndAccuracy> validate(const std::stop_token& stop)
    {
        constexpr std::size_t largestBlock = std::size_t(16) << 20; // bytes
        const auto classifier = makeClassifier(m_checkpoint, m_settings.device, m_settings.threads);
        const std::size_t size = m_validation.images->shape.size();
        const auto block = std::clamp<std::size_t>(largestBlock / size, 1, 1024);
        const std::size_t classes = m_checkpoint.classNames.size();
        std::vector<std::uint8_t> pixels;
        std::vector<float> scores;
        double loss = 0;
        std::size_t correct = 0;
        for (std::size_t begin = 0; begin < m_validation.size(); begin += block) {
            if (stop.stop_requested())
                return {};
            const std::size_t n = std::min(block, m_validation.size() - begin);
            pixels.resize(n * size);
            scores.resize(n * classes);
            for (std::size_t i = 0; i < n; ++i)
                std::ranges::copy(m_validation.image(begin + i).pixels,
                    pixels.begin() + static_cast<std::ptrdiff_t>(i * size));
            classifier->predict(pixels, scores);
            for (std::size_t i = 0; i < n; ++i) {
                const auto row = std::span(scores).subspan(i * classes, classes);
                const auto label = static_cast<std::size_t>(m_validation.label(begin + i));
                const double largest = *std::ranges::max_element(row);
                double sum = 0;
                for (const double z : row)
                    sum += std::exp(z - largest);
                loss += largest + std::log(sum) - static_cast<double>(row[label]);
                correct += std::size_t(std::ranges::max_element(row) - row.begin()) == label;
            }
        }
        const auto n = static_cast<double>(m_validation.size());
        return LossAndAccuracy{loss / n, static_cast<double>(correct) / n};
    }

    void keepBest(const EpochMetrics& metrics)
    {
        const double accuracy = metrics.validationAccuracy.value_or(0);
        if (m_bestTensors.empty() || accuracy >= m_bestAccuracy) {
            m_bestAccuracy = accuracy;
            m_bestTensors = m_checkpoint.tensors;
        }
    }

    Checkpoint stoppedCheckpoint()
    {
        Checkpoint checkpoint = m_checkpoint;
        checkpoint.tensors = m_bestTensors.empty() ? m_cnn.toTensors() : m_bestTensors;
        return checkpoint;
    }

    const Split& m_training;
    const Split& m_validation;
    const TrainSettings& m_settings;
    at::Device m_device;
    Cnn m_cnn;
    std::optional<torch::optim::Adam> m_adam;
    Checkpoint m_checkpoint;
    std::vector<NamedTensor> m_bestTensors;
    double m_bestAccuracy = 0;
};

void requireLabels(const Split& split, std::size_t classes, const char* which)
{
    for (std::size_t i = 0; i < split.size(); ++i) {
        if (split.label(i) < 0 || static_cast<std::size_t>(split.label(i)) >= classes)
            throw Error(fmt::format("Image {} of the {} images has the label {}, but there are {} "
                                    "classes.",
                split.indices[i], which, split.label(i), classes));
    }
}

} // namespace

TrainResult train(const Split& training, const Split& validation,
    const std::vector<std::string>& classNames, const TrainSettings& settings,
    const TrainObserver& observer, std::stop_token stop)
{
    throwIfAny(settings.validate(), "The training settings are not usable");
    if (training.size() < 2)
        throw Error("Training needs at least two images; the training split has "
            + std::to_string(training.size()) + ".");
    throwIfAny(settings.validateFor(training.images->shape),
        "The training settings do not fit the images");
    requireLabels(training, classNames.size(), "training");
    requireLabels(validation, classNames.size(), "validation");
    useThreads(settings.threads);
    requireDevice(settings.device);
    try {
        return Training(training, validation, classNames, settings).run(observer, stop);
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        throw Error("Training failed: " + plainMessage(error));
    }
}

} // namespace augury
