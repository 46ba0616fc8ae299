// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/vote_cache.h"

#include "core/data/parallel.h"
#include "core/tta/view_predictor.h"
#include "core/tune/variant_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

namespace augury {

namespace {

constexpr std::size_t drawsAtOnce = 1 << 16; ///< between two looks at the stop token
constexpr std::uint32_t missing = std::numeric_limits<std::uint32_t>::max();

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

struct VoteCache::State {
    State(Classifier& network, Split images, const Options& how)
        : classifier(network)
        , split(std::move(images))
        , options(how)
    {
        for (std::size_t i = 0; split.images && i < split.size(); ++i) {
            if (split.indices[i] < split.images->size() && split.label(i) < 0)
                throw Error(
                    fmt::format("Image {} has no label, so accuracy cannot be measured. Tuning "
                                "needs labelled images.",
                        split.indices[i]));
        }
    }

    OutputKind outputKind();
    VariantStore& variants();

    Classifier& classifier;
    Split split;
    Options options;
    std::optional<VariantStore> store;
    double seconds = 0;
};

OutputKind VoteCache::State::outputKind()
{
    if (classifier.outputKind() != OutputKind::Unknown)
        return classifier.outputKind();
    if (options.outputKind == OutputKind::Unknown) {
        PredictOptions untouched;
        untouched.copies = 0;
        options.outputKind = ViewPredictor(classifier, split, untouched, {}).outputKind();
    }
    return options.outputKind;
}

VariantStore& VoteCache::State::variants()
{
    if (!store)
        store.emplace(split.size(),
            classifier.classNames().size() * (outputKind() == OutputKind::Logits ? 2 : 1));
    return *store;
}

namespace {

/// One call of votes().
class Request {
public:
    Request(VariantStore& store, Classifier& classifier, const Split& part,
        std::span<const std::uint32_t> positions, const PredictOptions& options, const Job& job)
        : m_store(store)
        , m_part(part)
        , m_positions(positions)
        , m_options(options)
        , m_job(job)
        , m_predictor(classifier, part, options, job)
        , m_slots(m_predictor.slots())
        , m_classes(static_cast<std::size_t>(m_predictor.classes()))
    {
    }

    /// Draws every view, and looks which of them are there.
    void lookUp()
    {
        m_table.rows.resize(m_part.size() * m_slots);
        m_rows.assign(m_table.rows.size(), missing);
        const auto atOnce = std::max<std::size_t>(1, drawsAtOnce / m_slots);
        for (std::size_t begin = 0; begin < m_part.size(); begin += atOnce) {
            const auto count = std::min(atOnce, m_part.size() - begin);
            m_predictor.numberViews(
                begin, count, std::span(m_table.rows).subspan(begin * m_slots, count * m_slots));
            forEachInParallel(count, m_options.threads, {m_job.stop, {}}, "looking up",
                [&](std::size_t i) { lookUpImage(begin + i); });
        }
        for (std::size_t image = 0; image < m_part.size(); ++image) {
            const auto firsts = forEachView(image, [&](std::uint32_t number, std::size_t slot) {
                if (m_rows[image * m_slots + number] == missing)
                    m_wanted.push_back({image, slot});
            });
            m_distinct += firsts;
        }
        requireRoom();
    }

    bool isComplete() const { return m_wanted.empty(); }
    /// Of all views that were drawn, those that are to be predicted.
    double missingShare() const
    {
        return static_cast<double>(m_wanted.size()) / static_cast<double>(m_table.rows.size());
    }

    /// Block by block; a stop leaves what is there.
    void predictMissing()
    {
        report(0);
        for (std::size_t done = 0; done < m_wanted.size();) {
            const auto count = std::min(m_predictor.blockSize(), m_wanted.size() - done);
            const auto block = std::span(m_wanted).subspan(done, count);
            const auto outputs = m_predictor.predict(block);
            for (std::size_t i = 0; i < count; ++i)
                keep(block[i], outputs, i * m_classes);
            done += count;
            report(done);
        }
    }

    VoteTable table()
    {
        m_table.classes = static_cast<int>(m_classes);
        m_table.copies = m_options.copies;
        m_table.policy = m_options.policy;
        m_table.seed = m_options.seed;
        m_table.images = m_part.indices;
        const bool logits = m_predictor.outputKind() == OutputKind::Logits;
        m_table.probabilities.reserve(m_distinct * m_classes);
        m_table.logits.reserve(logits ? m_distinct * m_classes : 0);
        std::uint32_t first = 0;
        for (std::size_t image = 0; image < m_part.size(); ++image) {
            m_table.labels.push_back(m_part.label(image));
            const auto firsts = forEachView(image, [&](std::uint32_t number, std::size_t) {
                const auto outputs = m_store.outputs(m_rows[image * m_slots + number]);
                const auto p = outputs.first(m_classes);
                m_table.probabilities.insert(m_table.probabilities.end(), p.begin(), p.end());
                if (logits) {
                    const auto z = outputs.subspan(m_classes);
                    m_table.logits.insert(m_table.logits.end(), z.begin(), z.end());
                }
            });
            for (std::size_t slot = 0; slot < m_slots; ++slot)
                m_table.rows[image * m_slots + slot] += first;
            first += static_cast<std::uint32_t>(firsts);
        }
        return std::move(m_table);
    }

private:
    /// function(number, its first slot) for each distinct view; returns how many there are. Before
    /// table() the table's rows are numbers within their image.
    template <typename F> std::size_t forEachView(std::size_t image, const F& function) const
    {
        std::uint32_t next = 0;
        for (std::size_t slot = 0; slot < m_slots; ++slot) {
            if (m_table.rows[image * m_slots + slot] == next)
                function(next++, slot);
        }
        return next;
    }

