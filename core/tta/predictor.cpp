// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/predictor.h"

#include "core/model/runtime.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <numeric>

namespace augury {

namespace {

constexpr std::size_t drawsAtOnce = 1 << 16; ///< between two looks at the stop token
constexpr std::size_t variantsAtOnce = 512; ///< a block's, rendered and predicted together
constexpr std::size_t bytesAtOnce = std::size_t(32) << 20; ///< a block's pixels, at most
constexpr double largestTable = 16.0 * 1024 * 1024 * 1024; ///< bytes

/// function(0 … count − 1) over `threads` threads; the first exception is thrown again here, since
/// none may leave an OpenMP region.
template <typename F> void parallelFor(std::size_t count, int threads, const F& function)
{
    std::exception_ptr failure;
#pragma omp parallel for num_threads(threads) schedule(dynamic, 8)
    for (std::size_t i = 0; i < count; ++i) {
        try {
            function(i);
        } catch (...) {
#pragma omp critical(augury_tta_failure)
            failure = std::current_exception();
        }
    }
    if (failure)
        std::rethrow_exception(failure);
}

Transform transformOf(const PredictOptions& options, std::uint32_t image, std::size_t slot)
{
    return slot == 0 ? Transform{}
                     : draw(options.policy, options.seed, image, static_cast<std::uint32_t>(slot));
}

/// Numbers an image's distinct views 0, 1, … in order of first appearance.
void numberViews(const std::vector<Transform>& views, std::span<std::uint32_t> numbers)
{
    std::vector<std::uint32_t> order(views.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto comparison = views[a] <=> views[b];
        return comparison != 0 ? comparison < 0 : a < b;
    });
    // First each slot names the lowest slot of its kind, then these get their numbers.
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool first = i == 0 || views[order[i]] != views[order[i - 1]];
        numbers[order[i]] = first ? order[i] : numbers[order[i - 1]];
    }
    std::uint32_t next = 0;
    for (std::uint32_t slot = 0; slot < numbers.size(); ++slot)
        numbers[slot] = numbers[slot] == slot ? next++ : numbers[numbers[slot]];
}

void requireRoom(double rows, double slots, double classes)
{
    const double bytes = sizeof(float) * rows * classes + sizeof(std::uint32_t) * slots;
    if (bytes > largestTable || rows > std::numeric_limits<std::uint32_t>::max())
        throw Error(fmt::format("The votes of {:.0f} distinct variants would need {:.1f} GB of "
                                "memory; the limit is {:.1f} GB and {} variants. Use fewer copies "
                                "or a subset of the images.",
            rows, bytes / 1e9, largestTable / 1e9, std::numeric_limits<std::uint32_t>::max()));
}

void validate(const Classifier& classifier, const Split& split, const PredictOptions& options)
{
    auto problems = options.policy.validate();
    if (options.copies < 0 || options.copies > 1000)
        problems.push_back({"copies", fmt::format("must be 0 to 1000, but is {}", options.copies)});
    if (options.threads < 0)
        problems.push_back(
            {"threads", fmt::format("must be 0 or more, but is {}", options.threads)});
    throwIfAny(problems, "The evaluation's settings are not valid");

    if (!split.images || split.size() == 0)
        throw Error("There are no images to evaluate.");
    const auto& images = *split.images;
    if (images.shape != classifier.inputShape())
        throw Error(fmt::format("The model was trained on {} images, but these are {}. Choose the "
                                "data set it was trained on, or train a model on this one.",
            describe(classifier.inputShape()), describe(images.shape)));
    const auto classes = classifier.classNames().size();
    if (classes == 0)
        throw Error("The model has no classes.");
    for (const auto index : split.indices) {
        if (index >= images.size())
            throw Error(fmt::format(
                "Image {} was chosen, but there are only {} images.", index, images.size()));
        const auto label = images.labels[index];
        if (label < -1 || label >= static_cast<std::int64_t>(classes))
            throw Error(fmt::format("Image {} is labelled {}, but the model knows {} classes (0 to "
                                    "{}). Choose the data set it was trained on.",
                index, label, classes, classes - 1));
    }
}

/// One evaluation: first every view gets its row, then the rows are filled block by block.
class Evaluation {
public:
    Evaluation(
        Classifier& classifier, const Split& split, const PredictOptions& options, const Job& job)
        : m_classifier(classifier)
        , m_split(split)
        , m_options(options)
        , m_job(job)
        , m_threads(options.threads > 0 ? options.threads : availableThreads())
        , m_slots(static_cast<std::size_t>(options.copies) + 1)
    {
    }