    void lookUpImage(std::size_t image)
    {
        forEachView(image, [&](std::uint32_t number, std::size_t slot) {
            const auto row = m_store.find(m_positions[image], m_predictor.transform(image, slot));
            m_rows[image * m_slots + number] = row.value_or(missing);
        });
    }

    void keep(const ViewPredictor::Wanted& view, const ViewPredictor::Outputs& outputs,
        std::size_t offset)
    {
        const auto row =
            m_store.add(m_positions[view.image], m_predictor.transform(view.image, view.slot));
        const auto to = m_store.outputs(row);
        std::ranges::copy(outputs.probabilities.subspan(offset, m_classes), to.begin());
        if (!outputs.logits.empty())
            std::ranges::copy(outputs.logits.subspan(offset, m_classes),
                to.begin() + static_cast<std::ptrdiff_t>(m_classes));
        const auto number = m_table.rows[view.image * m_slots + view.slot];
        m_rows[view.image * m_slots + number] = row;
    }

    void requireRoom() const
    {
        const auto variants = m_store.size() + m_wanted.size();
        const double bytes =
            static_cast<double>(m_store.bytesEach()) * static_cast<double>(variants + m_distinct)
            + 2.0 * sizeof(std::uint32_t) * static_cast<double>(m_table.rows.size());
        const auto budget = static_cast<double>(m_options.memoryBudget);
        if (bytes <= budget && variants < missing)
            return;
        throw Error(fmt::format(
            "The votes of {} distinct variants, those kept from before included, would need {:.1f} "
            "MB of memory; the budget is {:.1f} MB and {} variants. Try fewer policies, copies or "
            "images, or allow more memory.",
            variants, bytes / 1e6, budget / 1e6, missing - 1));
    }

    void report(std::size_t done) const
    {
        m_job.report("evaluating", static_cast<std::int64_t>(done),
            static_cast<std::int64_t>(m_wanted.size()));
    }

    VariantStore& m_store;
    const Split& m_part; ///< the images that are asked for,
    std::span<const std::uint32_t> m_positions; ///< and their places in the cache's split
    const PredictOptions& m_options;
    const Job& m_job;
    ViewPredictor m_predictor;
    const std::size_t m_slots;
    const std::size_t m_classes;
    VoteTable m_table;
    std::vector<std::uint32_t> m_rows; ///< [image × number]: row of the store
    std::vector<ViewPredictor::Wanted> m_wanted; ///< what is not there, by image
    std::size_t m_distinct = 0; ///< views asked for
};

} // namespace

VoteCache::VoteCache(Classifier& classifier, Split split, const Options& options)
    : m_state(std::make_unique<State>(classifier, std::move(split), options))
{
}

VoteCache::VoteCache(Classifier& classifier, Split split)
    : VoteCache(classifier, std::move(split), Options{})
{
}

VoteCache::~VoteCache() = default;

const Split& VoteCache::split() const
{
    return m_state->split;
}

int VoteCache::threads() const
{
    return m_state->options.threads;
}

OutputKind VoteCache::outputKind()
{
    return m_state->outputKind();
}

VoteTable VoteCache::votes(const AugmentPolicy& policy, int copies, std::uint64_t seed,
    std::span<const std::uint32_t> positions, const Job& job)
{
    auto& state = *m_state;
    Split part{state.split.images, {}};
    part.indices.reserve(positions.size());
    for (const auto position : positions) {
        if (position >= state.split.size())
            throw Error(fmt::format(
                "There is no image {}: the split has {}.", position, state.split.size()));
        part.indices.push_back(state.split.indices[position]);
    }
    const PredictOptions options{policy, copies, seed, state.options.threads,
        state.options.memoryBudget, state.outputKind()};

    Request request(state.variants(), state.classifier, part, positions, options, job);
    const auto start = std::chrono::steady_clock::now();
    request.lookUp();
    if (!request.isComplete()) {
        // What is only looked up costs none of the time that a pass is said to take.
        state.seconds += secondsSince(start) * request.missingShare();
        const auto predicting = std::chrono::steady_clock::now();
        const struct Count {
            double& seconds;
            std::chrono::steady_clock::time_point since;
            ~Count() { seconds += secondsSince(since); }
        } count{state.seconds, predicting}; // a stop, too
        request.predictMissing();
    }
    return request.table();
}

std::int64_t VoteCache::passes() const
{
    return m_state->store ? static_cast<std::int64_t>(m_state->store->size()) : 0;
}

double VoteCache::seconds() const
{
    return m_state->seconds;
}

double VoteCache::secondsPerPass() const
{
    return passes() == 0 ? 0 : seconds() / static_cast<double>(passes());
}

} // namespace augury