    VoteTable run()
    {
        m_table.classes = static_cast<int>(m_classifier.classNames().size());
        m_table.copies = m_options.copies;
        m_table.images = m_split.indices;
        m_table.labels.reserve(m_split.size());
        for (std::size_t i = 0; i < m_split.size(); ++i)
            m_table.labels.push_back(m_split.label(i));
        const auto slots = static_cast<double>(m_split.size()) * static_cast<double>(m_slots);
        requireRoom(static_cast<double>(m_split.size()), slots, m_table.classes);
        const std::size_t rows = assignRows();
        requireRoom(static_cast<double>(rows), slots, m_table.classes);
        m_table.probabilities.resize(rows * static_cast<std::size_t>(m_table.classes));
        fillRows(rows);
        return std::move(m_table);
    }

private:
    struct Variant {
        std::size_t image; ///< place in the split
        std::size_t slot;
    };

    /// Returns how many rows there are. Numbers beyond 32 bits wrap round; requireRoom() refuses
    /// such a table before a row is read.
    std::size_t assignRows()
    {
        m_table.rows.resize(m_split.size() * m_slots);
        const auto atOnce = std::max<std::size_t>(1, drawsAtOnce / m_slots);
        std::size_t total = 0;
        for (std::size_t begin = 0; begin < m_split.size(); begin += atOnce) {
            m_job.throwIfStopped();
            const auto count = std::min(atOnce, m_split.size() - begin);
            parallelFor(count, m_threads, [&](std::size_t i) { numberImage(begin + i); });
            for (std::size_t i = begin; i < begin + count; ++i) {
                const auto rows = rowsOf(i);
                const auto distinct = *std::max_element(rows.begin(), rows.end()) + 1U;
                for (auto& row : rows)
                    row += static_cast<std::uint32_t>(total);
                total += distinct;
            }
        }
        return total;
    }

    void numberImage(std::size_t image)
    {
        std::vector<Transform> views(m_slots);
        for (std::size_t slot = 1; slot < m_slots; ++slot)
            views[slot] = transformOf(m_options, m_split.indices[image], slot);
        numberViews(views, rowsOf(image));
    }

    /// Rows are numbered in order of first appearance, so the next new one is always the next
    /// number. Drawing a variant a second time is cheaper than keeping millions of Transforms.
    void fillRows(std::size_t total)
    {
        const auto atOnce =
            std::clamp<std::size_t>(bytesAtOnce / m_split.images->shape.size(), 1, variantsAtOnce);
        report(0);
        std::vector<Variant> block;
        block.reserve(atOnce);
        std::size_t done = 0;
        for (std::size_t image = 0; image < m_split.size(); ++image) {
            const auto rows = rowsOf(image);
            for (std::size_t slot = 0; slot < m_slots; ++slot) {
                if (rows[slot] != done + block.size())
                    continue;
                block.push_back({image, slot});
                const bool last = done + block.size() == total;
                if (block.size() == atOnce || last) {
                    predict(block, done);
                    done += block.size();
                    block.clear();
                    report(last ? m_split.size() : image);
                }
            }
        }
    }

    void predict(const std::vector<Variant>& block, std::size_t firstRow)
    {
        m_job.throwIfStopped();
        const auto size = m_split.images->shape.size();
        m_pixels.resize(block.size() * size);
        parallelFor(block.size(), m_threads, [&](std::size_t i) {
            const auto [image, slot] = block[i];
            render(m_split.image(image), transformOf(m_options, m_split.indices[image], slot),
                std::span(m_pixels).subspan(i * size, size));
        });
        const auto classes = static_cast<std::size_t>(m_table.classes);
        const auto rows =
            std::span(m_table.probabilities).subspan(firstRow * classes, block.size() * classes);
        m_job.throwIfStopped();
        m_classifier.logits(m_pixels, rows);
        if (!std::all_of(rows.begin(), rows.end(), [](float z) { return std::isfinite(z); }))
            throw Error("The model's output is not a number: its training diverged, or its file is "
                        "damaged. Train again with a lower learning rate.");
        softmaxRows(rows, m_table.classes);
    }

    std::span<std::uint32_t> rowsOf(std::size_t image)
    {
        return std::span(m_table.rows).subspan(image * m_slots, m_slots);
    }

    void report(std::size_t images) const
    {
        m_job.report("evaluating", static_cast<std::int64_t>(images),
            static_cast<std::int64_t>(m_split.size()));
    }

    Classifier& m_classifier;
    const Split& m_split;
    const PredictOptions& m_options;
    const Job& m_job;
    const int m_threads;
    const std::size_t m_slots;
    VoteTable m_table;
    std::vector<std::uint8_t> m_pixels;
};

} // namespace

VoteTable predictVotes(
    Classifier& classifier, const Split& split, const PredictOptions& options, const Job& job)
{
    validate(classifier, split, options);
    return Evaluation(classifier, split, options, job).run();
}

} // namespace augury
